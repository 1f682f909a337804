// What may not change an outcome of any shipped rule, over random histories: a shift of all dates, another
// unit of a laboratory; and what may only change it one way: one more bad sign, one event less.

#include <gtest/gtest.h>

#include <set>

#include "base/overloaded.hpp"
#include "support/chart.hpp"
#include "support/random_events.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;
using care::Body;
using care::Moment;
using care::Substance;
using care::Symptom;

constexpr std::uint64_t first_seed = 20261128;
constexpr int histories = 40;
constexpr double weeks = 8;  // of treatment, after two weeks before it
constexpr double last_day = 7 * weeks;

care::Evaluation answered(std::string instrument, std::map<std::string, int> answers) {
  return {std::move(instrument), Moment::between_doses, std::move(answers), {}};
}
care::Toxicology test_of(Substance substance, bool found) {
  return {care::Specimen::urine, true, {{substance, found, 50.0 * (units::ng / units::mL), ""}}};
}
care::MedicineChanged begun(Substance substance, care::Prescribed by, bool taken = true) {
  return {substance, "x", taken, by, ""};
}

care::OtherSource random_look(RandomEvents& r, double at) {
  care::OtherSource look = looked(r.code<care::LookedIn>(1, 4), r.chance(3));
  for (auto& found : look.found) {
    found.kind = r.code<care::SupplyKind>(1, 5);
    found.dispensed = date(at - r.whole(0, 60));
    found.days_supply = r.whole(7, 60);
    found.for_home = r.chance(3);
  }
  return look;
}

// Anything but plans and sessions, by chance good, bad or an explanation.
Body random_body(RandomEvents& r, double at) {
  switch (r.whole(0, 15)) {
    case 0:
      return craving(r.whole(0, 8));
    case 1:
      return care::SymptomReport{r.code<Symptom>(1, 11), r.code<care::Severity>(0, 3), "x"};
    case 2:
      return total("phq-9", r.whole(0, 27));
    case 3: {
      std::string digits;
      for (int i = 0; i < 9; ++i) digits += static_cast<char>('0' + r.whole(0, 3));
      return phq9(digits);
    }
    case 4:
      return random_look(r, at);
    case 5:
      return test_of(r.code<Substance>(1, 10), r.chance(3));
    case 6:
      return begun(r.code<Substance>(3, 10), r.code<care::Prescribed>(1, 4), !r.chance(4));
    case 7:
      return care::LabResult{r.code<care::Lab>(1, 5), r.number(160.0), 40.0, "U/L"};
    case 8:
      return care::UrineTest{r.chance(2), r.chance(3)};
    case 9:
      return care::AppointmentMissed{r.code<care::MissedBecause>(1, 5), ""};
    case 10:
      return care::CircumstanceNoted{r.code<care::Circumstance>(1, 9), ""};
    case 11:
      return care::HarmSeen{r.code<care::Harm>(3, 5), ""};
    case 12:
      return answered("asq", {{"1", r.chance(6)}, {"2", 0}, {"3", 0}, {"4", r.chance(9)}});
    case 13:
      return answered("daily-life", {{"work", r.whole(0, 3)},
                                     {"contacts", r.whole(0, 7)},
                                     {"sleep", r.whole(0, 3)},
                                     {"concentration", r.whole(0, 3)}});
    case 14:
      return total("slums", r.whole(20, 30));
    default:
      return care::Contact{r.chance(2), r.code<care::Topic>(1, 6), ""};
  }
}

Body random_review(RandomEvents& r) {
  const auto& rules = library().rules;
  return reviewed({rules[static_cast<std::size_t>(r.whole(0, static_cast<int>(rules.size()) - 1))].id});
}

// A course of weekly infusions with about two other events a week, written down in the order of time.
History random_history(RandomEvents& r) {
  std::vector<std::pair<double, Body>> entries;
  for (int i = r.whole(10, 25); i > 0; --i) {
    const double at = r.number(last_day + 14) - 14;
    entries.emplace_back(at, r.chance(12) ? random_review(r) : random_body(r, at));
  }
  for (int week = 0; week < weeks; ++week) {
    const std::string session = "s" + std::to_string(week);
    const char* dose = r.chance(5) ? "60" : "35";
    entries.emplace_back(7 * week + 1, started(session, dose));
    entries.emplace_back(7 * week + 1 + 40.0 / 1440, ended(session, dose));
  }
  std::ranges::stable_sort(entries, {}, &std::pair<double, Body>::first);
  History history;
  history.add(day(-15), plan());
  for (auto& [at, body] : entries) history.add(day(at), std::move(body));
  return history;
}

