// Limits on a dose: what each is about, where it comes from, and which one binds.
//
// Several limits of one kind may stand side by side: compiled in, the clinic's, the protocol's, the plan's.
// The most restrictive wins; of equal ones the first origin in the order of Origin. The order in which they
// are given never matters. What lies outside is refused, with the limit named, and never moved inside.
//
//   dose per kg    mg <= v kg                        (v times the weight that the plan is on)
//   rate           highest rate of the profile, mg/h <= v
//   week           what began in the 6 d 12 h before, and this dose: so the hour of the day does not matter
//   plan           what was given under the plan in force, and this dose
//
// Every comparison is exact, in decimals, and written so that what cannot be compared is refused: not a
// number cannot even be written. docs/limits.md: worked examples, each a test. Values; safe to use from any
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "base/provenance.hpp"
#include "base/result.hpp"
#include "care/course.hpp"
#include "care/protocol.hpp"
#include "plan/amount.hpp"

namespace evenkeel::plan {

enum class LimitKind : std::uint8_t {
  dose = 1,                   // mg
  dose_per_kg = 2,            // mg/kg
  rate = 3,                   // mg/h
  rate_per_kg = 4,            // mg/kg/h
  shortest_infusion = 5,      // min
  longest_infusion = 6,       // min
  shortest_interval = 7,      // h, between starts of sessions
  sessions_per_week = 8,      // sessions
  dose_per_week = 9,          // mg
  dose_per_kg_per_week = 10,  // mg/kg
  sessions_in_plan = 11,      // sessions
  dose_per_kg_in_plan = 12,   // mg/kg
};
[[nodiscard]] std::span<const LimitKind> all_limit_kinds();
[[nodiscard]] std::string_view limit_words(LimitKind kind);  // "dose per body weight"
[[nodiscard]] std::string_view limit_unit(LimitKind kind);   // "mg/kg"
[[nodiscard]] std::string_view limit_name(LimitKind kind);   // "dose_per_kg", as files write it
[[nodiscard]] bool is_least(LimitKind kind);                 // a bound from below: shortest_...

enum class Origin : std::uint8_t { compiled_in = 1, site = 2, protocol = 3, plan = 4 };
[[nodiscard]] std::string_view origin_words(Origin origin);  // "compiled in"

struct Limit {
  LimitKind kind = LimitKind::dose;
  Origin origin = Origin::compiled_in;
  Decimal value;  // in limit_unit(kind)
  Provenance from;
  std::string source;  // the citation in full
};

// The limits that nobody can lift. Each is a proposal that rests on what was published.
[[nodiscard]] std::vector<Limit> compiled_in();
// Of the protocol in this phase: its bounds (dose, rate, week, interval), and sessions per week in induction.
[[nodiscard]] std::vector<Limit> limits_of(const care::Protocol& protocol, care::Phase phase);
// Of the plan in force: its dose per kg and the rate of that dose over its length, or its fixed dose; its
// number of sessions, three quarters of its interval. Errors (invalid_input): a number of the plan that is
// not above zero.
[[nodiscard]] Result<std::vector<Limit>> limits_of(const care::PlanInForce& plan);

// A dose that began, for what counts over time.
struct GivenDose {
  Instant at;  // its start
  Decimal mg;  // given; while it runs, ordered
  Decimal weight_kg;
  Decimal highest_mg_h;  // the highest rate that ran
  bool in_plan = false;  // under the plan in force
};

// A dose to be tested, as wanted or as syringe and pump deliver it.
struct TestedDose {
  Decimal mg;
  Decimal minutes;
  Ratio highest_mg_h;
};

// What a limit is counted with.
struct LimitContext {
  Decimal weight_kg;
  Instant start;
  std::vector<GivenDose> history;  // in any order
};

struct Checked {
  LimitKind kind = LimitKind::dose;
  Origin origin = Origin::compiled_in;
  Label label = Label::proposal;
  bool kept = false;
  double used = 0.0;    // what is seen as a share of what is allowed; 1 is at the limit
  std::string seen;     // "41 mg"
  std::string allowed;  // "at most 41 mg (0.5 mg/kg x 82 kg)"
  std::string source;

  // "dose per body weight, plan: 45 mg; at most 41 mg (0.5 mg/kg x 82 kg)"
  [[nodiscard]] std::string sentence() const;
};

// What one limit leaves for the dose of an even infusion, mg; at least 0.
struct DoseCap {
  Ratio mg;
  Limit limit;
  std::string workings;  // "0.5 mg/kg x 82 kg = 41 mg (dose per body weight, plan)"
};

class LimitSet {
 public:
  // Errors (invalid_input): a value that is not above zero; a number of sessions that is not whole.
  static Result<LimitSet> make(std::vector<Limit> limits);

  // The most restrictive of its kind, or none.
  [[nodiscard]] const Limit* binding(LimitKind kind) const;
  // In the order of kinds, one for each.
  [[nodiscard]] const std::vector<Limit>& binding() const { return binding_; }

  // Each binding limit held against the dose, in the order of kinds.
  [[nodiscard]] std::vector<Checked> check(const TestedDose& dose, const LimitContext& context) const;

  // The limits that bound the dose of an even infusion of this length, the one that binds first.
  // Errors (invalid_input): numbers with more digits than can be compared.
  [[nodiscard]] Result<std::vector<DoseCap>> dose_caps(const Decimal& minutes,
                                                       const LimitContext& context) const;

 private:
  explicit LimitSet(std::vector<Limit> binding) : binding_(std::move(binding)) {}
  std::vector<Limit> binding_;
};

}  // namespace evenkeel::plan
