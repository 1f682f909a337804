#include "pkpd/solve.hpp"

#include <algorithm>

#include "base/expects.hpp"
#include "base/overloaded.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr std::size_t propagators_kept = 8;

}  // namespace

Walker::Walker(const Timeline& timeline, Road road) : timeline_(&timeline), road_(road) {
  expects(!timeline.systems.empty(), "a timeline has a system");
  const auto n = timeline.systems.front().rates.rows();
  amounts_ = Eigen::VectorXd::Zero(n);
  input_ = Eigen::VectorXd::Zero(n);
  running_mg_h_.resize(static_cast<std::size_t>(n));
}

bool Walker::next() {
  if (done_ == timeline_->events.size()) return false;
  const TimedEvent& event = timeline_->events[done_];
  // A reset starts anew at its own time, whatever was before.
  if (done_ > 0 && !std::holds_alternative<Clear>(event.change)) advance(event.at_h);
  at_h_ = event.at_h;
  apply(event);
  ++done_;
  return true;
}

void Walker::advance(double to_h) {
  const double hours = to_h - at_h_;
  expects(hours >= 0.0, "a timeline goes forward");
  if (hours == 0.0) return;
  const LinearSystem& system = timeline_->systems[system_];
  if (road_ != Road::matrix_exponential && system.modal) {
    amounts_ = propagate(system, amounts_, input_, hours, road_).amounts;
    return;
  }
  const auto same = [&](const Known& known) { return known.hours == hours && known.system == system_; };
  auto known = std::ranges::find_if(known_, same);
  if (known == known_.end()) {
    if (known_.size() < propagators_kept) known_.emplace_back();
    known = known_.begin() + static_cast<std::ptrdiff_t>(oldest_);
    oldest_ = (oldest_ + 1) % propagators_kept;
    *known = {system_, hours, propagator(system, hours)};
  }
  amounts_ = known->propagator.of_amounts * amounts_ + known->propagator.of_input * input_;
}

void Walker::change_rate(const AddRate& change) {
  auto& running = running_mg_h_[change.compartment];
  if (change.rate_mg_h >= 0.0) {
    running.push_back(change.rate_mg_h);
  } else {
    const auto ending = std::ranges::find(running, -change.rate_mg_h);
    expects(ending != running.end(), "only a running infusion ends");
    running.erase(ending);
  }
  double sum = 0.0;
  for (const double rate : running) sum += rate;
  input_[static_cast<Eigen::Index>(change.compartment)] = sum;
}

void Walker::apply(const TimedEvent& event) {
  std::visit(Overloaded{
                 [&](const AddAmount& change) {
                   amounts_[static_cast<Eigen::Index>(change.compartment)] += change.amount_mg;
                 },
                 [&](const AddRate& change) { change_rate(change); },
                 [&](const Clear&) {
                   amounts_.setZero();
                   input_.setZero();
                   for (auto& running : running_mg_h_) running.clear();
                 },
                 [&](const AddSteadyState& change) {
                   amounts_ += steady_amounts(timeline_->systems[system_], change.repetition);
                 },
                 [&](const UseSystem& change) { system_ = change.system; },
                 [](const ReadOut&) {},
             },
             event.change);
}

Readings read_outs(const Timeline& timeline, std::size_t rows, Road road) {
  const auto count = static_cast<Eigen::Index>(rows);
  const LinearSystem& first = timeline.systems.front();
  Readings readings{Eigen::MatrixXd::Zero(count, static_cast<Eigen::Index>(first.outputs.size())),
                    Eigen::MatrixXd::Zero(count, first.rates.rows())};
  Walker walker{timeline, road};
  while (walker.next()) {
    const auto* read = std::get_if<ReadOut>(&walker.event().change);
    if (read == nullptr) continue;
    const auto row = static_cast<Eigen::Index>(read->row);
    readings.amounts.row(row) = walker.amounts().transpose();
    const auto& outputs = timeline.systems[walker.system()].outputs;
    for (std::size_t j = 0; j < outputs.size(); ++j) {
      readings.concentrations(row, static_cast<Eigen::Index>(j)) =
          walker.amounts()[static_cast<Eigen::Index>(outputs[j].compartment)] /
          outputs[j].volume.in(units::L);
    }
  }
  return readings;
}

}  // namespace evenkeel::pkpd
