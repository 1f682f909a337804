// A shared ensemble as a batch: one plan for all, and what each subject's doses are more or less than it.
// For ensemble.cpp.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "pkpd/batch.hpp"
#include "pkpd/ensemble.hpp"

namespace evenkeel::pkpd {

class SharedBatch {
 public:
  // `ensemble` is_shared and outlives this. Errors: those of its first subject.
  static Result<SharedBatch> make(const Ensemble& ensemble);

  // Subjects [first, first + count). This must outlive the batch.
  [[nodiscard]] Batch of(std::size_t first, std::size_t count) const;

 private:
  using Planned = std::vector<std::pair<std::size_t, std::vector<Entry>>>;  // by route

  SharedBatch(const Ensemble& ensemble, BatchPlan plan, Planned planned);
  [[nodiscard]] std::optional<Error> set_scale(std::size_t subject, SubjectSystem& into) const;

  const Ensemble* ensemble_;
  BatchPlan plan_;
  Planned planned_;  // how the plan's doses enter
  bool scaled_;
};

}  // namespace evenkeel::pkpd
