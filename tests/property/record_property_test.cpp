// Ten thousand random sequences of events through Record::add: whatever is tried, what the record holds keeps
// its promises, and what is computed from it does too.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "assess/assess.hpp"
#include "support/chart.hpp"
#include "support/random_events.hpp"

namespace evenkeel::care {
namespace {

using namespace test;

constexpr std::uint64_t first_seed = 1;
constexpr std::uint64_t sequences = 10'000;
constexpr std::uint64_t assessed_each = 50;  // an assessment takes a hundred times as long

std::string session_name(RandomEvents& r) {
  return "s" + std::to_string(r.whole(1, 3));
}

Body random_sign(RandomEvents& r) {
  switch (r.whole(1, 6)) {
    case 1:
      return pressure(r.chance(3) ? "" : session_name(r), r.whole(90, 190));
    case 2:
      return craving(r.whole(0, 10), r.code<Moment>(1, 5));
    case 3:
      return symptom(r.code<Symptom>(1, 8), r.code<Severity>(0, 3));
    case 4:
      return looked(r.code<LookedIn>(1, 4), r.chance(3));
    case 5:
      return phq9(
          std::string(static_cast<std::size_t>(r.whole(8, 9)), static_cast<char>('0' + r.whole(0, 3))));
    default:
      return reviewed({r.chance(2) ? "craving-between-doses" : "rate-band"}, r.code<Decision>(1, 3));
  }
}

// Mostly what a session brings, in an order that is often wrong; amounts from a few that sometimes agree.
Body random_body(RandomEvents& r, int events_so_far) {
  static const char* const amounts[] = {"0", "9", "17.5", "35", "36", "60"};
  switch (r.whole(1, 10)) {
    case 1:
    case 2:
      return started(session_name(r), amounts[r.whole(1, 5)], r.whole(5, 120), r.whole(1, 60));
    case 3:
      return rate(session_name(r), amounts[r.whole(0, 5)]);
    case 4:
    case 5:
      return ended(session_name(r), amounts[r.whole(0, 5)]);
    case 6:
      return discharged(session_name(r), r.chance(2));
    case 7:
      return EnteredInError{"e" + std::to_string(r.whole(0, events_so_far)), "typing"};
    case 8:
      if (r.chance(2)) return test::plan(r.chance(2) ? "0.5" : "0.25");
      return dose_change("0.8", r.code<ChangeReason>(1, 6));
    default:
      return random_sign(r);
  }
}

// A record of random events; each refusal leaves it as it was.
Record random_record(RandomEvents& r) {
  Record record{"p"};
  Instant clock = zero;
  for (int i = r.whole(5, 40); i > 0; --i) {
    clock = clock + r.whole(0, 25) * units::min + (r.chance(8) ? 3.0 * units::day : Duration{});
    const int so_far = static_cast<int>(record.size());
    Event made = event("e" + std::to_string(r.chance(30) ? 1 : so_far + 1), clock, random_body(r, so_far));
    if (r.chance(4)) made.at = clock - r.whole(0, 90) * units::min;
    if (r.chance(40)) made.recorded_at = clock - 30.0 * units::min;
    const auto valid_before = record.valid().size();
    const bool added = record.add(made).has_value();
    EXPECT_EQ(record.size(), static_cast<std::size_t>(so_far) + (added ? 1U : 0U));
    if (!added) {
      EXPECT_EQ(record.valid().size(), valid_before);
    }
  }
  return record;
}

void check_record(const Record& record) {
  std::set<std::string> ids;
  std::set<std::string> corrected;
  Instant last;
  for (const Event& each : record.events()) {
    EXPECT_TRUE(ids.insert(each.id).second);
    EXPECT_LE(last, each.recorded_at);
    EXPECT_LE(each.at, each.recorded_at);
    last = each.recorded_at;
    if (const auto* correction = std::get_if<EnteredInError>(&each.body)) corrected.insert(correction->event);
  }
  for (const Event& each : record.valid()) {
    EXPECT_FALSE(corrected.contains(each.id));
    EXPECT_FALSE(std::holds_alternative<EnteredInError>(each.body));
  }
  EXPECT_EQ(record.as_known_at(last).size(), record.size());
  EXPECT_LE(record.as_known_at(zero + 60.0 * units::min).size(), record.size());
}

void check_sessions(const std::vector<Session>& found) {
  std::optional<Instant> until;
  for (const Session& session : found) {
    DrugMass sum;
    for (const RateSegment& segment : session.infusion) {
      EXPECT_LE(session.start, segment.from);
      EXPECT_LT(segment.from, segment.until);
      if (until) {
        EXPECT_LE(*until, segment.from) << "infusions overlap in session " << session.id;
      }
      EXPECT_GE(segment.amount, DrugMass{});
      until = segment.until;
      sum += segment.amount;
    }
    if (!session.infusion_unknown.empty()) {
      EXPECT_TRUE(session.infusion.empty());
      EXPECT_FALSE(session.running);
    } else if (session.given) {
      EXPECT_NEAR(sum.in(units::mg), session.given->mass().in(units::mg), 1e-9);
    }
    EXPECT_TRUE(is_finite(session.highest_rate()));
    EXPECT_TRUE(std::ranges::is_sorted(session.vitals, {}, &TimedVitals::at));
  }
}

void check_assessment(const Record& record, Instant now) {
  const assess::Assessment found = assess::assess({record, library(), now, "", {}});
  std::set<std::string> valid;
  for (const Event& each : record.valid()) valid.insert(each.id);
  EXPECT_EQ(found.level, watch::level_of(found.rules));
  EXPECT_EQ(found.events, record.size());
  for (const auto& outcome : found.rules) {
    EXPECT_EQ(outcome.outcome == watch::Outcome::found, !outcome.findings.empty());
    for (const auto& finding : outcome.findings) {
      EXPECT_FALSE(finding.events.empty());
      for (const auto& id : finding.events)
        EXPECT_TRUE(valid.contains(id)) << finding.rule << " names " << id;
    }
  }
  for (const auto& session : found.exposure.sessions) {
    if (session.refused) continue;
    EXPECT_TRUE(is_finite(session.area) && session.area >= ConcentrationTime{});
    EXPECT_TRUE(is_finite(session.peak.value) && session.peak.value >= Concentration{});
  }
}

TEST(RecordProperty, RandomEventsKeepTheRecordsPromises) {
  std::size_t infusions = 0;
  for (std::uint64_t seed = first_seed; seed < first_seed + sequences; ++seed) {
    RandomEvents r{seed};
    const Record record = random_record(r);
    check_record(record);
    const Instant now = record.size() == 0 ? zero : record.events().back().recorded_at;
    const auto found = sessions(record.valid(), now);
    infusions += found.size();
    check_sessions(found);
    if (seed % assessed_each == 0) check_assessment(record, now);
    if (HasFailure()) FAIL() << "seed " << seed;
  }
  EXPECT_GT(infusions, sequences);  // the sequences are not all refused
}

}  // namespace
}  // namespace evenkeel::care
