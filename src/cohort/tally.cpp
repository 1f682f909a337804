#include "cohort/tally.hpp"

#include <algorithm>
#include <cmath>

#include "base/expects.hpp"

namespace evenkeel::cohort {
namespace {

void add_days(DayCounts& to, const DayCounts& more) {
  for (const auto& [day, times] : more) to[day] += times;
}

bool came(std::int32_t day) {
  return day != never;
}

// A day from onset on and before harm; any such day where no harm came after onset.
bool in_time(std::int32_t day, const Outcome& outcome) {
  if (!came(day) || day < outcome.onset) return false;
  return outcome.harm < outcome.onset || day < outcome.harm;
}

// The one rule that counted in time, or none where several or none did.
std::optional<std::size_t> only_rule(const Outcome& outcome) {
  std::optional<std::size_t> found;
  for (std::size_t r = 0; r < outcome.first_of_rule.size(); ++r) {
    if (!in_time(outcome.first_of_rule[r], outcome)) continue;
    if (found) return std::nullopt;
    found = r;
  }
  return found;
}

void add_sign(Tally& tally, const Outcome& outcome) {
  if (!came(outcome.onset)) return;
  ++tally.with_onset;
  const bool harmed = outcome.harm >= outcome.onset;
  tally.onset_harm += harmed;
  if (came(outcome.noticed)) {
    expects(outcome.noticed >= outcome.onset, "a sign is noticed from its onset on");
    ++tally.noticed;
    ++tally.delay[outcome.noticed - outcome.onset];
    if (harmed) {
      ++tally.lead[outcome.harm - outcome.noticed];
      tally.noticed_before_harm += outcome.noticed < outcome.harm;
    }
  }
  for (std::size_t r = 0; r < outcome.first_of_rule.size(); ++r) {
    const std::int32_t day = outcome.first_of_rule[r];
    if (!came(day) || day < outcome.onset) continue;
    ++tally.rules[r].noticed;
    ++tally.rules[r].delay[day - outcome.onset];
  }
  if (!in_time(outcome.noticed, outcome)) return;
  if (const auto only = only_rule(outcome)) ++tally.rules[*only].alone;
}

void add_without_sign(Tally& tally, const Outcome& outcome) {
  tally.alarms += outcome.alarms;
  for (std::size_t r = 0; r < outcome.first_of_rule.size(); ++r)
    tally.rules[r].false_patients += came(outcome.first_of_rule[r]);
  for (std::size_t r = 0; r < outcome.alarms_of_rule.size(); ++r)
    tally.rules[r].alarms += outcome.alarms_of_rule[r];
}

void add_exposure(Tally& tally, const Outcome& outcome) {
  tally.peak.add(outcome.peak_ng_mL);
  tally.area.add(outcome.area_mg_h_L);
  tally.hours_above.add(outcome.hours_above_100);
  tally.cumulative_mg.add(outcome.clinic_mg + outcome.outside_mg);
  tally.tolerance.add(outcome.tolerance);
  tally.clinic_mg += outcome.clinic_mg;
  tally.outside_mg += outcome.outside_mg;
  tally.area_sum += outcome.area_mg_h_L;
  tally.tolerance_sum += outcome.tolerance;
  tally.phq9_gain_sum += outcome.phq9_start - outcome.phq9_end;
}

void add_rule(RuleTally& to, const RuleTally& more) {
  to.noticed += more.noticed;
  to.alone += more.alone;
  to.false_patients += more.false_patients;
  to.alarms += more.alarms;
  add_days(to.delay, more.delay);
}

void add_counts(Tally& to, const Tally& more) {
  to.patients += more.patients;
  to.watched_days += more.watched_days;
  to.visits += more.visits;
  to.sessions += more.sessions;
  to.uses += more.uses;
  for (std::size_t level = 0; level < to.reached.size(); ++level) to.reached[level] += more.reached[level];
  to.with_onset += more.with_onset;
  to.noticed += more.noticed;
  to.with_harm += more.with_harm;
  to.onset_harm += more.onset_harm;
  to.noticed_before_harm += more.noticed_before_harm;
  to.alarms += more.alarms;
  to.reviews += more.reviews;
  to.spaced += more.spaced;
  to.stopped += more.stopped;
  to.referred += more.referred;
}

}  // namespace

std::int32_t Histogram::bin_of(double value) {
  expects(std::isfinite(value) && value > 0.0, "a bin holds values above zero");
  int exponent = 0;
  const double part = std::frexp(value, &exponent);
  return parts * exponent + static_cast<std::int32_t>(std::floor(parts * (2.0 * part - 1.0)));
}

double Histogram::middle_of(std::int32_t bin) {
  const int exponent = bin >= 0 ? bin / parts : -((parts - 1 - bin) / parts);
  const int part = bin - parts * exponent;
  return std::ldexp(1.0 + (part + 0.5) / parts, exponent - 1);
}

void Histogram::add(double value) {
  expects(std::isfinite(value) && value >= 0.0, "what is counted is zero or more");
  if (value == 0.0) {
    ++zero;
  } else {
    ++bins[bin_of(value)];
  }
}

void Histogram::add(const Histogram& other) {
  zero += other.zero;
  for (const auto& [bin, times] : other.bins) bins[bin] += times;
}

std::uint64_t Histogram::count() const {
  std::uint64_t sum = zero;
  for (const auto& [bin, times] : bins) sum += times;
  return sum;
}

double Histogram::quantile(double share) const {
  const std::uint64_t rank = rank_of(share, count());
  std::uint64_t below = zero;
  if (rank <= below) return 0.0;
  for (const auto& [bin, times] : bins) {
    below += times;
    if (rank <= below) return middle_of(bin);
  }
  expects(false, "a rank lies within the count");
  return 0.0;
}

std::uint64_t rank_of(double share, std::uint64_t count) {
  expects(count > 0 && share >= 0.0 && share <= 1.0, "a share of something");
  const auto rank = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count)));
  return std::clamp<std::uint64_t>(rank, 1, count);
}

