#include "plan/rise.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace evenkeel::plan {

std::optional<GivenDose> last_given(const PatientState& patient) {
  const auto last = std::ranges::max_element(patient.history, {}, &GivenDose::at);
  return last == patient.history.end() ? std::nullopt : std::optional{*last};
}

bool is_rise(const TestedDose& dose, const Decimal& weight_kg, const GivenDose& last, const Site& site) {
  const double mg_per_mL = site.syringe.mg_per_mL.to_double();
  const double step_mg = site.syringe.step_mL.to_double() * mg_per_mL;
  const double step_mg_h = site.pump.step_mL_h.to_double() * mg_per_mL;
  const double heavier = weight_kg.to_double() / last.weight_kg.to_double();
  const double mg = dose.mg.to_double();
  const double rate_mg_h = dose.highest_mg_h.to_double();
  const bool no_more = mg - step_mg <= last.mg.to_double() * heavier;
  const bool no_faster =
      rate_mg_h * (1.0 - step_mg / mg) - step_mg_h <= 1.001 * last.highest_mg_h.to_double() * heavier;
  return !(no_more && no_faster);
}

std::optional<std::string> no_reason_to_rise(const PatientState& patient) {
  const auto last = last_given(patient);
  if (!last) return std::nullopt;
  const care::Response& response = patient.response;
  if (!response.baseline || !response.latest || !response.fall)
    return "a rise needs two points of the outcome, a baseline and a later score; they are not recorded";
  if (!(response.latest->at > last->at)) {
    return fmt::format("a rise needs a score from after the last dose of {}; the latest is of {}",
                       last->at.to_string(), response.latest->at.to_string());
  }
  if (response.response || response.remission) {
    return fmt::format("{} fell by {:.0f} %: the dose has its effect, and the least dose that has it is kept",
                       response.instrument, 100.0 * *response.fall);
  }
  const bool reason = patient.plan && !patient.plan->doses.empty() && patient.plan->doses.back().for_response;
  if (!reason) return "a rise needs a recorded reason: a change of the plan's dose for insufficient response";
  return std::nullopt;
}

}  // namespace evenkeel::plan
