#include "individual/course.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>

#include "support/patient_course.hpp"
#include "support/plain_model.hpp"
#include "support/random_systems.hpp"
#include "support/three_compartments.hpp"

namespace evenkeel::individual {
namespace {

using units::h;
using units::mg;

constexpr double ke0_per_h = 3.7;

pkpd::Effect effect_with(pkpd::Delay delay) {
  pkpd::Effect effect;
  effect.id = "some-effect";
  effect.delay = std::move(delay);
  effect.form = pkpd::SigmoidEmax{};
  return effect;
}

pkpd::Effect delayed_effect() {
  pkpd::DelayHalfLife delay;
  delay.half_life.value = std::log(2.0) / ke0_per_h * h;
  return effect_with(delay);
}

struct Case {
  Question question;
  std::vector<pkpd::Values> values;  // of each span
  std::vector<ReadAt> read_at;
};

// One to four spans, up to seven doses that may overlap, readings in between and at the very moments of
// events.
Case random_case(pkpd::RandomSystems& random, const pkpd::Structure& structure) {
  Case made{{&structure, {}, {}, {}, {{delayed_effect(), 0}}}, {}, {}};
  const pkpd::Values typical = *structure.typical({});
  std::vector<Duration> moments;
  for (auto spans = random.count(1, 4); spans > 0; --spans) {
    const Duration from =
        made.values.empty() ? Duration{} : moments.back() + random.log_between(0.1, 30.0) * h;
    moments.push_back(from);
    made.question.spans.push_back({from, {}, static_cast<int>(made.values.size())});
    made.values.push_back(typical);
    for (double& value : made.values.back()) value *= random.log_between(0.5, 2.0);
  }
  for (const pkpd::Dose& dose : random.regimen()) {
    made.question.given.push_back({dose.at, dose.length, dose.amount});
    moments.push_back(dose.at);
    moments.push_back(dose.at + dose.length);
  }
  made.question.given.push_back({moments[moments.size() / 2], random.between(0.0, 3.0) * h, 20.0 * mg});
  for (const Duration at : moments) made.read_at.push_back({at});
  for (int i = 0; i < 8; ++i) made.read_at.push_back({random.between(0.0, 60.0) * h});
  for (std::size_t i = 0; i < made.read_at.size(); i += 2) made.read_at[i].effect = 0;
  return made;
}

TEST(Course, IsTheEnginesOverAnyRecord) {
  const pkpd::Structure structure{test::three_compartments()};
  pkpd::RandomSystems random{20260201};
  for (int run = 0; run < 400; ++run) {
    const Case each = random_case(random, structure);
    const auto course = make_course(each.question, each.values, each.read_at);
    ASSERT_TRUE(course.has_value()) << to_string(course.error());
    const std::vector<double> read = solve(course->course, each.values);
    const auto expected = test::course_of(each.question, each.values, test::Site{0, ke0_per_h});
    for (std::size_t i = 0; i < each.read_at.size(); ++i) {
      const double wanted =
          expected.concentration(each.read_at[i].at, each.read_at[i].effect ? 1 : 0).canonical();
      EXPECT_NEAR(read[course->place[i]], wanted, 1e-10 * wanted + 1e-15)
          << "run " << run << ", reading " << i;
    }
  }
}

TEST(Course, ADualScalarReadsTheSameBits) {
  const pkpd::Structure structure{test::three_compartments()};
  pkpd::RandomSystems random{20260202};
  for (int run = 0; run < 50; ++run) {
    const Case each = random_case(random, structure);
    const auto course = make_course(each.question, each.values, each.read_at);
    std::vector<std::vector<Dual<2>>> dual;
    for (const pkpd::Values& values : each.values) dual.emplace_back(values.begin(), values.end());
    const auto plain = solve(course->course, each.values);
    const auto read = solve(course->course, dual);
    for (std::size_t i = 0; i < read.size(); ++i) EXPECT_EQ(read[i].value, plain[i]);
  }
}

Question one_dose(const pkpd::Structure& structure, Given given) {
  return {&structure, {{Duration{}, {}, 1}}, {given}, {}};
}

double read_once(const Question& question, double at_h) {
  const std::vector<pkpd::Values> values(question.spans.size(), *question.structure->typical({}));
  const ReadAt read{at_h * h};
  const auto course = make_course(question, values, {&read, 1});
  EXPECT_TRUE(course.has_value());
  return solve(course->course, values).front();
}

TEST(Course, AnInfusionTooShortForTheClockIsABolus) {
  const pkpd::Structure structure{test::three_compartments()};
  for (const double start_h : {0.0, 5000.0}) {
    const double bolus = read_once(one_dose(structure, {start_h * h, {}, 10.0 * mg}), start_h + 1.0);
    const double instant = read_once(one_dose(structure, {start_h * h, 1e-13 * h, 10.0 * mg}), start_h + 1.0);
    EXPECT_NEAR(instant, bolus, 1e-10 * bolus);
  }
}

TEST(Course, AReadingAtTheMomentOfABolusIsMadeAfterIt) {
  const pkpd::Structure structure{test::three_compartments()};
  EXPECT_NEAR(read_once(one_dose(structure, {2.0 * h, {}, 10.0 * mg}), 2.0), 10.0 / 4.41, 1e-12);
  EXPECT_EQ(read_once(one_dose(structure, {2.0 * h, {}, 10.0 * mg}), 1.999), 0.0);
}

TEST(Course, MomentsThatRoundingMovedApartAreOne) {
  const pkpd::Structure structure{test::three_compartments()};
  EXPECT_NEAR(read_once(one_dose(structure, {(0.1 + 0.2) * h, {}, 10.0 * mg}), 0.3), 10.0 / 4.41, 1e-12);
}

// The third route of the plain model: one share over a time, the other at once after a lag.
TEST(Course, ADoseByTwoPathsEntersByBoth) {
  const pkpd::Structure structure{pkpd::plain_model()};
  const pkpd::PlainValues values = pkpd::PlainValues{structure}
                                       .set("CL", 0.0)
                                       .set("V", 1.0)
                                       .set("KA", 0.0)
                                       .set("FILM", 0.3)
                                       .set("OVER", 2.0)
                                       .set("LATE", 1.5);
  const Question question = one_dose(structure, {0.0 * h, {}, 100.0 * mg, *structure.route("film")});
  const std::vector<pkpd::Values> all{values.values()};
  const std::vector<ReadAt> read_at{{1.49 * h}, {1.5 * h}};
  const auto course = make_course(question, all, read_at);
  ASSERT_TRUE(course.has_value());
  std::vector<double> end;
  const auto read = solve(course->course, all, &end);
  EXPECT_EQ(read[0], 0.0);
  EXPECT_NEAR(read[1], 70.0, 1e-12);
  EXPECT_NEAR(end[0], 30.0, 1e-12);
}

TEST(Course, AnEffectSitePeaksWhenItsDelaySays) {
  const pkpd::Structure structure{test::three_compartments()};
  Question question = one_dose(structure, {Duration{}, {}, 10.0 * mg});
  pkpd::DelayToPeak delay;
  delay.time_to_peak.value = 0.1 * h;
  question.effects = {{effect_with(delay), 0}, {effect_with(pkpd::NoDelay{}), 0}};
  const std::vector<pkpd::Values> values{*structure.typical({})};
  const std::vector<ReadAt> read_at{
      {0.099 * h, 0, 0}, {0.1 * h, 0, 0}, {0.101 * h, 0, 0}, {0.1 * h, 0, 1}, {0.1 * h}};
  const auto course = make_course(question, values, read_at);
  ASSERT_TRUE(course.has_value());
  const auto read = solve(course->course, values);
  EXPECT_GT(read[course->place[1]], read[course->place[0]]);
  EXPECT_GT(read[course->place[1]], read[course->place[2]]);
  EXPECT_EQ(read[course->place[3]], read[course->place[4]]);
}

TEST(Course, RefusesTimesAndAmountsThatCannotBe) {
  const pkpd::Structure structure{test::three_compartments()};
  const std::vector<pkpd::Values> values(2, *structure.typical({}));
  const auto refused = [&](const Question& question, Duration read = 1.0 * h) {
    const ReadAt read_at{read};
    const auto course = make_course(question, values, {&read_at, 1});
    return !course && course.error().code == ErrorCode::invalid_input;
  };
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  const Question good = one_dose(structure, {1.0 * h, 1.0 * h, 5.0 * mg});
  EXPECT_FALSE(refused(good));
  for (const double bad : {nan, infinity, -1.0}) {
    EXPECT_TRUE(refused(one_dose(structure, {bad * h, {}, 5.0 * mg})));
    EXPECT_TRUE(refused(one_dose(structure, {1.0 * h, bad * h, 5.0 * mg})));
    EXPECT_TRUE(refused(one_dose(structure, {1.0 * h, {}, bad * mg})));
    EXPECT_TRUE(refused(good, bad * h));
  }
  Question nobody = good;
  nobody.spans.clear();
  EXPECT_TRUE(refused(nobody));
  Question twice = good;
  twice.spans.push_back(twice.spans.front());
  EXPECT_TRUE(refused(twice));
}

}  // namespace
}  // namespace evenkeel::individual
