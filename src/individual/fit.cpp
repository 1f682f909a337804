#include "individual/fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/overloaded.hpp"
#include "pkpd/normal.hpp"
#include "pkpd/random.hpp"

namespace evenkeel::individual {
namespace {

using Places = std::vector<std::size_t>;

constexpr double smallest = 1e-300;

bool among(const Places& places, std::size_t i) {
  return std::ranges::find(places, i) != places.end();
}

double value_seen(const Measured& measured) {
  return std::visit(Overloaded{[](const Assayed& seen) { return seen.value.canonical(); },
                               [](const Below& seen) { return seen.limit.canonical(); },
                               [](const EffectSeen& seen) { return seen.value; }},
                    measured.what);
}

const pkpd::Effect* effect_of(const Problem& problem, std::size_t i) {
  const auto* seen = std::get_if<EffectSeen>(&problem.question().measured[i].what);
  return seen != nullptr ? &problem.question().effects[seen->effect].effect : nullptr;
}

ReadingSpread spread_at(const Problem& problem, std::size_t i, double predicted_mg_L) {
  return {std::span{&predicted_mg_L, 1}, look_of(problem, i), effect_of(problem, i)};
}

Percentiles percentiles_of(const ReadingSpread& spread) {
  return {spread.quantile(0.05), spread.quantile(0.5), spread.quantile(0.95)};
}

// One measurement by the others.
struct ByOthers {
  std::optional<ReadingSpread> spread;  // none before it was looked at
  double log_tail = 0.0;
};

class Check {
 public:
  Check(const Problem& problem, const FitOptions& options) : problem_(problem), options_(options) {}

  [[nodiscard]] Result<Fit> run() {
    fit_.impossible = impossible(problem_);
    aside_ = fit_.impossible;
    by_others_.resize(count());
    auto used = without(problem_, aside_, options_.sample);
    left_out_ = aside_;
    if (const auto done = set_aside(); !done) return done.error();
    if (const auto done = take_back(); !done) return done.error();
    if (!used) {
      used = without(problem_, aside_, options_.sample);
      left_out_ = aside_;
    }
    if (!used) return used.error();
    if (const auto done = add_predictions(*used); !done) return done.error();
    conclude();
    return std::move(fit_);
  }

 private:
  [[nodiscard]] std::size_t count() const { return problem_.question().measured.size(); }
  [[nodiscard]] const Measured& seen(std::size_t i) const { return problem_.question().measured[i]; }
  [[nodiscard]] bool improbable(double log_tail) const {
    return log_tail + std::log(static_cast<double>(count())) < std::log(outlier_below);
  }

  [[nodiscard]] Result<std::vector<ReadingSpread>> all_spreads(const Known& known) const;
  [[nodiscard]] Result<void> add_predictions(const Known& used);
  void add_p_value(const std::vector<ReadingSpread>& spreads, std::uint64_t seed);
  [[nodiscard]] double replicated_excess(const ReadingSpread& spread, std::size_t i, std::size_t draw,
                                         std::uint64_t seed) const;
  [[nodiscard]] Result<void> hold_against_others();
  [[nodiscard]] Result<void> set_aside();
  [[nodiscard]] Result<void> take_back();
  [[nodiscard]] Result<void> hold_aside_against_kept();
  void conclude();
  [[nodiscard]] std::string words() const;
  [[nodiscard]] std::string outlier_words(std::size_t i) const;