std::uint64_t count(const DayCounts& days) {
  std::uint64_t sum = 0;
  for (const auto& [day, times] : days) sum += times;
  return sum;
}

std::int32_t day_of_rank(const DayCounts& days, std::uint64_t rank) {
  std::uint64_t below = 0;
  for (const auto& [day, times] : days) {
    below += times;
    if (rank <= below) return day;
  }
  expects(false, "a rank lies within the count");
  return 0;
}

void Tally::add(const Outcome& outcome, Truth truth) {
  const std::size_t of_rules = std::max(outcome.first_of_rule.size(), outcome.alarms_of_rule.size());
  if (rules.size() < of_rules) rules.resize(of_rules);
  ++patients;
  watched_days += outcome.watched_days;
  visits += outcome.visits;
  sessions += outcome.sessions;
  uses += outcome.uses;
  ++reached[0];
  bool at_least = false;
  for (std::size_t level = levels - 1; level > 0; --level) {
    at_least = at_least || came(outcome.first_at_level[level]);
    reached[level] += at_least;
  }
  with_harm += came(outcome.harm);
  reviews += outcome.reviews;
  spaced += outcome.spaced;
  stopped += outcome.stopped;
  referred += outcome.referred;
  add_exposure(*this, outcome);
  if (truth == Truth::sign) {
    add_sign(*this, outcome);
  } else {
    add_without_sign(*this, outcome);
  }
}

void Tally::add(const Tally& other) {
  add_counts(*this, other);
  add_days(delay, other.delay);
  add_days(lead, other.lead);
  peak.add(other.peak);
  area.add(other.area);
  hours_above.add(other.hours_above);
  cumulative_mg.add(other.cumulative_mg);
  tolerance.add(other.tolerance);
  clinic_mg += other.clinic_mg;
  outside_mg += other.outside_mg;
  area_sum += other.area_sum;
  tolerance_sum += other.tolerance_sum;
  phq9_gain_sum += other.phq9_gain_sum;
  if (rules.size() < other.rules.size()) rules.resize(other.rules.size());
  for (std::size_t r = 0; r < other.rules.size(); ++r) add_rule(rules[r], other.rules[r]);
}

}  // namespace evenkeel::cohort
