#include "individual/next_sample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/expects.hpp"
#include "individual/predict.hpp"
#include "pkpd/normal.hpp"

namespace evenkeel::individual {
namespace {

Error refuse(std::string where, std::string what) {
  return {ErrorCode::invalid_input, std::move(where), std::move(what)};
}

// The scale on which the assay scatters by one.
double stabilised(const Scatter& scatter, double f) {
  const double p = scatter.proportional_sd;
  const double a = scatter.additive_sd_mg_L;
  if (scatter.log_sd > 0.0) return std::log(f) / scatter.log_sd;
  if (p > 0.0 && a > 0.0) return std::asinh(p * f / a) / p;
  return p > 0.0 ? std::log(f) / p : f / a;
}

// A time and an assay, and what the normal theory makes of them.
struct Place {
  Duration at;
  const Assay* assay = nullptr;
  bool tells = false;        // something is predicted in every draw
  double variance = 0.0;     // of the reading on the scale of g, the limit's loss included
  double with_target = 0.0;  // covariance
  double chance_below = 0.0;
};

class Design {
 public:
  Design(const Problem& problem, const Posterior& posterior, const SampleWish& wish)
      : problem_(problem), posterior_(posterior), wish_(wish) {}

  [[nodiscard]] Result<NextSample> run() {
    if (problem_.effects().effects().empty())
      return Error{ErrorCode::outside_domain, problem_.question().structure->model().id,
                   "the model states no spread between patients: a sample has nothing to tell"};
    if (auto error = take_places()) return *std::move(error);
    if (auto error = take_target()) return *std::move(error);
    if (auto error = take_predictions()) return *std::move(error);
    rank();
    take_pair();
    found_.words = words();
    return std::move(found_);
  }

 private:
  [[nodiscard]] std::optional<Error> take_places();
  [[nodiscard]] std::optional<Error> add_window(const Window& window);
  [[nodiscard]] std::optional<Error> take_target();
  [[nodiscard]] Result<Eigen::VectorXd> parameter(const ParameterTarget& target) const;
  [[nodiscard]] Result<Eigen::VectorXd> peak(const PeakTarget& target) const;
  [[nodiscard]] std::optional<Error> take_predictions();
  void take_limit(Place& place, double mean, double variance);
  [[nodiscard]] SampleTime alone(const Place& place) const;
  void rank();
  void take_pair();
  [[nodiscard]] std::string words() const;
  [[nodiscard]] std::string named(const SampleTime& sample) const;