using Outcomes = std::vector<RuleOutcome>;
Outcomes seen(const History& history, Instant now = day(last_day + 1)) {
  return watched(history, now, library().rules);
}

// What must be the same after a change that means nothing.
void expect_same(const Outcomes& one, const Outcomes& other, Duration later, std::uint64_t seed) {
  ASSERT_EQ(one.size(), other.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].outcome, other[i].outcome) << one[i].rule << " seed " << seed;
    ASSERT_EQ(one[i].findings.size(), other[i].findings.size()) << one[i].rule << " seed " << seed;
    for (std::size_t k = 0; k < one[i].findings.size(); ++k) {
      const Finding& a = one[i].findings[k];
      const Finding& b = other[i].findings[k];
      EXPECT_EQ(a.level, b.level) << a.rule << " seed " << seed;
      EXPECT_EQ(a.events, b.events) << a.rule << " seed " << seed;
      EXPECT_EQ(a.since + later, b.since) << a.rule << " seed " << seed;
      EXPECT_EQ(a.closed.has_value(), b.closed.has_value()) << a.rule << " seed " << seed;
      EXPECT_EQ(a.explained_by.empty(), b.explained_by.empty()) << a.rule << " seed " << seed;
    }
  }
}

Date shifted(const Date& date, Duration by) {
  return Date::of(date.start() + by);
}
void shift_dates(Body& body, Duration by) {
  std::visit(Overloaded{[&](care::OtherSource& look) {
                          for (auto& found : look.found) {
                            if (found.dispensed) found.dispensed = shifted(*found.dispensed, by);
                          }
                        },
                        [&](care::PlanApproved& plan) {
                          plan.stop_date = shifted(plan.stop_date, by);
                          plan.next_review = shifted(plan.next_review, by);
                        },
                        [](auto&) {}},
             body);
}

TEST(Metamorphic, ShiftingAllDatesChangesNoFinding) {
  for (std::uint64_t seed = first_seed; seed < first_seed + histories; ++seed) {
    RandomEvents r{seed};
    const History history = random_history(r);
    const Duration by = r.whole(-1000, 1000) * units::day;
    History later = history;
    for (care::Event& event : later.events) {
      event.at = event.at + by;
      event.recorded_at = event.recorded_at + by;
      shift_dates(event.body, by);
    }
    expect_same(seen(history), seen(later, day(last_day + 1) + by), by, seed);
  }
}

TEST(Metamorphic, ALaboratorysUnitChangesNoFinding) {
  for (std::uint64_t seed = first_seed; seed < first_seed + histories; ++seed) {
    RandomEvents r{seed};
    const History history = random_history(r);
    History other = history;
    for (care::Event& event : other.events) {
      auto* lab = std::get_if<care::LabResult>(&event.body);
      if (lab == nullptr) continue;
      lab->value /= 64.0;  // exact in binary, so that a multiple is the same to the last bit
      lab->upper_limit /= 64.0;
      lab->unit = "ukat/L";
    }
    expect_same(seen(history), seen(other), Duration{}, seed);
  }
}

std::vector<Body> bad_signs() {
  std::vector<Body> signs{
      craving(10),
      symptom(Symptom::nocturia, care::Severity::severe),
      symptom(Symptom::blood_in_urine),
      symptom(Symptom::flank_pain, care::Severity::severe),
      looked(care::LookedIn::dispensing_history, true),
      looked(care::LookedIn::toxicology, true),
      test_of(Substance::ketamine, true),
      test_of(Substance::opioid, true),
      begun(Substance::ghb, care::Prescribed::not_prescribed),
      begun(Substance::benzodiazepine, care::Prescribed::elsewhere),
      care::LabResult{care::Lab::alt, 100, 40, "U/L"},
      care::LabResult{care::Lab::alp, 200, 40, "U/L"},
      care::UrineTest{false, true},
      care::AppointmentMissed{care::MissedBecause::no_word, ""},
      care::HarmSeen{care::Harm::overdose, ""},
      care::HarmSeen{care::Harm::accident, ""},
      answered("asq", {{"1", 1}, {"2", 0}, {"3", 0}, {"4", 0}}),
      answered("daily-life", {{"work", 3}, {"contacts", 0}, {"sleep", 3}, {"concentration", 3}}),
      phq9("333333333"),
      total("slums", 10),
      care::Contact{true, care::Topic::asked_stronger, ""},
      care::Contact{true, care::Topic::asked_sooner, ""}};
  return signs;
}

