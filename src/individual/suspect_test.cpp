#include "individual/suspect.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>

#include "pkpd/parallel.hpp"
#include "support/shipped_structure.hpp"
#include "support/simulated_patient.hpp"

namespace evenkeel::individual {
namespace {

const FitOptions quick{{.effective = 500.0, .threads = 1}, 500};

const pkpd::Structure& one() {
  static const pkpd::Structure structure{test::one_compartment()};
  return structure;
}
// A level that halves in 28 min: here a wrong time shows.
const pkpd::Structure& quickly_gone() {
  static const pkpd::Structure structure{test::one_compartment(300.0)};
  return structure;
}
const pkpd::Structure& otto() {
  static const pkpd::Structure structure = test::shipped_structure("otto-2021");
  return structure;
}

struct Asked {
  Fit fit;
  std::vector<Suspicion> suspicions;
  // Of one measurement; none where it is no outlier.
  [[nodiscard]] const Suspicion* of(std::size_t measurement) const {
    const auto found = std::ranges::find(suspicions, measurement, &Suspicion::measurement);
    return found == suspicions.end() ? nullptr : &*found;
  }
  [[nodiscard]] const Explanation* named(std::size_t measurement, Mistake mistake) const {
    const Suspicion* suspicion = of(measurement);
    if (suspicion == nullptr) return nullptr;
    const auto found = std::ranges::find(suspicion->explanations, mistake, &Explanation::mistake);
    return found == suspicion->explanations.end() ? nullptr : &*found;
  }
  [[nodiscard]] bool named_first(std::size_t measurement, Mistake mistake) const {
    const Explanation* found = named(measurement, mistake);
    return found != nullptr && found == of(measurement)->explanations.data();
  }
};

Asked ask(Question question) {
  const auto problem = Problem::make(std::move(question));
  EXPECT_TRUE(problem.has_value()) << (problem ? "" : to_string(problem.error()));
  auto fit = check_fit(*problem, quick);
  EXPECT_TRUE(fit.has_value()) << (fit ? "" : to_string(fit.error()));
  if (!fit) return {};
  auto suspicions = suspect(*problem, fit->outliers, quick);
  EXPECT_TRUE(suspicions.has_value()) << (suspicions ? "" : to_string(suspicions.error()));
  return {*std::move(fit), suspicions ? *std::move(suspicions) : std::vector<Suspicion>{}};
}

Concentration& value(Question& question, std::size_t i) {
  return std::get<Assayed>(question.measured[i].what).value;
}

// What the typical patient shows, without scatter.
Question typical(Question question, const std::vector<test::Sample>& samples) {
  for (const test::Sample& each : samples)
    question.measured.push_back({"assay " + std::to_string(question.measured.size() + 1),
                                 each.at_h * units::h, each.output, Assayed{1.0 * (units::mg / units::L)}});
  const auto problem = Problem::make(question);
  const Eigen::VectorXd f =
      problem->evaluate(Eigen::VectorXd::Zero(static_cast<Eigen::Index>(problem->dimensions()))).predicted;
  for (std::size_t i = 0; i < samples.size(); ++i)
    value(question, i) = Concentration::from_canonical(f[static_cast<Eigen::Index>(i)]);
  return question;
}

const std::vector<test::Sample> four{{0.5, 0}, {1.5, 0}, {3.0, 0}, {6.0, 0}};
const std::vector<test::Sample> early{{0.5, 0}, {0.8, 0}, {1.0, 0}, {1.3, 0}, {1.6, 0}, {2.0, 0}};

// Of simulated patients, in each of which `spoil` plants a mistake in one measurement: how many have it among
// the outliers, alone, and with the mistake named first.
struct Count {
  std::atomic<int> found{0};
  std::atomic<int> alone{0};
  std::atomic<int> first{0};
};
template <class Spoil>
void count(Count& count, std::size_t patients, std::size_t place, Mistake mistake, Spoil&& spoil) {
  pkpd::in_parallel(0, patients, 1, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      Question question = test::simulated(test::after_35_mg(one()), four, static_cast<std::uint32_t>(i));
      spoil(question);
      const Asked asked = ask(std::move(question));
      const bool found = asked.of(place) != nullptr;
      count.found += found ? 1 : 0;
      count.alone += found && asked.fit.outliers.size() == 1 ? 1 : 0;
      count.first += asked.named_first(place, mistake) ? 1 : 0;
    }
  });
}

// The true value lies outside the central 90 % in a tenth of patients: there nothing is named.
TEST(Suspect, AThousandfoldValueIsFoundInEveryPatientAndTheUnitNamedFirstInNineOfTen) {
  Count seen;
  count(seen, 30, 2, Mistake::thousand_too_high, [](Question& q) { value(q, 2) = 1000.0 * value(q, 2); });
  EXPECT_EQ(seen.found, 30);
  EXPECT_GE(seen.alone, 29);
  EXPECT_GE(seen.first, 24);
}

