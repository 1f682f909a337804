#include <fmt/format.h>

#include "plan/amount.hpp"
#include "report/dose_parts.hpp"
#include "report/levels.hpp"

namespace evenkeel::report {

using units::kg;
using units::mg;
using units::mL;
using units::ng;

std::string dose_words(const plan::Candidate& c) {
  std::string words = fmt::format("{} mg ({:.2f} mg/kg, {} mL) over {} min", plan::short_text(c.delivered.mg),
                                  c.per_kg.in(mg / kg), plan::short_text(c.delivered.mL),
                                  plan::short_text(c.delivered.minutes));
  if (c.profile.parts.size() > 1) words += ", " + c.profile.name;
  return words;
}

std::string rate_words(const plan::Candidate& c) {
  std::string words;
  for (const Decimal& rate : c.delivered.rates_mL_h)
    words += (words.empty() ? "" : ", then ") + plan::short_text(rate);
  return words + " mL/h";
}

std::string limit_sentence(const plan::Limit& limit) {
  return fmt::format("{}: {} {} {}, {} [{}]", plan::limit_words(limit.kind),
                     plan::is_least(limit.kind) ? "at least" : "at most", plan::short_text(limit.value),
                     plan::limit_unit(limit.kind), plan::origin_words(limit.origin),
                     label_text(limit.from.label));
}

std::string peak_words(const plan::ModelPrediction& p) {
  if (p.peak.p5 == p.peak.p95) return level_text(p.peak.p50);
  return fmt::format("{} ({} to {})", level_text(p.peak.p50), level_text(p.peak.p5), level_text(p.peak.p95));
}

std::vector<std::string> refusal_sentences(const std::vector<plan::Refused>& refused) {
  // What was exceeded, without the amount of each candidate; a refusal without a limit stands for itself.
  const auto reason = [](const plan::Refused& r) {
    return r.limit ? fmt::format("{}, {}: {}", plan::limit_words(r.limit->kind),
                                 plan::origin_words(r.limit->origin), r.limit->allowed)
                   : r.why;
  };
  std::vector<std::string> sentences;
  for (std::size_t i = 0; i < refused.size();) {
    std::size_t end = i + 1;
    while (refused[i].limit && end < refused.size() && refused[end].limit &&
           reason(refused[end]) == reason(refused[i]) && refused[end].minutes == refused[i].minutes &&
           refused[end].profile == refused[i].profile)
      ++end;
    sentences.push_back(
        end == i + 1 ? refused[i].why
                     : fmt::format("{} to {} mg over {} min, {} candidates, are refused: {}",
                                   plan::short_text(refused[i].mg), plan::short_text(refused[end - 1].mg),
                                   plan::short_text(refused[i].minutes), end - i, reason(refused[i])));
    i = end;
  }
  return sentences;
}

std::string basis_words(individual::Basis basis) {
  switch (basis) {
    case individual::Basis::measured:
      return "own parameters";
    case individual::Basis::population:
      return "spread between patients";
    case individual::Basis::typical:
      return "typical values only";
  }
  return "";
}

}  // namespace evenkeel::report