TEST(Metamorphic, OneMoreBadSignNeverLowersTheLevel) {
  const auto signs = bad_signs();
  for (std::uint64_t seed = first_seed; seed < first_seed + histories; ++seed) {
    RandomEvents r{seed};
    const History history = random_history(r);
    const int before = watch::level_of(seen(history));
    for (const Body& sign : signs) {
      History worse = history;
      worse.add(day(last_day + 0.5), sign);
      EXPECT_GE(watch::level_of(seen(worse)), before)
          << "seed " << seed << " " << care::kind_text(sign) << " sign " << &sign - signs.data();
    }
  }
}

bool rests_on(const RuleOutcome& outcome, const std::string& event) {
  return std::ranges::any_of(outcome.findings, [&](const Finding& finding) {
    return std::ranges::find(finding.events, event) != finding.events.end();
  });
}

bool of_the_course(const Body& body) {
  return std::holds_alternative<care::PlanApproved>(body) ||
         std::holds_alternative<care::SessionStarted>(body) ||
         std::holds_alternative<care::SessionEnded>(body);
}

// Calls `judge` with the outcomes of a random history, those without one event of it, and that event. Plans
// and sessions are what the rest is compared with: they are left in.
template <class Judge>
void without_each_event(std::uint64_t seed, Instant now, Judge&& judge) {
  RandomEvents r{seed};
  const History whole = random_history(r);
  const Outcomes before = seen(whole, now);
  for (const care::Event& event : whole.events) {
    if (of_the_course(event.body)) continue;
    History fewer;
    for (const care::Event& each : whole.events) {
      if (each.id != event.id) fewer.events.push_back(each);
    }
    judge(before, seen(fewer, now), event);
  }
}

// What is taken away may end a finding, but only one that rested on it.
TEST(Metamorphic, RemovingAnEventNeverEndsAFindingThatDidNotRestOnIt) {
  for (std::uint64_t seed = first_seed; seed < first_seed + histories / 2; ++seed) {
    without_each_event(seed, day(last_day + 1),
                       [&](const Outcomes& before, const Outcomes& after, const care::Event& event) {
                         for (std::size_t i = 0; i < before.size(); ++i) {
                           if (before[i].outcome != Outcome::found || after[i].outcome != Outcome::clear)
                             continue;
                           EXPECT_TRUE(rests_on(before[i], event.id))
                               << before[i].rule << " without " << event.id << " ("
                               << care::kind_text(event.body) << ") seed " << seed;
                         }
                       });
  }
}

// And it never makes an answer of "not judged", also long after, when most rules have nothing recent to go
// by.
TEST(Metamorphic, RemovingAnEventNeverTurnsNotJudgedIntoClear) {
  for (std::uint64_t seed = first_seed; seed < first_seed + histories / 2; ++seed) {
    const Instant now = day(seed % 2 == 0 ? last_day + 1 : 300);
    without_each_event(
        seed, now, [&](const Outcomes& before, const Outcomes& after, const care::Event& event) {
          for (std::size_t i = 0; i < before.size(); ++i) {
            if (before[i].outcome != Outcome::not_judged) continue;
            EXPECT_NE(after[i].outcome, Outcome::clear) << before[i].rule << " without " << event.id << " ("
                                                        << care::kind_text(event.body) << ") seed " << seed;
          }
        });
  }
}

// The random histories reach the rules at all: else the properties above would hold of nothing.
TEST(Metamorphic, TheRandomHistoriesShowASignOfManyRules) {
  std::set<std::string> found;
  std::set<std::string> clear;
  for (std::uint64_t seed = first_seed; seed < first_seed + histories; ++seed) {
    RandomEvents r{seed};
    for (const RuleOutcome& outcome : seen(random_history(r))) {
      if (outcome.outcome == Outcome::found) found.insert(outcome.rule);
      if (outcome.outcome == Outcome::clear) clear.insert(outcome.rule);
    }
  }
  for (const char* rule : {"bladder-symptoms", "craving-between-doses", "dose-above-plan", "liver-tests",
                           "sedatives", "suicide-risk"}) {
    EXPECT_TRUE(found.contains(rule)) << rule;
    EXPECT_TRUE(clear.contains(rule)) << rule;
  }
  EXPECT_TRUE(found.contains("urgent-body"));
  EXPECT_GE(found.size() * 3, library().rules.size());
}

}  // namespace
}  // namespace evenkeel::watch
