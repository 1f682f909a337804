// How candidates rank, and the words that say why.

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "plan/judge.hpp"

namespace evenkeel::plan {
namespace {

bool is_least_dose(const DoseQuestion& q, const AimJudgement& aim) {
  return std::holds_alternative<LeastDose>(q.aims[aim.aim]);
}
bool is_upper_bound(const DoseQuestion& q, const AimJudgement& aim) {
  return std::holds_alternative<EffectBelow>(q.aims[aim.aim]);
}

// Aims that are met, LeastDose left out: those that keep an effect down, and all.
struct Met {
  std::ptrdiff_t bounds = 0;
  std::ptrdiff_t all = 0;
};

Met met(const DoseQuestion& q, const Candidate& candidate) {
  Met count;
  for (const AimJudgement& aim : candidate.aims) {
    if (!aim.met || is_least_dose(q, aim)) continue;
    ++count.all;
    if (is_upper_bound(q, aim)) ++count.bounds;
  }
  return count;
}

std::ptrdiff_t judged_aims(const DoseQuestion& q) {
  return std::ranges::count_if(q.aims,
                               [](const Aim& aim) { return !std::holds_alternative<LeastDose>(aim); });
}

bool ranks_before(const DoseQuestion& q, const Candidate& a, const Candidate& b) {
  const Met of_a = met(q, a);
  const Met of_b = met(q, b);
  if (of_a.bounds != of_b.bounds) return of_a.bounds > of_b.bounds;
  if (of_a.all != of_b.all) return of_a.all > of_b.all;
  if (a.delivered.mg != b.delivered.mg) return a.delivered.mg < b.delivered.mg;
  if (a.delivered.highest_mg_h != b.delivered.highest_mg_h)
    return a.delivered.highest_mg_h < b.delivered.highest_mg_h;
  return std::tie(a.minutes, a.profile.name, a.wanted_mg) < std::tie(b.minutes, b.profile.name, b.wanted_mg);
}

std::string short_name(const Candidate& candidate) {
  return fmt::format("{} mg over {} min, {}", short_text(candidate.delivered.mg),
                     short_text(candidate.minutes), candidate.profile.name);
}

std::string missed(const DoseQuestion& q, const Candidate& candidate) {
  std::string all;
  for (const AimJudgement& aim : candidate.aims) {
    if (aim.met || is_least_dose(q, aim)) continue;
    all += (all.empty() ? "" : "; ") + aim.text;
  }
  return all;
}

std::string why_behind(const DoseQuestion& q, const Candidate& better, const Candidate& worse) {
  const Met of_better = met(q, better);
  const Met of_worse = met(q, worse);
  if (of_better.bounds != of_worse.bounds)
    return fmt::format("Behind {}: it keeps fewer effects below their limits: {}.", short_name(better),
                       missed(q, worse));
  if (of_better.all != of_worse.all)
    return fmt::format("Behind {}: it meets fewer aims: {}.", short_name(better), missed(q, worse));
  if (better.delivered.mg != worse.delivered.mg)
    return fmt::format("Behind {}: that meets as many aims with a lower dose.", short_name(better));
  if (better.delivered.highest_mg_h != worse.delivered.highest_mg_h)
    return fmt::format("Behind {}: that meets as many aims at a lower rate.", short_name(better));
  return fmt::format("Behind {}: equal in aims, dose and rate, but longer or later by name.",
                     short_name(better));
}

std::string why_first(const DoseQuestion& q, const Candidate& first) {
  const auto wanted = judged_aims(q);
  const auto reached = met(q, first).all;
  if (wanted == 0)
    return "First: no aim but the least dose was stated, and it is the lowest dose of the candidates.";
  if (reached == wanted) {
    return fmt::format("First: it meets {} of {} aims in every model that can judge, and no lower dose does.",
                       reached, wanted);
  }
  return fmt::format("First, though it meets {} of {} aims and no candidate meets more: {}.", reached, wanted,
                     missed(q, first));
}

}  // namespace

void rank(const DoseQuestion& q, std::vector<Candidate>& candidates) {
  std::ranges::stable_sort(candidates,
                           [&](const Candidate& a, const Candidate& b) { return ranks_before(q, a, b); });
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    Candidate& candidate = candidates[i];
    candidate.why = i == 0 ? why_first(q, candidate) : why_behind(q, candidates[i - 1], candidate);
    for (AimJudgement& aim : candidate.aims) {
      if (!is_least_dose(q, aim)) continue;
      const bool meets_others = met(q, candidate).all == judged_aims(q);
      aim.met = meets_others && candidate.delivered.mg == candidates.front().delivered.mg;
      aim.text = aim.met ? "the least dose that meets the other aims: met"
                 : meets_others
                     ? fmt::format("the least dose that meets the other aims: not met; {} mg meets them too",
                                   short_text(candidates.front().delivered.mg))
                     : "the least dose that meets the other aims: not met, for they are not";
    }
  }
}

}  // namespace evenkeel::plan
