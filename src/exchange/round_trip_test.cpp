// What is written reads back as the same event, every field of it, for random events of every kind.

#include <gtest/gtest.h>

#include <set>
#include <tuple>

#include "exchange/record_reader.hpp"
#include "exchange/record_writer.hpp"
#include "support/random_signs.hpp"

namespace evenkeel::exchange {
namespace {

using namespace care;
using test::fields;
using test::RandomEvents;

constexpr std::uint64_t seed = 20260302;

// A decimal with the digits it was written with.
std::string digits(const Decimal& value) {
  return value.to_string();
}
std::optional<std::string> digits(const std::optional<Decimal>& value) {
  return value ? std::optional{value->to_string()} : std::nullopt;
}

auto fields(const PatientFacts& b) {
  return std::tuple{b.born, b.sex, b.height_cm, b.weight};
}
auto fields(const PlanApproved& b) {
  return std::tuple{b.protocol,
                    b.protocol_version,
                    b.drug,
                    b.indication,
                    b.prior_treatments,
                    b.endpoint.instrument,
                    b.endpoint.target,
                    digits(b.dose_mg_per_kg),
                    b.infusion_length,
                    b.weight_basis,
                    b.planned_sessions,
                    b.interval,
                    b.stop_date,
                    b.responsible_clinician,
                    b.next_review,
                    b.consent_version,
                    digits(b.fixed_dose_mg),
                    b.other_care,
                    b.change_reason,
                    b.change_note};
}
auto fields(const PlanChanged& b) {
  return std::tuple{b.reason,
                    b.note,
                    digits(b.dose_mg_per_kg),
                    digits(b.fixed_dose_mg),
                    b.infusion_length,
                    b.planned_sessions,
                    b.interval,
                    b.stop_date,
                    b.next_review};
}
auto fields(const SessionStarted& b) {
  return std::tuple{b.session, b.drug, b.route, digits(b.dose.mg), b.length, b.weight};
}
auto fields(const RateChanged& b) {
  return std::tuple{b.session, digits(b.rate_mg_per_h), b.reason};
}
auto fields(const SessionEnded& b) {
  return std::tuple{b.session, digits(b.given.mg), b.completion, b.reason, b.more_than_drawn_up};
}
auto fields(const SessionDischarged& b) {
  return std::tuple{b.session, b.escort, b.moaas, b.next_contact};
}
auto fields(const VitalSigns& b) {
  return std::tuple{b.session,        b.systolic_mmHg,
                    b.diastolic_mmHg, b.heart_rate_per_min,
                    b.spo2_percent,   b.respiratory_rate_per_min,
                    b.moaas};
}
auto fields(const Evaluation& b) {
  return std::tuple{b.instrument, b.moment, b.answers, b.total};
}
auto fields(const Assay& b) {
  return std::tuple{b.analyte, b.site, b.value, b.lower_limit};
}
auto fields(const SymptomReport& b) {
  return std::tuple{b.symptom, b.severity, b.note};
}
auto fields(const Contact& b) {
  return std::tuple{b.from_patient, b.topic, b.note};
}
auto fields(const OtherSource& b) {
  std::vector<std::tuple<std::string, std::string, std::string, std::optional<Date>, SupplyKind,
                         std::optional<int>, bool>>
      found;
  for (const auto& each : b.found)
    found.emplace_back(each.substance, each.route, each.supplier, each.dispensed, each.kind, each.days_supply,
                       each.for_home);
  return std::tuple{b.looked_in, found};
}
auto fields(const Review& b) {
  return std::tuple{b.clinician, b.rules, b.decision, b.reason, b.events};
}
auto fields(const PlanSigned& b) {
  return std::tuple{b.plan, b.clinician};
}
auto fields(const ConsentRecorded& b) {
  return std::tuple{b.version, b.given, b.explained_by};
}
auto fields(const Screening& b) {
  return std::tuple{b.criterion, b.outcome, b.note};
}
auto fields(const SessionCheckedIn& b) {
  return std::tuple{b.session, b.place};
}
auto fields(const PreCheck& b) {
  return std::tuple{b.session, b.check, b.outcome, b.note};
}
auto fields(const SessionDecision& b) {
  return std::tuple{b.session, b.about, b.go_on, b.clinician, b.reason};
}
auto fields(const SignSeen& b) {
  return std::tuple{b.session, b.sign, b.note};
}
auto fields(const SessionReady& b) {
  return std::tuple{b.session, digits(b.dose_mg), b.length, digits(b.mg_per_mL), b.second_checker};
}
auto fields(const SessionCancelled& b) {
  return std::tuple{b.session, b.reason};
}
auto fields(const SessionStopped& b) {
  return std::tuple{b.session, digits(b.given_mg), b.departure, b.reason, b.more_than_drawn_up};
}
auto fields(const EnteredInError& b) {
  return std::tuple{b.event, b.reason};
}

bool same(const Body& a, const Body& b) {
  return std::visit(
      [&](const auto& x) {
        const auto* y = std::get_if<std::decay_t<decltype(x)>>(&b);
        return y != nullptr && fields(x) == fields(*y);
      },
      a);
}

PlanApproved random_plan(RandomEvents& r) {
  PlanApproved body;
  body.protocol = r.name();
  body.protocol_version = r.name();
  body.drug = r.code<Drug>(1, 2);
  body.indication = r.text();
  for (int i = r.whole(0, 3); i > 0; --i) body.prior_treatments.push_back(r.text());
  body.endpoint = {r.name(), r.text()};
  if (r.chance(3))
    body.fixed_dose_mg = *add(r.decimal(4999), *Decimal::parse("0.01"));
  else
    body.dose_mg_per_kg = *add(r.decimal(19), *Decimal::parse("0.01"));
  body.infusion_length = r.length(24.0 * units::h);
  body.weight_basis = r.code<WeightBasis>(1, 2);
  body.planned_sessions = r.whole(1, 500);
  body.interval = r.length(400.0 * units::day);
  body.stop_date = r.date();
  body.responsible_clinician = r.name();
  body.next_review = r.date();
  body.consent_version = r.name();
  if (r.chance(2)) body.other_care = r.text();
  body.change_reason = r.maybe([&] { return r.code<ChangeReason>(1, 6); });
  if (r.chance(2)) body.change_note = r.text();
  return body;
}

PlanChanged random_change(RandomEvents& r) {
  PlanChanged body;
  body.reason = r.code<ChangeReason>(1, 6);
  body.note = r.text();
  body.dose_mg_per_kg = r.maybe([&] { return *add(r.decimal(19), *Decimal::parse("0.001")); });
  body.fixed_dose_mg = r.maybe([&] { return *add(r.decimal(4999), *Decimal::parse("0.001")); });
  body.infusion_length = r.maybe([&] { return r.length(24.0 * units::h); });
  body.planned_sessions = r.maybe([&] { return r.whole(1, 500); });
  body.interval = r.maybe([&] { return r.length(400.0 * units::day); });
  body.stop_date = r.maybe([&] { return r.date(); });
  body.next_review = r.maybe([&] { return r.date(); });
  return body;
}

VitalSigns random_vitals(RandomEvents& r) {
  VitalSigns body;
  if (r.chance(2)) body.session = r.name();
  if (r.chance(2)) {
    body.systolic_mmHg = r.whole(100, 350);
    body.diastolic_mmHg = r.whole(10, *body.systolic_mmHg > 250 ? 249 : *body.systolic_mmHg - 1);
  }
  body.heart_rate_per_min = r.maybe([&] { return r.whole(10, 350); });
  body.spo2_percent = r.maybe([&] { return r.whole(30, 100); });
  body.respiratory_rate_per_min = r.maybe([&] { return r.whole(0, 99); });
  body.moaas = r.whole(0, 5);
  return body;
}

Assay random_assay(RandomEvents& r) {
  Assay body{r.code<Analyte>(1, 4), r.code<Site>(1, 2), {}, {}};
  const Concentration value = r.number(100.0) * (units::mg / units::L);
  if (r.chance(3)) {
    body.lower_limit = value;
  } else {
    body.value = value;
    body.lower_limit = r.maybe([&] { return 0.5 * value; });
  }
  return body;
}

OtherSource random_source(RandomEvents& r) {
  OtherSource body{r.code<LookedIn>(1, 4), {}};
  for (int i = r.whole(0, 2); i > 0; --i) {
    body.found.push_back({r.text(), r.chance(2) ? "" : r.text(), r.text(), r.maybe([&] { return r.date(); }),
                          r.code<SupplyKind>(1, 5), r.maybe([&] { return r.whole(1, 400); }), r.chance(2)});
  }
  return body;
}

Review random_review(RandomEvents& r) {
  Review body{r.text(), {}, r.code<Decision>(1, 4), r.text(), {}};
  if (body.decision != Decision::plan_reviewed) {
    for (int i = r.whole(1, 3); i > 0; --i) body.rules.push_back(r.name());
    for (int i = r.whole(0, 2); i > 0; --i) body.events.push_back(r.name());
  }
  return body;
}

Evaluation random_evaluation(RandomEvents& r) {
  Evaluation body{r.name(), r.code<Moment>(1, 5), {}, {}};
  if (r.chance(2)) {
    body.total = r.whole(-1000, 1000);
  } else {
    for (int i = r.whole(0, 9); i > 0; --i) body.answers[r.name()] = r.whole(-1000, 1000);
  }
  return body;
}

SessionEnded random_end(RandomEvents& r) {
  SessionEnded body{r.name(), {r.decimal(4999)}, r.code<Completion>(1, 2), "", r.chance(2)};
  if (body.completion == Completion::stopped || r.chance(2)) body.reason = r.text();
  return body;
}

PatientFacts random_facts(RandomEvents& r) {
  return {r.maybe([&] { return r.date(); }), r.maybe([&] { return r.code<Sex>(1, 3); }),
          r.maybe([&] { return 40.0 + r.number(220.0); }),
          r.maybe([&] { return (0.3 + r.number(649.0)) * units::kg; })};
}

// An outcome that is not clear says why.
std::string note_for(RandomEvents& r, Screened outcome) {
  return outcome == Screened::clear && r.chance(2) ? "" : r.text();
}

Decimal above_zero(RandomEvents& r, int highest) {
  return *add(r.decimal(highest), *Decimal::parse("0.01"));
}

constexpr int visit_kinds = 10;

Body random_visit(RandomEvents& r, int kind) {
  const auto outcome = r.code<Screened>(1, 3);
  switch (kind) {
    case 0:
      return PlanSigned{r.name(), r.text()};
    case 1:
      return ConsentRecorded{r.name(), r.chance(2), r.text()};
    case 2:
      return Screening{r.name(), outcome, note_for(r, outcome)};
    case 3:
      return SessionCheckedIn{r.name(), r.chance(2) ? "" : r.name()};
    case 4:
      return PreCheck{r.name(), r.code<Check>(1, 7), outcome, note_for(r, outcome)};
    case 5:
      return SessionDecision{r.name(), r.name(), r.chance(2), r.text(), r.text()};
    case 6:
      return SignSeen{r.name(), r.name(), r.chance(2) ? "" : r.text()};
    case 7:
      return SessionReady{r.name(), above_zero(r, 4999), r.length(24.0 * units::h), above_zero(r, 999),
                          r.text()};
    case 8:
      return SessionCancelled{r.name(), r.text()};
    default:
      return SessionStopped{r.name(), r.maybe([&] { return r.decimal(4999); }), r.code<Departure>(1, 3),
                            r.text(), r.chance(2)};
  }
}

Body random_body(RandomEvents& r, int kind) {
  switch (kind) {
    case 0:
      return random_facts(r);
    case 1:
      return random_plan(r);
    case 2:
      return random_change(r);
    case 3:
      return SessionStarted{r.name(),
                            r.code<Drug>(1, 2),
                            r.code<Route>(1, 2),
                            {*add(r.decimal(4999), *Decimal::parse("0.1"))},
                            r.length(24.0 * units::h),
                            (0.3 + r.number(649.0)) * units::kg};
    case 4:
      return RateChanged{r.name(), r.decimal(9999), r.text()};
    case 5:
      return random_end(r);
    case 6:
      return SessionDischarged{r.name(), r.chance(2), r.maybe([&] { return r.whole(0, 5); }),
                               r.maybe([&] { return r.date(); })};
    case 7:
      return random_vitals(r);
    case 8:
      return random_evaluation(r);
    case 9:
      return random_assay(r);
    case 10:
      return SymptomReport{r.code<Symptom>(1, 11), r.code<Severity>(0, 3), r.text()};
    case 11:
      return Contact{r.chance(2), r.code<Topic>(1, 6), r.chance(2) ? "" : r.text()};
    case 12:
      return random_source(r);
    case 13:
      return random_review(r);
    case 14:
      return EnteredInError{r.name(), r.text()};
    default:
      return kind < 15 + visit_kinds ? random_visit(r, kind - 15)
                                     : test::random_sign(r, kind - 15 - visit_kinds);
  }
}

TEST(RoundTrip, EveryFieldOfARandomEventComesBack) {
  RandomEvents r{seed};
  constexpr int kinds = static_cast<int>(std::variant_size_v<Body>);
  static_assert(kinds == 15 + visit_kinds + test::sign_kinds);
  std::set<std::size_t> seen;
  for (int run = 0; run < 400 * kinds; ++run) {
    Event event = test::event(r.name(), Instant{}, random_body(r, run % kinds));
    seen.insert(event.body.index());
    event.patient = r.name();
    event.at = test::zero + r.number(1000.0) * units::day;
    event.recorded_at = event.at + r.number(3.0) * units::h;
    event.recorded_by = r.text();
    const std::string written = write_event(event);
    const auto read = read_event(written);
    ASSERT_TRUE(read) << "seed " << seed << " run " << run << ": " << written << ": "
                      << to_string(read.error().front());
    ASSERT_EQ(read->id, event.id);
    ASSERT_EQ(read->patient, event.patient);
    ASSERT_EQ(read->at, event.at) << written;
    ASSERT_EQ(read->recorded_at, event.recorded_at);
    ASSERT_EQ(read->recorded_by, event.recorded_by);
    ASSERT_TRUE(same(read->body, event.body)) << "seed " << seed << " run " << run << ": " << written;
  }
  EXPECT_EQ(seen.size(), std::variant_size_v<Body>);
}

TEST(RoundTrip, ADurationIsWrittenInTheUnitThatNeedsTheFewestDigits) {
  const auto written = [](Duration length) {
    SessionStarted body = test::started("s");
    body.length = length;
    return write_event(test::event("e", test::zero, body));
  };
  EXPECT_NE(written(40.0 * units::min).find(R"("infusion_length":{"value":40,"unit":"min"})"),
            std::string::npos)
      << written(40.0 * units::min);
  EXPECT_NE(written(90.0 * units::s).find(R"({"value":90,"unit":"s"})"), std::string::npos)
      << written(90.0 * units::s);
}

}  // namespace
}  // namespace evenkeel::exchange
