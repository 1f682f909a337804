#include "plan/judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/overloaded.hpp"
#include "plan/propose.hpp"

namespace evenkeel::plan {
namespace {

constexpr auto mg_L = units::mg / units::L;
constexpr auto mg_h_L = units::mg * units::h / units::L;

std::optional<double> probability_of(const Aim& aim) {
  return std::visit(Overloaded{[](const LeastDose&) { return std::optional<double>{}; },
                               [](const auto& each) { return std::optional{each.probability}; }},
                    aim);
}

template <class Q>
bool is_range(const Interval<Q>& range) {
  return range.low() >= Q{} && is_finite(range.high()) && range.high() > Q{};
}

bool is_sound(const Aim& aim) {
  const auto probability = probability_of(aim);
  if (probability && !(*probability > 0.0 && *probability < 1.0)) return false;
  return std::visit(Overloaded{[](const PeakWithin& a) { return is_range(a.range); },
                               [](const AreaWithin& a) { return is_range(a.range); },
                               [](const EffectBelow& a) { return std::isfinite(a.limit); },
                               [](const LeastDose&) { return true; }},
                    aim);
}

double share_of(const std::vector<double>& values, auto&& holds) {
  return static_cast<double>(std::ranges::count_if(values, holds)) / static_cast<double>(values.size());
}

double share_within(const std::vector<double>& values, double low, double high) {
  return share_of(values, [&](double value) { return low <= value && value <= high; });
}

double share_at_most(const std::vector<double>& values, const std::optional<double>& most) {
  return share_of(values, [&](double value) { return most && value <= *most; });
}

// The lower probability of the two; none where the model cannot judge.
std::optional<double> worst(const ModelJudgement& judged) {
  if (!judged.probability) return std::nullopt;
  return std::min(*judged.probability, judged.probability_most_sensitive.value_or(*judged.probability));
}

}  // namespace

std::string Judge::model_cannot(const Aim& aim, std::size_t index) const {
  const ModelForecast& model = question_->models[index];
  const auto& read = model.forecast.outputs[model.output];
  const auto other_exposure = [&](const ExposureOf& of) {
    if (read.moiety == of.moiety && read.site == of.site) return std::string{};
    return fmt::format("it predicts {} {}", pkpd::site_text(read.site), pkpd::moiety_text(read.moiety));
  };
  std::string why = std::visit(
      Overloaded{[&](const PeakWithin& a) { return other_exposure(a.of); },
                 [&](const AreaWithin& a) { return other_exposure(a.of); },
                 [&](const EffectBelow& a) {
                   const bool has = std::ranges::any_of(model.read_outs, [&](const ReadOut& read_out) {
                     return read_out.effect.effect().id == a.effect;
                   });
                   return has ? std::string{} : fmt::format("it has no read-out of {}", a.effect);
                 },
                 [](const LeastDose&) { return std::string{}; }},
      aim);
  const std::size_t members = model.forecast.members.size();
  if (why.empty() && probability_of(aim) && members < fewest_members)
    why = fmt::format("{} members tell no probability; {} are needed", members, fewest_members);
  return why;
}

Result<Judge::InModel> Judge::in_model(const Aim& aim, std::size_t index) const {
  InModel made{model_cannot(aim, index), {}};
  const auto* below = std::get_if<EffectBelow>(&aim);
  if (below == nullptr || !made.why_not.empty()) return made;
  const auto& read_outs = question_->models[index].read_outs;
  const auto found = std::ranges::find_if(
      read_outs, [&](const ReadOut& read_out) { return read_out.effect.effect().id == below->effect; });
  made.levels.read_out = static_cast<std::size_t>(found - read_outs.begin());
  const auto typical = highest_level(found->effect, below->limit, Sensitivity::typical);
  const auto sensitive = highest_level(found->effect, below->limit, Sensitivity::highest);
  if (!typical) return typical.error();
  if (!sensitive) return sensitive.error();
  if (*typical) made.levels.typical = (*typical)->in(mg_L);
  if (*sensitive) made.levels.sensitive = (*sensitive)->in(mg_L);
  return made;
}

Result<Judge> Judge::make(const DoseQuestion& question) {
  Judge judge{question};
  for (std::size_t i = 0; i < question.aims.size(); ++i) {
    const Aim& aim = question.aims[i];
    if (!is_sound(aim)) {
      return Error{ErrorCode::invalid_input, fmt::format("aims[{}]", i),
                   fmt::format("{}: a probability lies above 0 and below 1, a range and a limit are finite, "
                               "a range is not below zero",
                               aim_words(aim))};
    }
    auto& row = judge.by_aim_.emplace_back();
    for (std::size_t m = 0; m < question.models.size(); ++m) {
      auto made = judge.in_model(aim, m);
      if (!made) return made.error();
      row.push_back(*std::move(made));
    }
  }
  return judge;
}

std::vector<Gap> Judge::gaps() const {
  std::vector<Gap> found;
  for (std::size_t i = 0; i < by_aim_.size(); ++i) {
    if (std::ranges::any_of(by_aim_[i], [](const InModel& in) { return in.why_not.empty(); })) continue;
    std::string seen;
    for (std::size_t m = 0; m < by_aim_[i].size(); ++m) {
      seen += fmt::format("{}{}: {}", m > 0 ? "; " : "", question_->models[m].forecast.model,
                          by_aim_[i][m].why_not);
    }
    found.push_back({GapKind::missing,
                     fmt::format("a model that can judge: {}", aim_words(question_->aims[i])), seen,
                     "one that predicts it, with members"});
  }
  return found;
}

ModelJudgement Judge::judge_in(std::size_t aim, std::size_t model, const Predicted& predicted) const {
  const InModel& in = by_aim_[aim][model];
  ModelJudgement judged{model, {}, {}, in.why_not};
  if (!in.why_not.empty()) return judged;
  std::visit(Overloaded{[&](const PeakWithin& a) {
                          judged.probability = share_within(predicted.peaks_mg_L, a.range.low().in(mg_L),
                                                            a.range.high().in(mg_L));
                        },
                        [&](const AreaWithin& a) {
                          judged.probability = share_within(predicted.areas_mg_h_L, a.range.low().in(mg_h_L),
                                                            a.range.high().in(mg_h_L));
                        },
                        [&](const EffectBelow&) {
                          const auto& levels = predicted.sites_mg_L[in.levels.read_out];
                          judged.probability = share_at_most(levels, in.levels.typical);
                          judged.probability_most_sensitive = share_at_most(levels, in.levels.sensitive);
                        },
                        [](const LeastDose&) {}},
             question_->aims[aim]);
  return judged;
}

std::vector<AimJudgement> Judge::judge(std::span<const Predicted* const> predicted) const {
  std::vector<AimJudgement> all;
  for (std::size_t i = 0; i < question_->aims.size(); ++i) {
    AimJudgement aim{i, false, {}, ""};
    const auto wanted = probability_of(question_->aims[i]);
    if (!wanted) {
      all.push_back(std::move(aim));
      continue;
    }
    aim.met = true;
    std::string each;
    for (std::size_t m = 0; m < predicted.size(); ++m) {
      aim.models.push_back(judge_in(i, m, *predicted[m]));
      const auto chance = worst(aim.models.back());
      if (chance && !(*chance >= *wanted)) aim.met = false;
      const std::string& name = question_->models[m].forecast.model;
      each += (each.empty() ? "" : ", ") + (chance ? fmt::format("{:.1f} % by {}", 100.0 * *chance, name)
                                                   : fmt::format("not judged by {}", name));
    }
    aim.text = fmt::format("{}: {} ({})", aim_words(question_->aims[i]), aim.met ? "met" : "not met", each);
    all.push_back(std::move(aim));
  }
  return all;
}

}  // namespace evenkeel::plan
