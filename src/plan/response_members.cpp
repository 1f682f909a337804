#include "plan/response_members.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "pkpd/parallel.hpp"
#include "pkpd/propagate.hpp"

namespace evenkeel::plan {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr std::size_t tenths = 10;
constexpr std::array after_end_min = {2.0,  5.0,  10.0,  15.0,  20.0,  30.0,  45.0,
                                      60.0, 90.0, 120.0, 180.0, 240.0, 300.0, 360.0};
static_assert(1 + tenths + after_end_min.size() == times_of_a_band);

// One member with a site for each read-out that lags and, last, a compartment that sums up the exposure's
// concentration: its amount is the area under the curve, mg h/L.
struct Prepared {
  pkpd::LinearSystem system;
  std::vector<std::size_t> outputs;
  VectorXd at_start;
  double fraction = 1.0;

  [[nodiscard]] Index area_row() const { return system.rates.rows() - 1; }
  [[nodiscard]] double read(const VectorXd& amounts, std::size_t output) const {
    const auto& place = system.outputs[outputs[output]];
    return amounts[static_cast<Index>(place.compartment)] / place.volume.in(units::L);
  }
};

void add_area(Prepared& member) {
  const Index n = member.system.rates.rows();
  const auto& place = member.system.outputs[member.outputs.front()];
  Eigen::MatrixXd rates = Eigen::MatrixXd::Zero(n + 1, n + 1);
  rates.topLeftCorner(n, n) = member.system.rates;
  rates(n, static_cast<Index>(place.compartment)) = 1.0 / place.volume.in(units::L);
  member.system.rates = std::move(rates);
  member.system.modal.reset();
  member.at_start.conservativeResize(n + 1);
  member.at_start[n] = 0.0;
}

// A site holds its concentration times the volume of what it follows, so in equilibrium it holds as many mg.
// It begins so: the last dose began at least the shortest interval before, and sites lag by minutes.
Prepared prepare(const ModelForecast& model, const individual::Member& member, Duration wait) {
  Prepared made{member.system, {model.output}, member.amounts, member.fraction};
  for (const ReadOut& read_out : model.read_outs) {
    const auto followed = static_cast<Index>(member.system.outputs[read_out.output].compartment);
    auto lagging = pkpd::with_delay(read_out.effect.effect(), std::move(made.system), read_out.output);
    made.system = std::move(lagging.system);
    made.outputs.push_back(lagging.output);
    const Index n = made.at_start.size();
    if (made.system.rates.rows() == n) continue;
    made.at_start.conservativeResize(n + 1);
    made.at_start[n] = member.amounts[followed];
  }
  made.at_start = pkpd::propagate_amounts(made.system, made.at_start, VectorXd::Zero(made.at_start.size()),
                                          wait.in(units::h));
  add_area(made);
  return made;
}

// The step of `hours`, made once for each length.
class Steps {
 public:
  explicit Steps(const pkpd::LinearSystem& system) : system_(&system) {}
  const pkpd::Propagator& of(double hours) {
    const auto known = std::ranges::find(made_, hours, &Made::hours);
    if (known != made_.end()) return known->step;
    made_.push_back({hours, pkpd::propagator(*system_, hours)});
    return made_.back().step;
  }

 private:
  struct Made {
    double hours;
    pkpd::Propagator step;
  };
  const pkpd::LinearSystem* system_;
  std::vector<Made> made_;
};

// mg/h for one milligram, in each tenth of the infusion.
std::array<double, tenths> rates_of(const Shape& shape) {
  std::array<double, tenths> rates{};
  const double hours = (shape.minutes.to_double() * units::min).in(units::h);
  std::size_t tenth = 0;
  for (const ProfilePart& part : shape.profile.parts) {
    const double rate = part.percent_of_dose / (hours * part.percent_of_time);
    for (int i = 0; i < part.percent_of_time / 10; ++i) rates[tenth++] = rate;
  }
  return rates;
}

class Writer {
 public:
  Writer(MemberResponses& out, const Prepared& member, std::size_t index)
      : out_(&out), member_(&member), index_(index) {}

