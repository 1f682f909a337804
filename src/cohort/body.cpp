#include "cohort/body.hpp"

#include <algorithm>

#include "base/expects.hpp"
#include "pkpd/portable.hpp"

namespace evenkeel::cohort {
namespace {

constexpr double ng_mL_per_mg_L = 1000.0;
constexpr int halvings = 40;  // of an hour or a few: below a microsecond

}  // namespace

Result<Body> Body::make(const pkpd::Population& people, std::uint32_t patient) {
  const auto values = people.subject(patient);
  if (!values) return values.error();
  const auto system = people.structure().system(*values);
  if (!system) return system.error();
  if (!system->modal || system->input != 0 || system->outputs.front().compartment != 0) {
    return Error{ErrorCode::invalid_input, "model",
                 "the virtual clinic needs a model whose one central compartment is dosed, read and "
                 "exchanges with the others, so that it has a closed form"};
  }
  const pkpd::ModalForm& form = *system->modal;
  Body body;
  body.modes_ = static_cast<std::size_t>(form.decay.size());
  const double volume_L = system->outputs.front().volume.in(units::L);
  for (std::size_t j = 0; j < body.modes_; ++j) {
    const auto mode = static_cast<Eigen::Index>(j);
    body.decay_[j] = form.decay[mode];
    body.share_[j] = form.weights(mode, 0);
    body.ng_per_mL_[j] = form.shapes(0, mode) / volume_L * ng_mL_per_mg_L;
    body.area_per_mg_ += body.share_[j] / body.decay_[j] * form.shapes(0, mode) / volume_L;
  }
  return body;
}

double Body::read(const Modes& modes) const {
  double sum = 0.0;
  for (std::size_t j = 0; j < modes_; ++j) sum += ng_per_mL_[j] * modes[j];
  return sum;
}

Body::Modes Body::later(const Modes& from, double hours, double mg_per_h) const {
  Modes to{};
  for (std::size_t j = 0; j < modes_; ++j) {
    const double kept = pkpd::portable_exp(-decay_[j] * hours);
    to[j] = from[j] * kept + mg_per_h * share_[j] * (1.0 - kept) / decay_[j];
  }
  return to;
}

// The last moment in [from, to] at which `above` holds; it holds at `from` and, once false, stays so.
template <class Above>
double Body::last_true(double from, double to, Above above) {
  for (int i = 0; i < halvings; ++i) {
    const double middle = 0.5 * (from + to);
    (above(middle) ? from : to) = middle;
  }
  return from;
}

// Hours until what is left falls below the level, where it is above it now.
double Body::falls_below(const Modes& from) const {
  const auto above = [&](double hours) { return read(later(from, hours, 0.0)) >= level_ng_mL; };
  double until = 0.5;
  while (above(until)) until *= 2.0;
  return last_true(0.0, until, above);
}

Exposed Body::take(double start_h, double length_h, double mg) {
  expects(start_h >= since_h_ && length_h > 0.0, "doses follow each other");
  if (!(mg > 0.0)) return {};
  const Modes before = later(left_, start_h - since_h_, 0.0);
  const double rate = mg / length_h;
  before_ = before;
  start_h_ = start_h;
  mg_per_h_ = rate;
  left_ = later(before, length_h, rate);
  since_h_ = start_h + length_h;
  Exposed seen;
  seen.peak_ng_mL = std::max(read(before), read(left_));
  seen.area_mg_h_L = area_per_mg_ * mg;
  if (!(read(left_) >= level_ng_mL)) return seen;
  double from = start_h;
  if (read(before) < level_ng_mL) {
    from += last_true(0.0, length_h,
                      [&](double hours) { return read(later(before, hours, rate)) < level_ng_mL; });
  }
  from = std::max(from, counted_until_h_);
  const double until = since_h_ + falls_below(left_);
  if (until > from) seen.hours_above = until - from;
  counted_until_h_ = std::max(counted_until_h_, until);
  return seen;
}

double Body::concentration_ng_mL(double at_h) const {
  expects(at_h >= start_h_, "the last dose has begun");
  if (at_h < since_h_) return read(later(before_, at_h - start_h_, mg_per_h_));
  return read(later(left_, at_h - since_h_, 0.0));
}

}  // namespace evenkeel::cohort