  const Problem& problem_;
  const FitOptions& options_;
  Fit fit_;
  Places aside_;
  Places left_out_;  // of the columns by all measurements
  std::vector<ByOthers> by_others_;
};

Result<std::vector<ReadingSpread>> Check::all_spreads(const Known& known) const {
  std::vector<Look> looks;
  for (std::size_t i = 0; i < count(); ++i) looks.push_back(look_of(problem_, i));
  return spreads(known.problem, known.posterior, looks, options_.draws, options_.sample.threads);
}

Result<void> Check::add_predictions(const Known& used) {
  std::vector<ReadAt> read_at;
  for (std::size_t i = 0; i < count(); ++i) read_at.push_back(look_of(problem_, i).at);
  const auto typical = curve(
      used.problem, Eigen::VectorXd::Zero(static_cast<Eigen::Index>(used.problem.dimensions())), read_at);
  if (!typical) return typical.error();
  const auto likely = curve(used.problem, used.estimate.z, read_at);
  if (!likely) return likely.error();
  const auto predicted = all_spreads(used);
  if (!predicted) return predicted.error();
  for (std::size_t i = 0; i < count(); ++i) {
    const auto value_of = [&](double f) {
      const auto* effect = effect_of(problem_, i);
      return effect != nullptr ? effect_at(*effect, f).value : f;
    };
    MeasurementFit each;
    each.id = seen(i).id;
    each.population = value_of((*typical)[i]);
    each.individual = value_of((*likely)[i]);
    each.posterior = percentiles_of((*predicted)[i]);
    each.tail = std::exp((*predicted)[i].log_tail(seen(i).what));
    const double residual = spread_at(problem_, i, (*likely)[i]).standardised(0, value_seen(seen(i)));
    if (!std::holds_alternative<Below>(seen(i).what) && std::isfinite(residual))
      each.weighted_residual = residual;
    fit_.measurements.push_back(std::move(each));
  }
  if (count() > 0) add_p_value(*predicted, used.posterior.seed);
  return {};
}

// Squared residual of a reading drawn anew less that of the one seen, at one draw.
double Check::replicated_excess(const ReadingSpread& spread, std::size_t i, std::size_t draw,
                                std::uint64_t seed) const {
  static constexpr pkpd::Variable replicate{pkpd::Purpose::posterior, "replicated reading"};
  const double u = spread.standardised(draw, value_seen(seen(i)));
  const double anew = pkpd::standard_normal(
      replicate, {seed, static_cast<std::uint32_t>(draw), static_cast<std::uint32_t>(i)});
  if (!std::holds_alternative<Below>(seen(i).what)) return anew * anew - u * u;
  if (anew < u) return 0.0;
  const double middle = pkpd::normal_quantile(std::max(0.5 * pkpd::normal_probability(u), smallest));
  return anew * anew - middle * middle;
}

void Check::add_p_value(const std::vector<ReadingSpread>& spreads, std::uint64_t seed) {
  const std::size_t draws = spreads.front().draws();
  double larger = 0.0;
  for (std::size_t d = 0; d < draws; ++d) {
    double excess = 0.0;
    for (std::size_t i = 0; i < count(); ++i) {
      if (!among(left_out_, i)) excess += replicated_excess(spreads[i], i, d, seed);
    }
    larger += excess > 0.0 ? 1.0 : (excess == 0.0 ? 0.5 : 0.0);
  }
  fit_.p_value = larger / static_cast<double>(draws);
}

// Each that is kept by the others that are. Where nothing can be estimated from the others, as one bad value
// among them may do, by the population.
Result<void> Check::hold_against_others() {
  Places all(count());
  std::iota(all.begin(), all.end(), std::size_t{0});
  for (std::size_t i = 0; i < count(); ++i) {
    if (among(aside_, i)) continue;
    Places left_out = aside_;
    left_out.push_back(i);
    auto others = without(problem_, left_out, options_.sample);
    if (!others) others = without(problem_, all, options_.sample);
    if (!others) return others.error();
    const std::vector looks{look_of(problem_, i)};
    auto found = spreads(others->problem, others->posterior, looks, options_.draws, options_.sample.threads);
    if (!found) return found.error();
    const double log_tail = found->front().log_tail(seen(i).what);
    by_others_[i] = {std::move(found->front()), log_tail};
  }
  return {};
}

Result<void> Check::set_aside() {
  while (aside_.size() < count()) {
    if (const auto done = hold_against_others(); !done) return done;
    std::optional<std::size_t> worst;
    for (std::size_t i = 0; i < count(); ++i) {
      if (among(aside_, i) || !improbable(by_others_[i].log_tail)) continue;
      if (!worst || by_others_[i].log_tail < by_others_[*worst].log_tail) worst = i;
    }
    if (!worst) break;
    aside_.push_back(*worst);
  }
  return {};
}

Result<void> Check::hold_aside_against_kept() {
  if (aside_.empty()) return {};
  const auto kept = without(problem_, aside_, options_.sample);
  if (!kept) return kept.error();
  auto found = all_spreads(*kept);
  if (!found) return found.error();
  for (const std::size_t i : aside_) by_others_[i] = {(*found)[i], (*found)[i].log_tail(seen(i).what)};
  return {};
}

Result<void> Check::take_back() {
  bool taken = false;
  while (true) {
    if (const auto done = hold_aside_against_kept(); !done) return done;
    std::optional<std::size_t> best;
    for (const std::size_t i : aside_) {
      if (improbable(by_others_[i].log_tail)) continue;
      if (!best || by_others_[i].log_tail > by_others_[*best].log_tail) best = i;
    }
    if (!best) break;
    std::erase(aside_, *best);
    taken = true;
  }
  return taken ? hold_against_others() : Result<void>{};
}

void Check::conclude() {
  fit_.outliers = aside_;
  fit_.left_out = left_out_;
  std::ranges::stable_sort(fit_.outliers, {}, [&](std::size_t i) { return by_others_[i].log_tail; });
  for (std::size_t i = 0; i < count(); ++i) {
    MeasurementFit& each = fit_.measurements[i];
    each.log_tail_others = by_others_[i].log_tail;
    each.by_others = percentiles_of(by_others_[i].spread.value());
    each.outlier = among(aside_, i);
  }
  fit_.fits = aside_.empty() && !(fit_.p_value < misfit_below);
  fit_.words = words();
}

std::string Check::outlier_words(std::size_t i) const {
  const Percentiles& expected = fit_.measurements[i].by_others;
  const auto shown = [&](double value) {
    return effect_of(problem_, i) != nullptr ? three_digits(value) : ng_mL(value);
  };
  const char* by = aside_.size() < count() ? "the other measurements let expect" : "the model lets expect";
  if (among(fit_.impossible, i))
    return fmt::format("{} ({}) was found where by what was given nothing can be", seen(i).id,
                       seen_words(seen(i)));
  const bool high = !std::holds_alternative<Below>(seen(i).what) && value_seen(seen(i)) > expected.p50;
  return fmt::format("{} ({}) is far {} what {}, {} to {} in nine of ten", seen(i).id, seen_words(seen(i)),
                     high ? "above" : "below", by, shown(std::max(expected.p5, 0.0)), shown(expected.p95));
}

std::string Check::words() const {
  if (count() == 0) return "Nothing was measured: whether the patient fits the model cannot be said.";
  if (fit_.fits) {
    if (count() == 1)
      return fmt::format("The patient fits the model: {} ({}) is what one of its patients may show.",
                         seen(0).id, seen_words(seen(0)));
    return fmt::format(
        "The patient fits the model: each of the {} measurements is what the others let expect, and together "
        "they scatter as the model says (p = {:.2f}).",
        count(), fit_.p_value);
  }
  if (fit_.outliers.empty())
    return fmt::format(
        "The patient does not fit the model: no measurement stands out, but together they lie further from "
        "it "
        "than it allows (p = {:.3f}).",
        fit_.p_value);
  std::string text = "The patient does not fit the model: ";
  for (std::size_t k = 0; k < fit_.outliers.size(); ++k)
    text += (k > 0 ? "; " : "") + outlier_words(fit_.outliers[k]);
  text += ".";
  if (count() > 2 && 2 * fit_.outliers.size() > count())
    text += " That is more than half of what was measured: the model, the doses or the clock may be wrong.";
  return text;
}

}  // namespace

std::vector<std::size_t> impossible(const Problem& problem) {
  const Evaluation typical =
      problem.evaluate(Eigen::VectorXd::Zero(static_cast<Eigen::Index>(problem.dimensions())));
  Places found;
  for (std::size_t i = 0; i < problem.question().measured.size(); ++i) {
    const double f = typical.predicted[static_cast<Eigen::Index>(i)];
    if (std::isinf(spread_at(problem, i, f).log_likelihood(problem.question().measured[i].what)))
      found.push_back(i);
  }
  return found;
}

Result<Fit> check_fit(const Problem& problem, const FitOptions& options) {
  return Check{problem, options}.run();
}

std::string seen_words(const Measured& measured) {
  return std::visit(Overloaded{[](const Assayed& seen) { return ng_mL(seen.value.canonical()); },
                               [](const Below& seen) { return "below " + ng_mL(seen.limit.canonical()); },
                               [](const EffectSeen& seen) { return three_digits(seen.value); }},
                    measured.what);
}

}  // namespace evenkeel::individual
