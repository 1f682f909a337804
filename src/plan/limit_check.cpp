// A dose held against the limits: what is counted for each kind, and in which words.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "plan/limit.hpp"

namespace evenkeel::plan {
namespace {

// A week less half a day: a session on the same weekday, some hours earlier, is the next week's.
constexpr Duration counted_week = 6.5 * units::day;

// What is seen and what is allowed, in one unit.
struct Pair {
  Result<Ratio> seen;
  Result<Ratio> allowed;
  std::string seen_as;
  std::string allowed_as;
};

Result<Ratio> plain(const Result<Decimal>& value) {
  if (!value) return value.error();
  return Ratio{*value, Decimal{1}};
}

std::string number(const Result<Ratio>& value) {
  if (!value) return "a number that is too long to compare";
  return value->under == Decimal{1} ? short_text(value->over) : fmt::format("{:.6g}", value->to_double());
}

bool in_week(const GivenDose& given, Instant start) {
  return given.at > start - counted_week && given.at <= start;
}

// mg that count beside `mg`, it included.
Result<Decimal> total_mg(const Decimal& mg, const LimitContext& context, bool of_plan) {
  Result<Decimal> total = mg;
  for (const GivenDose& given : context.history) {
    if (total && (of_plan ? given.in_plan : in_week(given, context.start))) total = add(*total, given.mg);
  }
  return total;
}

std::int64_t sessions(const LimitContext& context, bool of_plan) {
  return 1 + std::ranges::count_if(context.history, [&](const GivenDose& given) {
           return of_plan ? given.in_plan : in_week(given, context.start);
         });
}

// To the start of the nearest session, before or after; none where there is none.
std::optional<Duration> nearest_session(const LimitContext& context) {
  std::optional<Duration> nearest;
  for (const GivenDose& given : context.history) {
    const Duration apart = given.at < context.start ? context.start - given.at : given.at - context.start;
    if (!nearest || apart < *nearest) nearest = apart;
  }
  return nearest;
}

Pair per_weight(Result<Ratio> seen, const Limit& limit, const LimitContext& context, std::string_view unit) {
  Pair pair{std::move(seen), plain(multiply(limit.value, context.weight_kg)), "", ""};
  pair.seen_as = fmt::format("{} {}", number(pair.seen), unit);
  pair.allowed_as = fmt::format("{} {} ({} {} x {} kg)", number(pair.allowed), unit, short_text(limit.value),
                                limit_unit(limit.kind), short_text(context.weight_kg));
  return pair;
}

Pair as_it_is(Result<Ratio> seen, const Limit& limit) {
  Pair pair{std::move(seen), Ratio{limit.value, Decimal{1}}, "", ""};
  pair.seen_as = fmt::format("{} {}", number(pair.seen), limit_unit(limit.kind));
  pair.allowed_as = fmt::format("{} {}", short_text(limit.value), limit_unit(limit.kind));
  return pair;
}

// Nothing where there is nothing to count: no session before this one.
std::optional<Pair> pair_of(const Limit& limit, const TestedDose& dose, const LimitContext& context) {
  switch (limit.kind) {
    case LimitKind::dose:
      return as_it_is(Ratio{dose.mg}, limit);
    case LimitKind::dose_per_kg:
      return per_weight(Ratio{dose.mg}, limit, context, "mg");
    case LimitKind::rate:
      return as_it_is(dose.highest_mg_h, limit);
    case LimitKind::rate_per_kg:
      return per_weight(dose.highest_mg_h, limit, context, "mg/h");
    case LimitKind::shortest_infusion:
    case LimitKind::longest_infusion:
      return as_it_is(Ratio{dose.minutes}, limit);
    case LimitKind::shortest_interval: {
      const auto apart = nearest_session(context);
      if (!apart) return std::nullopt;
      return as_it_is(plain(decimal_of(apart->in(units::h), 6)), limit);
    }
    case LimitKind::sessions_per_week:
    case LimitKind::sessions_in_plan:
      return as_it_is(Ratio{Decimal{sessions(context, limit.kind == LimitKind::sessions_in_plan)}}, limit);
    case LimitKind::dose_per_week:
      return as_it_is(plain(total_mg(dose.mg, context, false)), limit);
    case LimitKind::dose_per_kg_per_week:
    case LimitKind::dose_per_kg_in_plan:
      return per_weight(plain(total_mg(dose.mg, context, limit.kind == LimitKind::dose_per_kg_in_plan)),
                        limit, context, "mg");
  }
  return std::nullopt;
}

double share(const Pair& pair, bool least) {
  if (!pair.seen || !pair.allowed) return std::numeric_limits<double>::infinity();
  const double seen = pair.seen->to_double();
  const double allowed = pair.allowed->to_double();
  return least ? allowed / seen : seen / allowed;
}

// v less what was given already, never below zero.
Result<Ratio> what_is_left(const Result<Decimal>& most, const LimitContext& context, bool of_plan) {
  const auto given = total_mg(Decimal{}, context, of_plan);
  if (!most || !given) return most ? given.error() : most.error();
  const auto left = subtract(*most, *given);
  if (!left) return left.error();
  return Ratio{std::max(*left, Decimal{})};
}

// The mg that a limit leaves; nothing for what does not bound the dose.
std::optional<Result<Ratio>> cap_of(const Limit& limit, const Decimal& minutes, const LimitContext& context) {
  const auto over_hours = [&](const Result<Decimal>& rate) -> Result<Ratio> {
    if (!rate) return rate.error();
    const auto over = multiply(*rate, minutes);
    if (!over) return over.error();
    return Ratio{*over, Decimal{60}};
  };
  const auto times_weight = multiply(limit.value, context.weight_kg);
  switch (limit.kind) {
    case LimitKind::dose:
      return Ratio{limit.value};
    case LimitKind::dose_per_kg:
      return plain(times_weight);
    case LimitKind::rate:
      return over_hours(limit.value);
    case LimitKind::rate_per_kg:
      return over_hours(times_weight);
    case LimitKind::dose_per_week:
      return what_is_left(limit.value, context, false);
    case LimitKind::dose_per_kg_per_week:
      return what_is_left(times_weight, context, false);
    case LimitKind::dose_per_kg_in_plan:
      return what_is_left(times_weight, context, true);
    case LimitKind::shortest_infusion:
    case LimitKind::longest_infusion:
    case LimitKind::shortest_interval:
    case LimitKind::sessions_per_week:
    case LimitKind::sessions_in_plan:
      break;
  }
  return std::nullopt;
}

std::string cap_words(const Limit& limit, const Ratio& mg, const Decimal& minutes,
                      const LimitContext& context) {
  std::string how = fmt::format("{} {}", short_text(limit.value), limit_unit(limit.kind));
  if (limit_unit(limit.kind).find("/kg") != std::string_view::npos)
    how += fmt::format(" x {} kg", short_text(context.weight_kg));
  if (limit.kind == LimitKind::rate || limit.kind == LimitKind::rate_per_kg)
    how += fmt::format(" x {} min", short_text(minutes));
  const bool of_week =
      limit.kind == LimitKind::dose_per_week || limit.kind == LimitKind::dose_per_kg_per_week;
  if (of_week || limit.kind == LimitKind::dose_per_kg_in_plan)
    how += fmt::format(" less {} given", number(plain(total_mg(Decimal{}, context, !of_week))));
  return fmt::format("{} = {} mg ({}, {})", how, number(mg), limit_words(limit.kind),
                     origin_words(limit.origin));
}

}  // namespace

Result<std::vector<DoseCap>> LimitSet::dose_caps(const Decimal& minutes, const LimitContext& context) const {
  std::vector<DoseCap> caps;
  for (const Limit& limit : binding_) {
    const auto mg = cap_of(limit, minutes, context);
    if (!mg) continue;
    if (!*mg) return mg->error();
    caps.push_back({**mg, limit, cap_words(limit, **mg, minutes, context)});
  }
  std::ranges::stable_sort(caps, [](const DoseCap& a, const DoseCap& b) { return !at_most(b.mg, a.mg); });
  return caps;
}

std::vector<Checked> LimitSet::check(const TestedDose& dose, const LimitContext& context) const {
  std::vector<Checked> all;
  for (const Limit& limit : binding_) {
    const auto pair = pair_of(limit, dose, context);
    if (!pair) continue;
    const bool least = is_least(limit.kind);
    Checked checked{limit.kind,
                    limit.origin,
                    limit.from.label,
                    false,
                    share(*pair, least),
                    pair->seen_as,
                    fmt::format("{} {}", least ? "at least" : "at most", pair->allowed_as),
                    limit.source};
    checked.kept = pair->seen && pair->allowed &&
                   (least ? at_least(*pair->seen, *pair->allowed) : at_most(*pair->seen, *pair->allowed));
    all.push_back(std::move(checked));
  }
  return all;
}

}  // namespace evenkeel::plan
