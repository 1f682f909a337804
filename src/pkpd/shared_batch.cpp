#include "pkpd/shared_batch.hpp"

#include <algorithm>

#include "pkpd/ensemble_member.hpp"

namespace evenkeel::pkpd {
namespace {

std::vector<double> hours(std::span<const Duration> times) {
  std::vector<double> found;
  for (const Duration time : times) found.push_back(time.in(units::h));
  return found;
}

}  // namespace

SharedBatch::SharedBatch(const Ensemble& ensemble, BatchPlan plan, Planned planned)
    : ensemble_(&ensemble),
      plan_(std::move(plan)),
      planned_(std::move(planned)),
      scaled_(ensemble.dose_factor || std::ranges::find(ensemble.varies, true) != ensemble.varies.end()) {}

Result<SharedBatch> SharedBatch::make(const Ensemble& ensemble) {
  Ensemble one = ensemble;
  one.dose_factor = nullptr;
  const auto timeline = timeline_of(one, records_of(one), 0);
  if (!timeline) return of_subject(0, timeline.error());
  auto plan = BatchPlan::make(*timeline, hours(ensemble.times));
  if (!plan) return plan.error();
  const auto values = ensemble.values_of(0, 1);
  if (!values) return of_subject(0, values.error());
  Planned planned;
  for (const std::size_t route : routes_used(ensemble)) {
    auto entries = ensemble.structure->entries(route, *values);
    if (!entries) return of_subject(0, entries.error());
    planned.emplace_back(route, *std::move(entries));
  }
  return SharedBatch{ensemble, *std::move(plan), std::move(planned)};
}

std::optional<Error> SharedBatch::set_scale(std::size_t subject, SubjectSystem& into) const {
  const auto factor = factor_of(*ensemble_, subject);
  if (!factor) return factor.error();
  for (const auto& [route, planned] : planned_) {
    const auto entries = ensemble_->structure->entries(route, into.values);
    if (!entries) return entries.error();
    for (std::size_t path = 0; path < planned.size(); ++path) {
      if (planned[path].fraction == 0.0) continue;  // nothing enters this way
      into.input_scale[planned[path].compartment] =
          *factor * (*entries)[path].fraction / planned[path].fraction;
    }
  }
  return std::nullopt;
}

Batch SharedBatch::of(std::size_t first, std::size_t count) const {
  Batch batch = batch_of(*ensemble_->structure, count,
                         [this, first](std::size_t subject, Values& into) -> std::optional<Error> {
                           auto values = ensemble_->values_of(first + subject, 1);
                           if (!values) return values.error();
                           into = *std::move(values);
                           return std::nullopt;
                         },
                         {plan_});
  batch.first = first;
  if (!scaled_) return batch;
  batch.system_of = [this, first, plain = std::move(batch.system_of)](
                        std::size_t subject, SubjectSystem& into) -> std::optional<Error> {
    if (auto error = plain(subject, into)) return error;
    return set_scale(first + subject, into);
  };
  return batch;
}

}  // namespace evenkeel::pkpd
