// Limits and rounding, with questions drawn at random: what must hold for every one of them.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>

#include "plan/candidates.hpp"
#include "plan/transcript.hpp"
#include "support/dose_question.hpp"

namespace evenkeel::plan {
namespace {

using test::dec;

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : rng_(seed) {}
  std::int64_t whole(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>{low, high}(rng_);
  }
  // `low` to `high` in steps of 10^-places.
  Decimal decimal(std::int64_t low, std::int64_t high, int places) {
    std::int64_t scale = 1;
    for (int i = 0; i < places; ++i) scale *= 10;
    return *Decimal{whole(low * scale, high * scale)}.shifted(places);
  }
  Decimal above_zero(std::int64_t high, int places) {
    const Decimal value = decimal(0, high, places);
    return value > Decimal{} ? value : Decimal{1};
  }
  template <class T>
  void shuffle(std::vector<T>& values) {
    std::ranges::shuffle(values, rng_);
  }

 private:
  std::mt19937_64 rng_;
};

Limit limit_of(Draw& draw) {
  const auto kinds = all_limit_kinds();
  const LimitKind kind = kinds[static_cast<std::size_t>(draw.whole(0, std::ssize(kinds) - 1))];
  const auto origin = static_cast<Origin>(draw.whole(1, 4));
  const bool is_count = limit_unit(kind) == "sessions";
  const bool is_per_kg = limit_unit(kind).find("/kg") != std::string_view::npos;
  const Decimal value = is_count ? Decimal{draw.whole(1, 12)} : draw.above_zero(is_per_kg ? 3 : 200, 3);
  return {kind, origin, value, {fmt::format("s{}", draw.whole(0, 3)), Label::proposal, ""}, "drawn"};
}

std::vector<Limit> limits_of(Draw& draw) {
  std::vector<Limit> limits = compiled_in();
  for (std::int64_t i = draw.whole(0, 12); i > 0; --i) limits.push_back(limit_of(draw));
  return limits;
}

Profile profile_of(Draw& draw) {
  if (draw.whole(0, 1) == 0) return {};
  const int time = static_cast<int>(draw.whole(1, 9)) * 10;
  const int dose = static_cast<int>(draw.whole(0, 100));
  return {"two", {{time, dose}, {100 - time, 100 - dose}}};
}

DoseQuestion question_of(Draw& draw) {
  DoseQuestion q;
  q.start = test::at("2026-03-16T10:00:00Z");
  q.now = q.start;
  q.patient.weight = {draw.decimal(35, 180, 1), q.now, care::WeightBasis::actual};
  for (std::int64_t i = draw.whole(0, 5); i > 0; --i) {
    q.patient.history.push_back({q.start - static_cast<double>(draw.whole(12, 500)) * units::h,
                                 draw.above_zero(80, 1), q.patient.weight->kg, draw.above_zero(200, 1),
                                 draw.whole(0, 1) == 0});
  }
  q.site = test::plain_site();
  q.site.syringe = {draw.above_zero(50, 1), draw.above_zero(60, 1), draw.above_zero(1, 2)};
  q.site.pump = {draw.above_zero(2, 2), Decimal{1200}};
  return q;
}

Prescription wanted_of(Draw& draw) {
  return {draw.above_zero(200, 2), draw.above_zero(240, 1), profile_of(draw)};
}

Result<OneSifted> sifted(const DoseQuestion& q, const std::vector<Limit>& limits,
                         const Prescription& wanted) {
  return sift_one(q, *LimitSet::make(limits), wanted, false);
}

constexpr int runs = 4000;

// By another road than the program's: in doubles, unit by unit, with a margin for their rounding only.
void expect_within(const Limit& limit, const DoseQuestion& q, const Candidate& candidate) {
  const double kg = q.patient.weight->kg.to_double();
  const double mg = candidate.delivered.mg.to_double();
  const double minutes = candidate.delivered.minutes.to_double();
  const double value = limit.value.to_double() * (1.0 + 1e-12);
  double rate_mg_h = 0.0;
  for (const Decimal& rate : candidate.delivered.rates_mL_h)
    rate_mg_h = std::max(rate_mg_h, rate.to_double() * q.site.syringe.mg_per_mL.to_double());
  double week_mg = mg;
  double plan_mg = mg;
  int week = 1;
  int plan = 1;
  double apart_h = std::numeric_limits<double>::infinity();
  for (const GivenDose& given : q.patient.history) {
    const double before_h = (q.start - given.at).in(units::h);
    apart_h = std::min(apart_h, before_h);
    week_mg += before_h < 156.0 ? given.mg.to_double() : 0.0;
    week += before_h < 156.0 ? 1 : 0;
    plan_mg += given.in_plan ? given.mg.to_double() : 0.0;
    plan += given.in_plan ? 1 : 0;
  }
  switch (limit.kind) {
    case LimitKind::dose:
      EXPECT_LE(mg, value);
      break;
    case LimitKind::dose_per_kg:
      EXPECT_LE(mg / kg, value);
      break;
    case LimitKind::rate:
      EXPECT_LE(rate_mg_h, value);
      break;
    case LimitKind::rate_per_kg:
      EXPECT_LE(rate_mg_h / kg, value);
      break;
    case LimitKind::shortest_infusion:
      EXPECT_GE(minutes * (1.0 + 1e-12), limit.value.to_double());
      break;
    case LimitKind::longest_infusion:
      EXPECT_LE(minutes, value);
      break;
    case LimitKind::shortest_interval:
      EXPECT_GE(apart_h, limit.value.to_double() * (1.0 - 1e-12));
      break;
    case LimitKind::sessions_per_week:
      EXPECT_LE(week, value);
      break;
    case LimitKind::dose_per_week:
      EXPECT_LE(week_mg, value);
      break;
    case LimitKind::dose_per_kg_per_week:
      EXPECT_LE(week_mg / kg, value);
      break;
    case LimitKind::sessions_in_plan:
      EXPECT_LE(plan, value);
      break;
    case LimitKind::dose_per_kg_in_plan:
      EXPECT_LE(plan_mg / kg, value);
      break;
  }
}

TEST(PlanProperty, NoCandidateExceedsALimitInAnyUnit) {
  int allowed = 0;
  for (int run = 0; run < runs; ++run) {
    Draw draw{static_cast<std::uint64_t>(run)};
    const auto q = question_of(draw);
    const auto limits = limits_of(draw);
    const auto one = sifted(q, limits, wanted_of(draw));
    ASSERT_TRUE(one) << "seed " << run;
    const auto* candidate = std::get_if<Candidate>(&*one);
    if (candidate == nullptr) continue;
    ++allowed;
    SCOPED_TRACE(fmt::format("seed {}", run));
    for (const Limit& limit : limits) expect_within(limit, q, *candidate);
  }
  EXPECT_GT(allowed, runs / 20);
}

TEST(PlanProperty, RoundingNeverRaisesDoseOrRate) {
  for (int run = 0; run < runs; ++run) {
    Draw draw{static_cast<std::uint64_t>(run)};
    const auto q = question_of(draw);
    const auto wanted = wanted_of(draw);
    const auto made = deliverable(wanted, q.site.syringe, q.site.pump);
    if (!made) continue;
    EXPECT_LE(made->mg, wanted.mg) << "seed " << run;
    EXPECT_GE(made->minutes, wanted.minutes) << "seed " << run;
    EXPECT_TRUE(at_most({made->highest_mg_h}, as_wanted(wanted)->highest_mg_h)) << "seed " << run;
  }
}

TEST(PlanProperty, OrderOfLimitsNeverMatters) {
  for (int run = 0; run < runs; ++run) {
    Draw draw{static_cast<std::uint64_t>(run)};
    auto q = question_of(draw);
    auto limits = limits_of(draw);
    const auto wanted = wanted_of(draw);
    const auto once = sifted(q, limits, wanted);
    draw.shuffle(limits);
    draw.shuffle(q.patient.history);
    const auto again = sifted(q, limits, wanted);
    DoseAnswer one;
    DoseAnswer other;
    for (auto& [from, to] : {std::pair{&once, &one}, std::pair{&again, &other}}) {
      Advice advice;
      if (const auto* candidate = std::get_if<Candidate>(&**from)) advice.ranked.push_back(*candidate);
      if (const auto* refused = std::get_if<Refused>(&**from)) advice.refused.push_back(*refused);
      to->outcome = std::move(advice);
    }
    EXPECT_EQ(transcript(one), transcript(other)) << "seed " << run;
  }
}

// A limit made stricter, or one more, never lets a dose pass that was refused, and leaves no more.
TEST(PlanProperty, AStricterLimitNeverGivesAHigherDose) {
  for (int run = 0; run < runs; ++run) {
    Draw draw{static_cast<std::uint64_t>(run)};
    const auto q = question_of(draw);
    auto limits = limits_of(draw);
    const auto wanted = wanted_of(draw);
    const auto before = sifted(q, limits, wanted);
    const auto caps_before = *LimitSet::make(limits)->dose_caps(wanted.minutes, context_of(q));
    auto& changed = limits[static_cast<std::size_t>(draw.whole(0, std::ssize(limits) - 1))];
    if (limit_unit(changed.kind) == "sessions")
      changed.value = Decimal{1};
    else
      changed.value = *multiply(changed.value, dec(is_least(changed.kind) ? "1.25" : "0.75"));
    limits.push_back(limit_of(draw));
    const auto after = sifted(q, limits, wanted);
    const auto caps_after = *LimitSet::make(limits)->dose_caps(wanted.minutes, context_of(q));
    EXPECT_TRUE(at_most(caps_after.front().mg, caps_before.front().mg)) << "seed " << run;
    EXPECT_TRUE(std::holds_alternative<Candidate>(*before) || std::holds_alternative<Refused>(*after))
        << "seed " << run;
  }
}

// What is left by the caps is what passes: the largest step at or below the cap is not refused for a dose,
// rate or sum, and one step more is.
TEST(PlanProperty, TheCapIsWhereRefusalBegins) {
  for (int run = 0; run < runs; ++run) {
    Draw draw{static_cast<std::uint64_t>(run)};
    const auto q = question_of(draw);
    const auto set = *LimitSet::make(limits_of(draw));
    const Decimal minutes = draw.above_zero(240, 1);
    const auto cap = set.dose_caps(minutes, context_of(q))->front().mg;
    const Decimal step = dec("0.01");
    const Decimal below = *multiply(*whole_steps_within(cap, step), step);
    const auto bounds_dose = [](const Checked& check) {
      return limit_unit(check.kind).find("mg") != std::string_view::npos;
    };
    const auto all_kept = [&](const Decimal& mg) {
      const auto checks = set.check(*as_wanted({mg, minutes, {}}), context_of(q));
      return std::ranges::all_of(checks, [&](const Checked& c) { return !bounds_dose(c) || c.kept; });
    };
    EXPECT_TRUE(below == Decimal{} || all_kept(below)) << "seed " << run;
    EXPECT_FALSE(all_kept(*add(below, step))) << "seed " << run;
  }
}

TEST(PlanProperty, WhatIsNotFiniteNeverPasses) {
  for (const double odd : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                           -std::numeric_limits<double>::infinity()}) {
    const auto refuses = [&](auto&& breaks) {
      auto q = test::steady_question(100);
      q.grid = Grid{dec("0.5"), dec("0.5"), dec("0.1"), {dec("40")}, {Profile{}}};
      breaks(q);
      const auto answer = propose(q);
      const auto* advice = answer ? std::get_if<Advice>(&answer->outcome) : nullptr;
      return advice == nullptr || advice->ranked.empty();
    };
    EXPECT_FALSE(refuses([](auto&) {}));
    EXPECT_TRUE(refuses([&](auto& q) { q.aims = {EffectBelow{"high", odd, 0.9}}; }));
    EXPECT_TRUE(refuses([&](auto& q) { q.aims = {EffectBelow{"high", 50.0, odd}}; }));
    EXPECT_TRUE(refuses([&](auto& q) { q.models[0].forecast.members[7].amounts[1] = odd; }));
    EXPECT_TRUE(refuses([&](auto& q) { q.models[0].forecast.members[7].system.rates(0, 1) = odd; }));
    EXPECT_TRUE(refuses([&](auto& q) { q.models[0].forecast.members[7].fraction = odd; }));
    EXPECT_TRUE(
        refuses([&](auto& q) { q.models[0].forecast.members[7].system.outputs[0].volume = odd * units::L; }));
    EXPECT_TRUE(refuses([&](auto& q) { q.patient.plan->plan.interval = odd * units::h; }));
    EXPECT_FALSE(decimal_of(odd, 6));
  }
}

// A limit of the protocol that is not a number asks for the second signature rather than for none.
TEST(PlanProperty, ALimitThatIsNotANumberAsksForTheSecondSignature) {
  auto q = test::steady_question(100);
  q.protocol.dosing->second_signature_above.value =
      std::numeric_limits<double>::quiet_NaN() * (units::mg / units::kg);
  const auto answer = *propose(q);
  for (const Candidate& each : std::get<Advice>(answer.outcome).ranked) EXPECT_TRUE(each.second_signature);
}

}  // namespace
}  // namespace evenkeel::plan