TEST(Suspect, AThousandthIsFoundInEveryPatientAndTheUnitNamedFirst) {
  Count seen;
  count(seen, 12, 2, Mistake::thousand_too_low, [](Question& q) { value(q, 2) = 0.001 * value(q, 2); });
  EXPECT_EQ(seen.found, 12);
  EXPECT_GE(seen.alone, 11);
  EXPECT_GE(seen.first, 8);
}

TEST(Suspect, NanomolesAreFoundAndNamedFirst) {
  Count seen;
  count(seen, 12, 1, Mistake::nanomolar, [](Question& q) { value(q, 1) = (1000.0 / 237.73) * value(q, 1); });
  EXPECT_EQ(seen.found, 12);
  EXPECT_GE(seen.first, 8);
}

TEST(Suspect, ExchangedTubesAreFoundAndNamedFirst) {
  Count seen;
  count(seen, 12, 3, Mistake::exchanged_times,
        [](Question& q) { std::swap(q.measured[0].what, q.measured[3].what); });
  EXPECT_GE(seen.found, 11);
  EXPECT_GE(seen.first, 8);
}

TEST(Suspect, TheSentenceNamesTheValueAsItWouldBe) {
  Question question = typical(test::after_35_mg(one()), four);
  value(question, 2) = (1000.0 / 237.73) * Concentration::from_canonical(0.0563);
  const Asked asked = ask(question);
  const Explanation* found = asked.named(2, Mistake::nanomolar);
  ASSERT_NE(found, nullptr) << asked.fit.words;
  EXPECT_EQ(found->sentence, "If this was nmol/L it is 56.3 ng/mL.");
}

TEST(Suspect, MolarMassesAreThoseOfTheFormulas) {
  EXPECT_NEAR(molar_mass_g_mol(pkpd::Moiety::esketamine).value(), 237.73, 0.005);
  EXPECT_NEAR(molar_mass_g_mol(pkpd::Moiety::norketamine).value(), 223.70, 0.005);
  EXPECT_NEAR(molar_mass_g_mol(pkpd::Moiety::eshydroxynorketamine).value(), 239.70, 0.005);
  EXPECT_FALSE(molar_mass_g_mol(pkpd::Moiety::unspecified));
}

// Only an assay that scatters little tells base from hydrochloride: 237.73 to 274.19.
TEST(Suspect, AHydrochlorideIsNamedWhereTheAssayIsThatGood) {
  Question question = test::after_35_mg(one());
  question.assumed = {{"CP", 0.01, {}, 0.0, {}}};
  question = typical(question, four);
  value(question, 2) = (274.19 / 237.73) * value(question, 2);
  EXPECT_TRUE(ask(question).named_first(2, Mistake::hydrochloride));
}

// Drawn at the time that each assay says plus `late_h`, recorded as it says.
Asked drawn_late(std::size_t place, double late_h) {
  std::vector<test::Sample> drawn = early;
  drawn[place].at_h += late_h;
  Question question = typical(test::after_35_mg(quickly_gone()), drawn);
  question.measured[place].at = early[place].at_h * units::h;
  return ask(question);
}

TEST(Suspect, AClockThatIsAnHourOffIsNamed) {
  for (const double late_h : {1.0, -1.0}) {
    const std::size_t place = late_h > 0.0 ? 2 : 5;
    const Asked asked = drawn_late(place, late_h);
    const Explanation* found = asked.named(place, Mistake::clock_an_hour_off);
    ASSERT_NE(found, nullptr) << late_h << ' ' << asked.fit.words;
    EXPECT_NE(found->sentence.find(late_h > 0.0 ? "1 h later" : "1 h earlier"), std::string::npos)
        << found->sentence;
  }
}

TEST(Suspect, MorningForAfternoonIsNamed) {
  std::vector<test::Sample> drawn = four;
  drawn[1].at_h += 12.0;
  Question question = typical(test::after_35_mg(one()), drawn);
  question.measured[1].at = four[1].at_h * units::h;
  const Asked asked = ask(question);
  const Explanation* found = asked.named(1, Mistake::half_a_day_off);
  ASSERT_NE(found, nullptr) << asked.fit.words;
  EXPECT_NE(found->sentence.find("12 h later"), std::string::npos) << found->sentence;
}

// The smallest shift that explains it is named, so fewer minutes than it was.
TEST(Suspect, MinutesEarlyAreNamed) {
  const Asked asked = drawn_late(4, -25.0 / 60.0);
  const Explanation* found = asked.named(4, Mistake::minutes_off);
  ASSERT_NE(found, nullptr) << asked.fit.words;
  EXPECT_NE(found->sentence.find("min earlier than recorded"), std::string::npos) << found->sentence;
  EXPECT_GE(found->tail.value(), explained_from);
}