  void shape(std::size_t s, const Shape& shape, Steps& steps) {
    const auto rates = rates_of(shape);
    VectorXd left = member_->at_start;
    VectorXd unit = VectorXd::Zero(left.size());
    write(s, 0, left, unit);
    const double tenth_h = (shape.minutes.to_double() * units::min).in(units::h) / tenths;
    VectorXd input = VectorXd::Zero(left.size());
    for (std::size_t i = 0; i < tenths; ++i) {
      const pkpd::Propagator& step = steps.of(tenth_h);
      input[static_cast<Index>(member_->system.input)] = member_->fraction * rates[i];
      unit = step.of_amounts * unit + step.of_input * input;
      left = step.of_amounts * left;
      write(s, 1 + i, left, unit);
    }
    double reached_min = 0.0;
    for (std::size_t i = 0; i < after_end_min.size(); ++i) {
      const pkpd::Propagator& step = steps.of(((after_end_min[i] - reached_min) * units::min).in(units::h));
      unit = step.of_amounts * unit;
      left = step.of_amounts * left;
      reached_min = after_end_min[i];
      write(s, 1 + tenths + i, left, unit);
    }
    out_->area_left[s * out_->members + index_] = left[member_->area_row()];
    out_->area_unit[s * out_->members + index_] = unit[member_->area_row()];
  }

 private:
  void write(std::size_t s, std::size_t time, const VectorXd& left, const VectorXd& unit) {
    for (std::size_t k = 0; k < out_->outputs; ++k) {
      out_->left[out_->row(k, s, time) + index_] = member_->read(left, k);
      out_->unit[out_->row(k, s, time) + index_] = member_->read(unit, k);
    }
  }

  MemberResponses* out_;
  const Prepared* member_;
  std::size_t index_;
};

Error fault(const ModelForecast& model, std::string what) {
  return {ErrorCode::invalid_input, "models." + model.forecast.model, std::move(what)};
}

bool is_sound(const individual::Member& member, const individual::Member& first) {
  const auto& system = member.system;
  const Index n = system.rates.rows();
  const auto volume_is_sound = [](const auto& output) {
    return output.volume > Volume{} && is_finite(output.volume);
  };
  return n > 0 && n == system.rates.cols() && n == first.system.rates.rows() && n == member.amounts.size() &&
         system.outputs.size() == first.system.outputs.size() && system.rates.allFinite() &&
         member.amounts.allFinite() && (member.amounts.array() >= 0.0).all() && member.fraction > 0.0 &&
         std::isfinite(member.fraction) && static_cast<Index>(system.input) < n &&
         std::ranges::all_of(system.outputs, volume_is_sound);
}

}  // namespace

std::optional<Error> fault_of(const ModelForecast& model, Instant start) {
  const auto& members = model.forecast.members;
  if (members.empty()) return fault(model, "a forecast without members");
  for (std::size_t m = 0; m < members.size(); ++m) {
    if (is_sound(members[m], members.front())) continue;
    return fault(model, fmt::format("member {} has another form, an amount below zero or a number that is "
                                    "not finite",
                                    m));
  }
  const std::size_t outputs = members.front().system.outputs.size();
  if (model.output >= outputs || model.output >= model.forecast.outputs.size())
    return fault(model, fmt::format("output {} of {}", model.output, outputs));
  for (const ReadOut& read_out : model.read_outs) {
    if (read_out.output >= outputs)
      return fault(model, fmt::format("read-out {} reads output {} of {}", read_out.effect.effect().id,
                                      read_out.output, outputs));
  }
  if (!(model.from <= start)) {
    return fault(model, fmt::format("the forecast begins {}, after the session's start {}",
                                    model.from.to_string(), start.to_string()));
  }
  return std::nullopt;
}

std::vector<Duration> times_of(const Shape& shape) {
  const Duration length = shape.minutes.to_double() * units::min;
  std::vector<Duration> times;
  for (std::size_t i = 0; i <= tenths; ++i) times.push_back(static_cast<double>(i) * length / tenths);
  for (const double minutes : after_end_min) times.push_back(length + minutes * units::min);
  return times;
}

Result<MemberResponses> member_responses(const ModelForecast& model, Instant start,
                                         std::span<const Shape> shapes, int threads) {
  if (auto wrong = fault_of(model, start)) return *std::move(wrong);
  MemberResponses out;
  out.members = model.forecast.members.size();
  out.shapes = shapes.size();
  out.outputs = 1 + model.read_outs.size();
  out.left.resize(out.row(out.outputs, 0, 0));
  out.unit.resize(out.left.size());
  out.area_left.resize(out.shapes * out.members);
  out.area_unit.resize(out.shapes * out.members);
  const Duration wait = start - model.from;
  pkpd::in_parallel(threads, out.members, 16, [&](std::size_t from, std::size_t to) {
    for (std::size_t m = from; m < to; ++m) {
      const Prepared member = prepare(model, model.forecast.members[m], wait);
      Steps steps{member.system};
      Writer writer{out, member, m};
      for (std::size_t s = 0; s < shapes.size(); ++s) writer.shape(s, shapes[s], steps);
    }
  });
  return out;
}

}  // namespace evenkeel::plan
