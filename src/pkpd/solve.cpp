#include "pkpd/solve.hpp"

#include <algorithm>
#include <cmath>

#include "base/expects.hpp"
#include "base/overloaded.hpp"

namespace evenkeel::pkpd {
Walker::Walker(const Timeline& timeline, Road road) : timeline_(&timeline), stepper_(road) {
  expects(!timeline.systems.empty(), "a timeline has a system");
  const auto n = timeline.systems.front().rates.rows();
  amounts_ = Eigen::VectorXd::Zero(n);
  input_ = Eigen::VectorXd::Zero(n);
  running_.resize(static_cast<std::size_t>(n));
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
  if (hours > 0.0) amounts_ = stepper_.step(timeline_->systems[system_], system_, amounts_, input_, hours);
}

void Walker::change_rate(const AddRate& change) {
  auto& running = running_[change.compartment];
  const double rate_mg_h = std::abs(change.rate_mg_h);
  auto same = std::ranges::find(running, rate_mg_h, &Running::rate_mg_h);
  if (change.rate_mg_h > 0.0) {
    if (same == running.end()) same = running.insert(same, {rate_mg_h, 0});
    ++same->count;
  } else {
    expects(same != running.end(), "only a running infusion ends");
    if (--same->count == 0) running.erase(same);
  }
  double sum = 0.0;
  for (const Running& each : running) sum += each.rate_mg_h * each.count;
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
                   for (auto& running : running_) running.clear();
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
  expects(!timeline.systems.empty(), "a timeline has a system");
  const LinearSystem& first = timeline.systems.front();
  Readings readings{Eigen::MatrixXd::Zero(count, static_cast<Eigen::Index>(first.outputs.size())),
                    Eigen::MatrixXd::Zero(count, first.rates.rows())};
  Walker walker{timeline, road};
  while (walker.next()) {
    const auto* read = std::get_if<ReadOut>(&walker.event().change);
    if (read == nullptr) continue;
    expects(read->row < rows, "a row that is read out has a place");
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
