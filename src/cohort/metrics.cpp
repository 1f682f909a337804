#include "cohort/metrics.hpp"

#include "base/expects.hpp"

namespace evenkeel::cohort {
namespace {

std::optional<Quantiles> spread_of(const Histogram& values) {
  if (values.count() == 0) return std::nullopt;
  return Quantiles{values.quantile(0.05), values.quantile(0.25), values.quantile(0.5), values.quantile(0.75),
                   values.quantile(0.95)};
}

Exposure exposure_of(const Tally& tally) {
  Exposure made;
  made.peak_ng_mL = spread_of(tally.peak);
  made.area_mg_h_L = spread_of(tally.area);
  made.hours_above = spread_of(tally.hours_above);
  made.cumulative_mg = spread_of(tally.cumulative_mg);
  made.tolerance = spread_of(tally.tolerance);
  if (tally.patients == 0) return made;
  const double n = static_cast<double>(tally.patients);
  made.mean_clinic_mg = tally.clinic_mg / n;
  made.mean_outside_mg = tally.outside_mg / n;
  made.mean_area = tally.area_sum / n;
  made.mean_tolerance = tally.tolerance_sum / n;
  made.mean_phq9_gain = tally.phq9_gain_sum / n;
  made.mean_sessions = static_cast<double>(tally.sessions) / n;
  made.mean_uses = static_cast<double>(tally.uses) / n;
  return made;
}

}  // namespace

Proportion proportion_of(std::uint64_t count, std::uint64_t of) {
  return {count, of, proportion(count, of)};
}

double years_of(std::uint64_t days) {
  return static_cast<double>(days) / 365.25;
}

Days days_of(const DayCounts& days) {
  Days made{count(days), std::nullopt, median_days(days)};
  if (made.of == 0) return made;
  const auto at = [&](double share) {
    return static_cast<double>(day_of_rank(days, rank_of(share, made.of)));
  };
  made.spread = Quantiles{at(0.05), at(0.25), at(0.5), at(0.75), at(0.95)};
  return made;
}

Rate false_alarms_of(const Tally& without_sign) {
  const double years = years_of(without_sign.watched_days);
  return {without_sign.alarms, years, rate(without_sign.alarms, years)};
}

Metrics metrics_of(const Tally& tally) {
  Metrics made;
  made.patients = tally.patients;
  made.watched_years = years_of(tally.watched_days);
  made.visits = tally.visits;
  made.reviews = tally.reviews;
  made.spaced = tally.spaced;
  made.stopped = tally.stopped;
  made.referred = tally.referred;
  made.exposure = exposure_of(tally);
  for (std::size_t level = 0; level < made.reached.size(); ++level)
    made.reached[level] = proportion_of(tally.reached[level], tally.patients);
  made.harm = proportion_of(tally.with_harm, tally.patients);
  made.noticing = {proportion_of(tally.noticed, tally.with_onset),
                   proportion_of(tally.noticed_before_harm, tally.onset_harm), days_of(tally.delay),
                   days_of(tally.lead)};
  return made;
}

Tally together(const std::vector<Tally>& arm) {
  Tally sum;
  for (const Tally& each : arm) sum.add(each);
  return sum;
}

Tally without_sign(const std::vector<Tally>& arm, const std::vector<Behaviour>& behaviours) {
  expects(arm.size() == behaviours.size(), "a tally for each behaviour");
  Tally sum;
  for (std::size_t b = 0; b < arm.size(); ++b) {
    if (behaviours[b].truth != Truth::sign) sum.add(arm[b]);
  }
  return sum;
}

}  // namespace evenkeel::cohort
