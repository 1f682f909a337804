// Outcomes drawn at random for the study in study_example.hpp: lives that nobody simulated, so that what
// counts them is tested by itself.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "cohort/tally.hpp"
#include "support/study_example.hpp"

namespace evenkeel::study_test {

class Draws {
 public:
  explicit Draws(std::uint64_t seed) : engine_(seed) {}
  double number(double low, double high) { return std::uniform_real_distribution<>(low, high)(engine_); }
  std::uint32_t count(std::uint32_t most) {
    return std::uniform_int_distribution<std::uint32_t>(0, most)(engine_);
  }
  bool chance(double share) { return std::bernoulli_distribution(share)(engine_); }
  std::int32_t day(std::int32_t from, std::int32_t to) {
    return std::uniform_int_distribution<std::int32_t>(from, to)(engine_);
  }

 private:
  std::mt19937_64 engine_;
};

inline void draw_exposure(cohort::Outcome& o, Draws& draws, bool watched) {
  o.weight_kg = draws.number(45.0, 120.0);
  o.age_years = draws.number(18.0, 80.0);
  o.sessions = watched ? 4 + draws.count(20) : 0;
  o.uses = watched ? draws.count(30) * draws.count(1) : 20 + draws.count(200);
  o.clinic_mg = o.sessions * draws.number(20.0, 60.0);
  o.outside_mg = o.uses * draws.number(50.0, 150.0);
  o.peak_ng_mL = draws.number(60.0, watched ? 300.0 : 900.0);
  o.area_mg_h_L = (o.clinic_mg + o.outside_mg) / draws.number(50.0, 120.0);
  o.hours_above_100 = draws.chance(0.1) ? 0.0 : o.area_mg_h_L * draws.number(1.0, 3.0);
  o.tolerance = draws.chance(0.2) ? 0.0 : draws.number(0.0, watched ? 0.2 : 0.9);
  o.phq9_start = draws.number(12.0, 27.0);
  o.phq9_end = draws.number(2.0, 20.0);
}

inline void draw_sign(cohort::Outcome& o, Draws& draws, double sharp) {
  if (draws.chance(0.05)) return;  // the onset would come after the end
  o.onset = draws.day(20, 200);
  const bool seen = draws.chance(sharp);
  for (std::size_t r = 0; r < 4; ++r) {
    const bool other = draws.chance(0.15);
    if (other || (seen && r == o.behaviour % 3)) o.first_of_rule[r] = draws.day(o.onset - 10, 330);
  }
  if (seen) o.noticed = draws.day(o.onset, 340);
  if (seen) o.first_at_level[2] = o.noticed;
  if (seen && draws.chance(0.3)) o.first_at_level[3] = o.noticed + draws.day(0, 20);
}

inline void draw_alarms(cohort::Outcome& o, Draws& draws, double often) {
  for (std::size_t r = 0; r < 4; ++r) {
    if (!draws.chance(often)) continue;
    o.first_of_rule[r] = draws.day(10, 360);
    o.alarms_of_rule[r] = 1 + draws.count(2);
    if (draws.chance(0.5)) continue;
    o.alarms += 1;
    o.first_at_level[2] = o.first_of_rule[r];
  }
}

// Outcomes of every patient in every arm, arm by arm.
inline std::vector<cohort::Outcome> example_outcomes(const cohort::Study& study, std::uint64_t seed) {
  Draws draws{seed};
  std::vector<cohort::Outcome> all;
  for (std::uint32_t arm = 0; arm < study.arms.size(); ++arm) {
    const bool watched = std::holds_alternative<cohort::Supervised>(study.arms[arm].regimen);
    for (std::uint32_t patient = 0; patient < study.patients; ++patient) {
      cohort::Outcome o;
      o.arm = arm;
      o.patient = patient;
      o.behaviour = patient % 4;
      o.first_of_rule.assign(5, cohort::never);
      o.alarms_of_rule.assign(5, 0);
      draw_exposure(o, draws, watched);
      if (draws.chance(watched ? 0.1 : 0.3)) o.harm = draws.day(5, 364);
      if (watched) {
        o.visits = o.sessions;
        o.watched_days = 300 + draws.count(64);
        o.first_at_level[0] = 0;
        if (draws.chance(0.3)) o.first_at_level[1] = draws.day(5, 300);
        if (o.behaviour >= 2) draw_sign(o, draws, arm == 0 ? 0.8 : 0.5);
        if (o.behaviour < 2) draw_alarms(o, draws, o.behaviour == 1 ? 0.08 : 0.02);
        o.reviews = o.alarms + (o.noticed != cohort::never);
        o.stopped = o.noticed != cohort::never && draws.chance(0.3);
        o.referred = o.stopped && draws.chance(0.5);
        o.spaced = draws.count(2);
      } else if (o.behaviour >= 2) {
        o.onset = draws.day(20, 200);
      }
      all.push_back(std::move(o));
    }
  }
  return all;
}

// As a runner counts them: block by block, in the order of the blocks.
inline cohort::Tallies tallied(const cohort::Study& study, const std::vector<cohort::Outcome>& outcomes,
                               std::uint32_t block = cohort::block_size) {
  cohort::Tallies all(study.arms.size(), std::vector<cohort::Tally>(study.behaviours.size()));
  std::size_t at = 0;
  while (at < outcomes.size()) {
    const std::uint32_t arm = outcomes[at].arm;
    std::vector<cohort::Tally> part(study.behaviours.size());
    std::uint32_t taken = 0;
    for (; taken < block && at < outcomes.size() && outcomes[at].arm == arm; ++taken, ++at)
      part[outcomes[at].behaviour].add(outcomes[at], study.behaviours[outcomes[at].behaviour].truth);
    for (std::size_t b = 0; b < part.size(); ++b) all[arm][b].add(part[b]);
  }
  return all;
}

}  // namespace evenkeel::study_test