  const Problem& problem_;
  const Posterior& posterior_;
  const SampleWish& wish_;
  std::vector<Place> places_;
  Eigen::VectorXd target_;  // ln, less its mean; one for each draw
  double target_variance_ = 0.0;
  Eigen::MatrixXd centred_;  // a row of g for each place, less its mean
  NextSample found_;
};

double variance_of(const Eigen::VectorXd& centred) {
  return centred.squaredNorm() / static_cast<double>(centred.size() - 1);
}

std::optional<Error> Design::add_window(const Window& window) {
  const bool sound = is_finite(window.from) && is_finite(window.to) && window.from <= window.to &&
                     problem_.question().spans.front().from <= window.from;
  if (!sound)
    return refuse("windows",
                  fmt::format("a window from {:.2f} to {:.2f} h: it must not end before it begins, "
                              "nor begin before the patient's first state is known",
                              window.from.in(units::h), window.to.in(units::h)));
  const double steps = std::floor((window.to - window.from).in(wish_.step) + 1e-9);
  const double most = static_cast<double>(most_candidates);
  if ((steps + 1.0) * static_cast<double>(wish_.assays.size()) + static_cast<double>(places_.size()) > most)
    return refuse("windows", fmt::format("more than {} times and outputs to choose from; take a longer step",
                                         most_candidates));
  for (int k = 0; k <= static_cast<int>(steps); ++k) {
    for (const Assay& assay : wish_.assays) places_.push_back({window.from + k * wish_.step, &assay});
  }
  return std::nullopt;
}

std::optional<Error> Design::take_places() {
  if (!(wish_.step > Duration{} && is_finite(wish_.step)) || wish_.draws < 2)
    return refuse("step", "the step must be above zero, and there must be at least two draws");
  for (const Assay& assay : wish_.assays) {
    expects(assay.output < problem_.question().structure->model().outputs.size(),
            "an output is one of the model's");
    const double sd = assay.scatter.sd_at(1.0);
    if (!(sd > 0.0 && std::isfinite(sd)))
      return refuse("assays", "an assay needs a scatter above zero: without it a reading has no weight");
    if (assay.limit && !(*assay.limit > Concentration{} && is_finite(*assay.limit)))
      return refuse("assays", "a lower limit must be above zero; leave it out where there is none");
  }
  for (const Window& window : wish_.windows) {
    if (auto error = add_window(window)) return error;
  }
  if (places_.empty()) return refuse("windows", "no time or no assay to choose from");
  return std::nullopt;
}

// The members are those of curves (predict.hpp).
Result<Eigen::VectorXd> Design::parameter(const ParameterTarget& target) const {
  const auto place = problem_.question().structure->parameter(target.name);
  if (!place)
    return Error{ErrorCode::not_found, "target",
                 fmt::format("model {} has no parameter '{}'", problem_.question().structure->model().id,
                             target.name)};
  const auto chosen = equally_likely(posterior_, wish_.draws);
  Eigen::VectorXd values(std::ssize(chosen));
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const Problem::Draw draw{posterior_.seed, static_cast<std::uint32_t>(i)};
    const auto each = problem_.values(posterior_.z.col(static_cast<Eigen::Index>(chosen[i])),
                                      problem_.question().spans.size() - 1, draw);
    if (!each) return each.error();
    values[static_cast<Eigen::Index>(i)] = (*each)[*place];
  }
  return values;
}

Result<Eigen::VectorXd> Design::peak(const PeakTarget& target) const {
  const Window& window = target.window;
  if (!(window.from <= window.to && (window.to - window.from).in(wish_.step) <= 10000.0))
    return refuse("target", "the window of a peak must not end before it begins, nor hold over 10000 steps");
  std::vector<ReadAt> read_at{{window.to, target.output, {}}};
  for (Duration at = window.from; at < window.to; at += wish_.step)
    read_at.push_back({at, target.output, {}});
  for (const Given& dose : problem_.question().given) {
    const Duration end = dose.at + dose.length;
    if (window.from <= end && end <= window.to) read_at.push_back({end, target.output, {}});
  }
  const auto read = curves(problem_, posterior_, read_at, wish_.draws, wish_.threads);
  if (!read) return read.error();
  return Eigen::VectorXd{read->colwise().maxCoeff().transpose()};
}

std::optional<Error> Design::take_target() {
  const auto* of_parameter = std::get_if<ParameterTarget>(&wish_.target);
  const auto values =
      of_parameter != nullptr ? parameter(*of_parameter) : peak(std::get<PeakTarget>(wish_.target));
  if (!values) return values.error();
  if (!(values->minCoeff() > 0.0))
    return refuse("target", "the target is not above zero in every draw: nothing is expected there");
  target_ = values->array().log();
  target_.array() -= target_.mean();
  target_variance_ = variance_of(target_);
  if (!(target_variance_ > 1e-20))
    return refuse("target", "the target is the same in every draw: a sample has nothing to tell of it");
  found_.target_sd = std::sqrt(target_variance_);
  return std::nullopt;
}

// Below the limit only that is known: a normal cut off there keeps the share k of its variance.
void Design::take_limit(Place& place, double mean, double variance) {
  place.variance = variance;
  if (!place.assay->limit) return;
  const double alpha =
      (stabilised(place.assay->scatter, place.assay->limit->canonical()) - mean) / std::sqrt(variance);
  const double ratio = log_normal_tail(alpha).ratio;
  const double kept = std::clamp(1.0 - alpha * ratio - ratio * ratio, 0.0, 1.0);
  place.chance_below = pkpd::normal_probability(alpha);
  const double told = 1.0 - place.chance_below * kept;
  place.tells = told > 1e-9;
  if (place.tells) place.variance = variance / told;
}

std::optional<Error> Design::take_predictions() {
  std::vector<ReadAt> read_at;
  for (const Place& place : places_) read_at.push_back({place.at, place.assay->output, {}});
  auto read = curves(problem_, posterior_, read_at, wish_.draws, wish_.threads);
  if (!read) return read.error();
  centred_ = *std::move(read);
  for (Eigen::Index row = 0; row < centred_.rows(); ++row) {
    Place& place = places_[static_cast<std::size_t>(row)];
    const Scatter& scatter = place.assay->scatter;
    auto g = centred_.row(row);
    place.tells = g.minCoeff() > 0.0;
    if (!place.tells) {
      g.setZero();
      continue;
    }
    for (double& each : g) each = stabilised(scatter, each);
    const double mean = g.mean();
    g.array() -= mean;
    place.with_target = g.dot(target_) / static_cast<double>(target_.size() - 1);
    take_limit(place, mean, variance_of(g.transpose()) + 1.0);
  }
  return std::nullopt;
}

// From 1 - r^2, the share of the target's variance that is left.
double bits_of(double left) {
  return -0.5 * std::log2(left);
}
double fall_of(double left) {
  return 100.0 * (1.0 - std::sqrt(left));
}

SampleTime Design::alone(const Place& place) const {
  SampleTime found{place.at, place.assay->output, 0.0, 0.0, place.chance_below};
  if (!place.tells) return found;
  const double left = 1.0 - place.with_target * place.with_target / (target_variance_ * place.variance);
  found.bits = bits_of(left);
  found.sd_fall_percent = fall_of(left);
  return found;
}

void Design::rank() {
  for (const Place& place : places_) found_.ranked.push_back(alone(place));
  std::ranges::stable_sort(found_.ranked, {}, &SampleTime::at);
  std::ranges::stable_sort(found_.ranked, std::greater{}, &SampleTime::bits);
}

void Design::take_pair() {
  const Eigen::MatrixXd shared = centred_ * centred_.transpose() / static_cast<double>(target_.size() - 1);
  double best = -1.0;
  for (std::size_t a = 0; a < places_.size(); ++a) {
    for (std::size_t b = a + 1; b < places_.size(); ++b) {
      const Place& one = places_[a];
      const Place& other = places_[b];
      if (!one.tells || !other.tells) continue;
      const double between = shared(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b));
      const double squared = one.with_target * one.with_target * other.variance +
                             other.with_target * other.with_target * one.variance -
                             2.0 * one.with_target * other.with_target * between;
      const double told = squared / (one.variance * other.variance - between * between) / target_variance_;
      if (!(told > best)) continue;
      best = told;
      found_.pair = SamplePair{alone(one), alone(other), bits_of(1.0 - told), fall_of(1.0 - told)};
    }
  }
}

