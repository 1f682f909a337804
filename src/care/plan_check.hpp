// Whether a plan may be approved: what its protocol allows, what it must say, who signs.
// Pure. A fault is a sentence; nothing is changed or filled in.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "care/course.hpp"

namespace evenkeel::care {

struct PlanFault {
  std::string field;  // of the record's plan: "stop_date"
  std::string words;  // what was seen, and what is allowed
};

struct PlanQuestion {
  const PlanApproved& plan;
  const Protocol& protocol;
  Instant approved;
  std::span<const Event> valid;  // what was known; of it, what happened before the approval counts
  std::span<const Instrument> instruments;
  std::optional<BodyMass> ideal_weight;  // as a clinician states it: no formula for it is built in
};

// Everything that stands against approving the plan; empty when nothing does.
[[nodiscard]] std::vector<PlanFault> check_plan(const PlanQuestion& question);

// The part that needs the plan and its protocol alone: endpoint, dates, dose, spacing, drug.
[[nodiscard]] std::vector<PlanFault> plan_against_protocol(const PlanApproved& plan, const Protocol& protocol,
                                                           Instant approved);

// Above the protocol's second-signature dose.
[[nodiscard]] bool needs_second_signature(const PlanApproved& plan, const Protocol& protocol);

// The event that set the plan's present dose: what a second clinician signs. Null where it does not count.
[[nodiscard]] const Event* to_sign(std::span<const Event> valid, const PlanInForce& plan);
// Neither who recorded it nor the responsible clinician.
[[nodiscard]] bool may_sign(const Event& approval, const PlanInForce& plan, std::string_view clinician);
// The second clinician's signature by `when`, or null.
[[nodiscard]] const Event* signature_of(std::span<const Event> valid, const PlanInForce& plan, Instant when);
[[nodiscard]] bool is_signed(std::span<const Event> valid, const PlanInForce& plan, Instant when);

// The plan's dose for today's weight, and for the ideal weight where that is known.
struct DoseByWeights {
  std::optional<double> bmi;  // kg/m^2; from the latest height and weight
  bool show_both = false;     // the BMI reaches the protocol's limit
  std::optional<DrugMass> by_actual;
  std::optional<DrugMass> by_ideal;
  std::string words;  // both, or what is missing
};
[[nodiscard]] DoseByWeights dose_by_weights(const PlanApproved& plan, const Protocol& protocol,
                                            const Facts& facts, std::optional<BodyMass> ideal_weight);

}  // namespace evenkeel::care
