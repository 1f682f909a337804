#include "pkpd/ensemble_member.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "pkpd/schedule.hpp"

namespace evenkeel::pkpd {

Error of_subject(std::size_t subject, Error error) {
  error.where = fmt::format("subject {}", subject + 1) + (error.where.empty() ? "" : ", " + error.where);
  return error;
}

std::set<std::size_t> routes_used(const Ensemble& ensemble) {
  std::set<std::size_t> routes;
  for (const TimedDose& each : ensemble.doses) routes.insert(each.dose.route);
  return routes;
}

Records records_of(const Ensemble& ensemble) {
  std::vector<TimedDose> given;  // what comes after the last observation is of no account
  for (const TimedDose& dose : ensemble.doses) {
    if (!ensemble.times.empty() && dose.at <= ensemble.times.back()) given.push_back(dose);
  }
  Records records{merged(given, ensemble.times), {}};
  int occasion = 0;
  std::optional<Duration> dosed_at;
  for (std::size_t i = 0; i < records.rows.size(); ++i) {
    Row& row = records.rows[i];
    if (row.kind == RecordKind::observation) {
      records.observed.push_back(i);
    } else if (dosed_at != row.at) {
      dosed_at = row.at;
      ++occasion;
    }
    row.occasion = ensemble.occasions ? std::max(occasion, 1) : 1;
  }
  return records;
}

Result<double> factor_of(const Ensemble& ensemble, std::size_t subject) {
  if (!ensemble.dose_factor) return 1.0;
  auto factor = ensemble.dose_factor(subject);
  if (factor && !(*factor > 0.0 && std::isfinite(*factor)))
    return Error{ErrorCode::invalid_input, "", fmt::format("the doses are multiplied with {}", *factor)};
  return factor;
}

// One subject alone: its timeline.
Result<Timeline> timeline_of(const Ensemble& ensemble, const Records& records, std::size_t subject) {
  const auto factor = factor_of(ensemble, subject);
  if (!factor) return factor.error();
  Subject made;
  for (const Row& row : records.rows) {
    const auto occasion = static_cast<std::size_t>(row.occasion);
    while (made.systems.size() < occasion) {
      auto values = ensemble.values_of(subject, static_cast<int>(made.systems.size()) + 1);
      if (!values) return values.error();
      auto system = ensemble.structure->system(*values);
      if (!system) return system.error();
      made.values.push_back(*std::move(values));
      made.systems.push_back(*std::move(system));
    }
    Record record{.at = row.at, .kind = row.kind, .dose = row.dose, .in_force = {occasion - 1, occasion - 1}};
    record.dose.amount = row.dose.amount * *factor;
    made.records.push_back(std::move(record));
  }
  auto timeline = schedule(*ensemble.structure, made);
  if (!timeline) return timeline.error().error;
  return *std::move(timeline);
}

}  // namespace evenkeel::pkpd
