#include "plan/limit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace evenkeel::plan {
namespace {

struct KindWords {
  LimitKind kind;
  std::string_view name;
  std::string_view words;
  std::string_view unit;
};

constexpr KindWords kinds[] = {
    {LimitKind::dose, "dose", "dose", "mg"},
    {LimitKind::dose_per_kg, "dose_per_kg", "dose per body weight", "mg/kg"},
    {LimitKind::rate, "rate", "infusion rate", "mg/h"},
    {LimitKind::rate_per_kg, "rate_per_kg", "infusion rate per body weight", "mg/kg/h"},
    {LimitKind::shortest_infusion, "shortest_infusion", "shortest infusion", "min"},
    {LimitKind::longest_infusion, "longest_infusion", "longest infusion", "min"},
    {LimitKind::shortest_interval, "shortest_interval", "interval between sessions", "h"},
    {LimitKind::sessions_per_week, "sessions_per_week", "sessions in a week", "sessions"},
    {LimitKind::dose_per_week, "dose_per_week", "dose in a week", "mg"},
    {LimitKind::dose_per_kg_per_week, "dose_per_kg_per_week", "dose per body weight in a week", "mg/kg"},
    {LimitKind::sessions_in_plan, "sessions_in_plan", "sessions of the plan", "sessions"},
    {LimitKind::dose_per_kg_in_plan, "dose_per_kg_in_plan", "dose per body weight over the plan", "mg/kg"},
};

const KindWords& of(LimitKind kind) {
  return *std::ranges::find(kinds, kind, &KindWords::kind);
}

bool is_count(LimitKind kind) {
  return kind == LimitKind::sessions_per_week || kind == LimitKind::sessions_in_plan;
}

// Less is more restrictive; of equal values the first origin, then the text, so that no order of input shows.
bool binds_before(const Limit& a, const Limit& b) {
  if (a.kind != b.kind) return a.kind < b.kind;
  if (a.value != b.value) return is_least(a.kind) ? a.value > b.value : a.value < b.value;
  return std::tie(a.origin, a.from.label, a.source, a.from.source, a.from.note) <
         std::tie(b.origin, b.from.label, b.source, b.from.source, b.from.note);
}

std::string what_of(const Limit& limit) {
  return fmt::format("{} ({})", limit_words(limit.kind), origin_words(limit.origin));
}

}  // namespace

std::span<const LimitKind> all_limit_kinds() {
  static constexpr LimitKind all[] = {
      LimitKind::dose,
      LimitKind::dose_per_kg,
      LimitKind::rate,
      LimitKind::rate_per_kg,
      LimitKind::shortest_infusion,
      LimitKind::longest_infusion,
      LimitKind::shortest_interval,
      LimitKind::sessions_per_week,
      LimitKind::dose_per_week,
      LimitKind::dose_per_kg_per_week,
      LimitKind::sessions_in_plan,
      LimitKind::dose_per_kg_in_plan,
  };
  return all;
}

std::string_view limit_words(LimitKind kind) {
  return of(kind).words;
}
std::string_view limit_unit(LimitKind kind) {
  return of(kind).unit;
}
std::string_view limit_name(LimitKind kind) {
  return of(kind).name;
}

bool is_least(LimitKind kind) {
  return kind == LimitKind::shortest_infusion || kind == LimitKind::shortest_interval;
}

std::string_view origin_words(Origin origin) {
  switch (origin) {
    case Origin::compiled_in:
      return "compiled in";
    case Origin::site:
      return "site";
    case Origin::protocol:
      return "protocol";
    case Origin::plan:
      return "plan";
  }
  return "";
}

std::string Checked::sentence() const {
  return fmt::format("{}, {}: {}; {}", limit_words(kind), origin_words(origin), seen, allowed);
}

Result<LimitSet> LimitSet::make(std::vector<Limit> limits) {
  for (const Limit& limit : limits) {
    if (!(limit.value > Decimal{})) {
      return Error{
          ErrorCode::invalid_input, "limits",
          fmt::format("{}: {} where a limit is above zero", what_of(limit), limit.value.to_string())};
    }
    if (is_count(limit.kind) && short_text(limit.value).find('.') != std::string::npos) {
      return Error{ErrorCode::invalid_input, "limits",
                   fmt::format("{}: {} is not a whole number", what_of(limit), limit.value.to_string())};
    }
  }
  std::ranges::sort(limits, binds_before);
  const auto of_one_kind = [](const Limit& a, const Limit& b) { return a.kind == b.kind; };
  limits.erase(std::unique(limits.begin(), limits.end(), of_one_kind), limits.end());
  return LimitSet{std::move(limits)};
}

const Limit* LimitSet::binding(LimitKind kind) const {
  const auto found = std::ranges::find(binding_, kind, &Limit::kind);
  return found == binding_.end() ? nullptr : &*found;
}

}  // namespace evenkeel::plan