TEST(Suspect, TheTimeOfTheOrderIsNamed) {
  const Asked asked = drawn_late(2, 75.0 / 60.0);
  ASSERT_NE(asked.of(2), nullptr) << asked.fit.words;
  EXPECT_NE(asked.named(2, Mistake::time_of_order), nullptr) << asked.of(2)->words;
  EXPECT_EQ(asked.named(2, Mistake::minutes_off), nullptr) << asked.of(2)->words;
}

TEST(Suspect, ParentAndMetaboliteOfOneBloodThatWereExchangedAreNamed) {
  Question question =
      typical(test::after_35_mg(otto()), {{0.6, 0}, {0.6, 1}, {1.5, 0}, {1.5, 1}, {4.0, 0}, {4.0, 1}});
  std::swap(question.measured[0].what, question.measured[1].what);
  const Asked asked = ask(question);
  ASSERT_FALSE(asked.suspicions.empty()) << asked.fit.words;
  const std::size_t place = asked.suspicions.front().measurement;
  const Explanation* found = asked.named(place, Mistake::exchanged_moieties);
  ASSERT_NE(found, nullptr) << asked.suspicions.front().words;
  EXPECT_NE(found->sentence.find("'esnorketamine-venous' is "), std::string::npos) << found->sentence;
}

TEST(Suspect, TheInfusingArmIsNamedWhileItRunsAndShortlyAfter) {
  for (const double at_h : {0.5, 0.8, 1.5}) {
    Question question = typical(test::after_35_mg(one()), {{at_h, 0}, {2.0, 0}, {3.0, 0}, {6.0, 0}});
    value(question, 0) = 50.0 * value(question, 0);
    const Asked asked = ask(question);
    EXPECT_EQ(asked.named(0, Mistake::infusing_arm) != nullptr, at_h < 1.0) << at_h;
    EXPECT_EQ(asked.named(0, Mistake::dose_not_recorded), nullptr);
  }
}

TEST(Suspect, TheMetaboliteIsNotInTheInfusion) {
  Question question = typical(test::after_35_mg(otto()), {{0.5, 1}, {2.0, 1}, {4.0, 1}});
  value(question, 0) = 50.0 * value(question, 0);
  const Asked asked = ask(question);
  ASSERT_NE(asked.of(0), nullptr) << asked.fit.words;
  EXPECT_EQ(asked.named(0, Mistake::infusing_arm), nullptr);
}

TEST(Suspect, ADoseThatIsNotInTheRecordIsNamedWhereLittleShouldBeLeft) {
  Question question = typical(test::after_35_mg(one()), {{1.0, 0}, {2.0, 0}, {12.0, 0}});
  value(question, 2) = 60.0 * value(question, 2);
  const Asked asked = ask(question);
  const Explanation* found = asked.named(2, Mistake::dose_not_recorded);
  ASSERT_NE(found, nullptr) << asked.fit.words;
  EXPECT_FALSE(found->tail);
  EXPECT_NE(found->sentence.find("another source, or a mix-up"), std::string::npos) << found->sentence;
}

TEST(Suspect, AValueBeforeTheFirstDoseIsADoseNotInTheRecord) {
  Question question = test::after_35_mg(one());
  question.given[0].at = 1.0 * units::h;
  question = typical(question, {{2.0, 0}, {4.0, 0}});
  question.measured.push_back({"early", 0.5 * units::h, 0, Assayed{0.05 * (units::mg / units::L)}});
  const Asked asked = ask(question);
  EXPECT_NE(asked.named(2, Mistake::dose_not_recorded), nullptr) << asked.fit.words;
}

TEST(Suspect, WhereNothingExplainsItThatIsSaid) {
  Question question = typical(test::after_35_mg(one()), {{1.5, 0}, {2.0, 0}, {3.0, 0}, {6.0, 0}});
  value(question, 1) = 30.0 * value(question, 1);  // no unit, no time, no arm, and much should be left
  const Asked asked = ask(question);
  ASSERT_NE(asked.of(1), nullptr);
  EXPECT_TRUE(asked.of(1)->explanations.empty()) << asked.of(1)->words;
  EXPECT_NE(asked.of(1)->words.find("no usual mistake explains it"), std::string::npos) << asked.of(1)->words;
}

TEST(Suspect, ATubeBelowTheLimitCanHaveBeenExchangedToo) {
  Question question = typical(test::after_35_mg(one()), {{0.7, 0}, {1.5, 0}, {3.0, 0}, {10.0, 0}});
  std::swap(question.measured[0].what, question.measured[3].what);
  question.measured[0].what = Below{0.01 * (units::mg / units::L)};
  const Asked asked = ask(question);
  ASSERT_NE(asked.of(0), nullptr) << asked.fit.words;
  EXPECT_TRUE(asked.named_first(0, Mistake::exchanged_times)) << asked.of(0)->words;
}

}  // namespace
}  // namespace evenkeel::individual
