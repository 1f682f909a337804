// Lives in the virtual clinic: the same however they are asked for, records that the real code takes, and
// rules that see what assess() sees.

#include "cohort/life.hpp"

#include <gtest/gtest.h>

#include <cstdio>

#include "assess/assess.hpp"
#include "cohort/clinic.hpp"
#include "exchange/record_reader.hpp"
#include "exchange/record_writer.hpp"
#include "support/virtual_clinic.hpp"

namespace evenkeel::cohort {
namespace {

constexpr std::uint32_t full = 0;
constexpr std::uint32_t lapses = 1;
constexpr std::uint32_t watching = 2;
constexpr std::uint32_t weekly = 3;
constexpr std::uint32_t heavy = 4;

// The record as a clinic's file would bring it in.
care::Record through_files(const std::vector<care::Event>& events) {
  care::Record record(events.front().patient);
  for (const care::Event& event : events) {
    const auto read = exchange::read_event(exchange::write_event(event));
    EXPECT_TRUE(read.has_value()) << exchange::write_event(event);
    if (!read) continue;
    const auto added = record.add(*read);
    EXPECT_TRUE(added.has_value()) << event.id << " " << to_string(added.error());
  }
  return record;
}

std::vector<std::string> found_rules(const std::vector<watch::RuleOutcome>& outcomes) {
  std::vector<std::string> lines;
  for (const watch::RuleOutcome& outcome : outcomes) {
    std::string line =
        outcome.rule + ": " + std::to_string(static_cast<int>(outcome.outcome)) + " " + outcome.why;
    for (const watch::Finding& finding : outcome.findings) {
      line += " | " + std::to_string(finding.level) + (finding.counts() ? " counts " : " - ") + finding.text +
              " since " + finding.since.to_string();
    }
    lines.push_back(line);
  }
  return lines;
}

// The record grown event by event: what the clinic saw at each look. Looks come five to ten minutes after an
// event after which nothing more was written for that long.
TEST(Life, TheRulesSeeWhatAssessSees) {
  for (const char* behaviour :
       {"adherent", "escalating-misuse", "second-prescriber", "developing-tolerance"}) {
    const World world = test::world_of(behaviour);
    for (const std::uint32_t patient : {1U, 7U}) {
      const auto events = record_of(world, full, patient);
      const care::Record record = through_files(events);
      Chronicle chronicle(world.library(), world.predictor(), world.people().structure().model(),
                          events.front().patient);
      std::size_t compared = 0;
      bool in_visit = false;
      for (std::size_t i = 0; i < events.size(); ++i) {
        const care::Event& event = events[i];
        const bool last_of_day = i + 1 == events.size() || events[i + 1].at - event.at > 3.0 * units::h;
        if (!in_visit && (i == 0 || event.at - events[i - 1].at > 12.0 * units::h)) chronicle.begin_visit();
        chronicle.write(event.at, event.recorded_by, event.body);
        in_visit = std::holds_alternative<care::SessionStarted>(event.body) ||
                   (in_visit && !std::holds_alternative<care::SessionDischarged>(event.body));
        if (!last_of_day || i % 7 != 0) continue;
        const Instant now = event.at + 10.0 * units::min;
        const assess::Noticed seen = chronicle.look(now);
        const assess::Assessment whole =
            assess::assess({record, world.library(), now, world.study().model, {}, {}, false});
        EXPECT_EQ(seen.level, whole.level) << behaviour << " " << patient << " " << now.to_string();
        EXPECT_EQ(found_rules(seen.rules), found_rules(whole.rules));
        ++compared;
      }
      EXPECT_GT(compared, 3U);
    }
  }
}

bool same(const Outcome& a, const Outcome& b) {
  return a.sessions == b.sessions && a.uses == b.uses && a.clinic_mg == b.clinic_mg &&
         a.outside_mg == b.outside_mg && a.peak_ng_mL == b.peak_ng_mL && a.area_mg_h_L == b.area_mg_h_L &&
         a.hours_above_100 == b.hours_above_100 && a.tolerance == b.tolerance && a.phq9_end == b.phq9_end &&
         a.first_at_level == b.first_at_level && a.first_of_rule == b.first_of_rule &&
         a.alarms_of_rule == b.alarms_of_rule && a.noticed == b.noticed && a.harm == b.harm &&
         a.reviews == b.reviews && a.visits == b.visits;
}

TEST(Life, IsTheSameEachTimeAndInAnyOrder) {
  const World world = test::world_of("escalating-misuse");
  const World again = test::world_of("escalating-misuse");
  for (const std::uint32_t arm : {full, lapses, weekly}) {
    const Outcome third = live(world, arm, 3);
    EXPECT_TRUE(same(live(again, arm, 3), third));
    static_cast<void>(live(again, arm, 2));
    EXPECT_TRUE(same(live(again, arm, 3), third));
  }
}

TEST(Life, GivesAPatientTheSameNumbersInEveryArm) {
  const World world = test::world_of("adherent");
  for (std::uint32_t patient = 0; patient < 5; ++patient) {
    const Outcome in_clinic = live(world, full, patient);
    for (const std::uint32_t arm : {lapses, watching, weekly, heavy}) {
      const Outcome other = live(world, arm, patient);
      EXPECT_EQ(other.weight_kg, in_clinic.weight_kg);
      EXPECT_EQ(other.age_years, in_clinic.age_years);
      EXPECT_EQ(other.phq9_start, in_clinic.phq9_start);
    }
    // What nobody decides differs in nothing: an adherent life has no review that changes it.
    EXPECT_EQ(live(world, watching, patient).phq9_start, in_clinic.phq9_start);
    EXPECT_GT(live(world, lapses, patient).sessions, 10U);
  }
}

TEST(Life, MoreUseIsMoreOfEverything) {
  const World world = test::world_of("adherent");
  for (std::uint32_t patient = 0; patient < 5; ++patient) {
    const Outcome less = live(world, weekly, patient);
    const Outcome more = live(world, heavy, patient);
    EXPECT_GT(more.uses, less.uses);
    EXPECT_GT(more.area_mg_h_L, less.area_mg_h_L);
    EXPECT_GT(more.peak_ng_mL, less.peak_ng_mL);
    EXPECT_GT(more.hours_above_100, less.hours_above_100);
    EXPECT_GE(more.tolerance, less.tolerance);
    EXPECT_EQ(more.noticed, never);
    EXPECT_EQ(more.visits, 0U);
    EXPECT_TRUE(record_of(world, heavy, patient).empty());
  }
}

TEST(Life, AnAdherentRecordIsOneThatItsProtocolTakes) {
  const World world = test::world_of("adherent");
  for (const std::uint32_t patient : {0U, 4U, 9U}) {
    const auto events = record_of(world, full, patient);
    const care::Record record = through_files(events);
    EXPECT_EQ(record.size(), events.size());
    const Instant now = events.back().at + 10.0 * units::min;
    const auto valid = record.valid();
    const auto sessions = care::sessions(valid, now);
    const auto& protocol = test::protocol_named("iv-ket-trd-0.5x40");
    const auto status = care::course_status({valid, sessions, protocol, world.library().instruments, now});
    for (const std::string& note : status.notes) {
      EXPECT_TRUE(note.starts_with("decision point") || note.starts_with("the plan's interval"))
          << patient << ": " << note;
    }
    for (const care::Session& session : sessions) {
      EXPECT_TRUE(session.infusion_unknown.empty()) << session.infusion_unknown;
      for (const care::SessionNote& note : care::check_session(session, protocol, now))
        EXPECT_NE(note.kind, care::SessionNote::Kind::late) << note.text;
    }
  }
}

struct Counted {
  std::uint32_t noticed = 0, with_onset = 0, alarmed = 0, harmed = 0, reviews = 0;
  std::vector<std::uint32_t> rules;
};

Counted sample(const char* behaviour, std::uint32_t arm, std::uint32_t patients) {
  const World world = test::world_of(behaviour);
  Counted counted;
  counted.rules.assign(world.library().rules.size(), 0);
  for (std::uint32_t patient = 0; patient < patients; ++patient) {
    const Outcome out = live(world, arm, patient);
    counted.alarmed += out.alarms > 0 ? 1 : 0;
    counted.with_onset += out.onset != never ? 1 : 0;
    counted.noticed += out.noticed != never ? 1 : 0;
    counted.harmed += out.harm != never ? 1 : 0;
    counted.reviews += out.reviews;
    for (std::size_t i = 0; i < counted.rules.size(); ++i)
      counted.rules[i] += out.first_of_rule[i] != never ? 1 : 0;
  }
  std::printf("%s: %u of %u with onset noticed, %u alarmed, %u harmed, %u reviews;", behaviour,
              counted.noticed, counted.with_onset, counted.alarmed, counted.harmed, counted.reviews);
  for (std::size_t i = 0; i < counted.rules.size(); ++i) {
    if (counted.rules[i] > 0) std::printf(" %s %u", world.library().rules[i].id.c_str(), counted.rules[i]);
  }
  std::printf("\n");
  return counted;
}

TEST(Life, MostWhoKeepToThePlanAreNeverAlarmedAbout) {
  constexpr std::uint32_t patients = 40;
  EXPECT_LT(2 * sample("adherent", full, patients).alarmed, patients);
}

TEST(Life, EachSignIsNoticedInMostUnderFullSupervision) {
  constexpr std::uint32_t patients = 12;
  for (const Behaviour& behaviour : test::shipped_behaviours()) {
    const Counted counted = sample(behaviour.id.c_str(), full, patients);
    if (behaviour.truth != Truth::sign) continue;
    EXPECT_GT(2 * counted.noticed, counted.with_onset) << behaviour.id;
  }
}

TEST(World, RefusesAStudyThatCannotBeLived) {
  const auto refused = [](auto&& change) {
    Study study = test::study_of("adherent");
    change(study);
    const auto made = World::make(study, test::library());
    return made ? std::string() : made.error().where;
  };
  EXPECT_EQ(refused([](Study&) {}), "");
  EXPECT_EQ(refused([](Study& s) { s.mix.front().share = 0.9; }), "mix");
  EXPECT_EQ(refused([](Study& s) { s.mix.front().behaviour = "nobody"; }), "mix");
  EXPECT_EQ(refused([](Study& s) { std::get<Supervised>(s.arms[0].regimen).protocol = "none"; }), "arm full");
  EXPECT_EQ(
      refused([](Study& s) { std::get<Supervised>(s.arms[0].regimen).protocol = "nasal-esketamine-trd"; }),
      "arm full");
  EXPECT_EQ(refused([](Study& s) { std::get<Unsupervised>(s.arms[3].regimen).uses_per_week = 85.0; }),
            "arm weekly");
  EXPECT_EQ(refused([](Study& s) { s.model = "none"; }), "model");
  EXPECT_EQ(refused([](Study& s) { s.weeks = 0; }), "weeks");
}

}  // namespace
}  // namespace evenkeel::cohort