std::string Design::named(const SampleTime& sample) const {
  const long minutes = std::lround(sample.at.in(units::min));
  const std::string sign = minutes < 0 ? "-" : "";
  return fmt::format("'{}' at {}{} h {:02d} min",
                     problem_.question().structure->model().outputs[sample.output].id, sign,
                     std::abs(minutes) / 60, std::abs(minutes) % 60);
}

std::string Design::words() const {
  const auto* of_parameter = std::get_if<ParameterTarget>(&wish_.target);
  const std::string target = of_parameter != nullptr ? of_parameter->name : "the peak";
  const SampleTime& best = found_.ranked.front();
  std::string text =
      fmt::format("A sample tells most of {} as {}: its spread is expected to fall by {:.0f} % ({:.2f} bit).",
                  target, named(best), best.sd_fall_percent, best.bits);
  if (best.sd_fall_percent < tells_little_percent)
    text = fmt::format(
        "No sample in these hours tells much of {}: the best, {}, is expected to make its spread "
        "fall by {:.1f} %.",
        target, named(best), best.sd_fall_percent);
  if (best.chance_below >= 0.05)
    text +=
        fmt::format(" With a chance of {:.0f} % it is below the assay's limit.", 100.0 * best.chance_below);
  if (found_.pair)
    text += fmt::format(" The best two are {} and {}: {:.0f} % together.", named(found_.pair->first),
                        named(found_.pair->second), found_.pair->sd_fall_percent);
  if (problem_.question().measured.empty())
    text += " Nothing was measured yet: this is what holds for patients of the model.";
  return text;
}

}  // namespace

Result<NextSample> next_sample(const Problem& problem, const Posterior& posterior, const SampleWish& wish) {
  return Design{problem, posterior, wish}.run();
}

}  // namespace evenkeel::individual
