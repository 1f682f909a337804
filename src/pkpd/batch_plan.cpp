#include "pkpd/batch_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "base/expects.hpp"
#include "base/overloaded.hpp"

namespace evenkeel::pkpd {
namespace {

// What two times may be off by because each is a rounded number.
double rounding_h(double time_h) {
  return 4.0 * 0x1p-52 * std::abs(time_h);
}

Error refuse(std::string what) {
  return {ErrorCode::invalid_input, "", std::move(what)};
}

// The lengths of steps met so far, those that rounding alone tells apart counted as one.
class Lengths {
 public:
  // The length that ends at `to_h` as nearly as the clock can tell, or a new one.
  std::size_t step_to(double to_h) {
    const double exact_h = std::max(0.0, static_cast<double>(to_h - clock_h_));
    const std::size_t length = known(exact_h, to_h).value_or(lengths_.size());
    if (length == lengths_.size()) {
      lengths_.push_back({exact_h, 0});
      by_length_.emplace(exact_h, length);
    }
    ++lengths_[length].uses;
    latest_ = length;
    clock_h_ += lengths_[length].hours;
    return length;
  }
  void restart(double at_h) { clock_h_ = at_h; }

  [[nodiscard]] double hours(std::size_t length) const { return lengths_[length].hours; }
  [[nodiscard]] bool recurs(std::size_t length) const { return lengths_[length].uses > 1; }
  [[nodiscard]] std::size_t size() const { return lengths_.size(); }

 private:
  struct Length {
    double hours = 0.0;
    std::size_t uses = 0;
  };

  [[nodiscard]] std::optional<std::size_t> known(double exact_h, double to_h) const {
    const auto fits = [&](double hours) { return std::abs(hours - exact_h) <= rounding_h(to_h); };
    if (!lengths_.empty() && fits(lengths_[latest_].hours)) return latest_;
    const auto next = by_length_.lower_bound(exact_h - rounding_h(to_h));
    if (next != by_length_.end() && fits(next->first)) return next->second;
    return std::nullopt;
  }

  std::vector<Length> lengths_;
  std::map<double, std::size_t> by_length_;
  std::size_t latest_ = 0;
  long double clock_h_ = 0.0L;  // where the steps taken so far really lead
};

}  // namespace

// Takes events in their order, collects single steps, changes and moments; then forms the legs.
class BatchPlan::Compiler {
 public:
  std::optional<Error> take(const TimedEvent& event) {
    if (!std::isfinite(event.at_h)) return refuse("an event at no finite time");
    const bool clears = std::holds_alternative<Clear>(event.change);
    if (!started_ || clears) {
      end_span();
      if (!started_) plan_.start_h_ = event.at_h;
      started_ = true;
      at_h_ = event.at_h;
      lengths_.restart(at_h_);
    } else if (auto error = pass_to(event.at_h)) {
      return error;
    }
    return std::visit(Overloaded{[&](const AddAmount& change) { return add(change); },
                                 [&](const AddRate& change) { return change_rate(change); },
                                 [&](const Clear&) { return clear(); },
                                 [&](const AddSteadyState&) { return own("a steady state"); },
                                 [&](const UseSystem& change) {
                                   return change.system == 0 ? std::nullopt : own("a change of the system");
                                 },
                                 [&](const ReadOut&) { return read_out(); }},
                      event.change);
  }

  Result<BatchPlan> finish() {
    end_span();
    plan_.end_h_ = at_h_;
    if (plan_.row_h_.empty()) return refuse("nothing is read out");
    form_legs();
    for (std::size_t i = 0; i < plan_.legs_.size(); ++i) measure(i);
    sort_unique(plan_.dosed_);
    sort_unique(plan_.infused_);
    return std::move(plan_);
  }

 private:
  struct Piece {  // changes, a moment, or a step with a moment at its end
    std::size_t changes_from = 0;
    std::size_t changes_to = 0;
    std::optional<std::size_t> length = {};
    Moment moment = Moment::none;
  };

  static std::optional<Error> own(std::string_view what) {
    return refuse(fmt::format("{} is each subject's own: a batch shares its events", what));
  }
  static void sort_unique(std::vector<std::size_t>& list) {
    std::ranges::sort(list);
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }

  std::optional<Error> pass_to(double to_h) {
    if (to_h < at_h_) return refuse(fmt::format("the time goes back from {} h to {} h", at_h_, to_h));
    if (to_h == at_h_) return std::nullopt;
    end_span();
    pieces_.push_back({.length = lengths_.step_to(to_h), .moment = Moment::silent});
    plan_.moment_h_.push_back(to_h);
    plan_.passed_h_.push_back(to_h - at_h_);
    at_h_ = to_h;
    return std::nullopt;
  }

  // Before time passes: what a bolus or a reset led to is a moment, for the curve jumps there.
  void end_span() {
    if (jumped_) add_moment(Moment::silent);
    jumped_ = false;
  }

  void add_moment(Moment moment) {
    pieces_.push_back({.moment = moment});
    plan_.moment_h_.push_back(at_h_);
    plan_.passed_h_.push_back(0.0);
  }

  std::optional<Error> read_out() {
    plan_.row_h_.push_back(at_h_);
    if (!pieces_.empty() && pieces_.back().moment == Moment::silent) {
      pieces_.back().moment = Moment::read_out;  // at the end of the step just made
    } else {
      add_moment(Moment::read_out);
    }
    jumped_ = false;
    return std::nullopt;
  }

  void add_change(PlanChange change) {
    plan_.changes_.push_back(change);
    const std::size_t end = plan_.changes_.size();
    const bool more = !pieces_.empty() && pieces_.back().changes_from < pieces_.back().changes_to &&
                      pieces_.back().moment == Moment::none;
    if (more) {
      pieces_.back().changes_to = end;
    } else {
      pieces_.push_back({.changes_from = end - 1, .changes_to = end});
    }
  }

  std::optional<Error> add(const AddAmount& change) {
    add_change({PlanChange::Kind::add_amount, change.compartment, change.amount_mg});
    plan_.dosed_.push_back(change.compartment);
    jumped_ = true;
    return std::nullopt;
  }

  // As Walker does: the running rates are summed anew, so that the sum ends at zero.
  std::optional<Error> change_rate(const AddRate& change) {
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
    add_change({PlanChange::Kind::set_rate, change.compartment, sum});
    plan_.dosed_.push_back(change.compartment);
    plan_.infused_.push_back(change.compartment);
    return std::nullopt;
  }

  std::optional<Error> clear() {
    add_change({PlanChange::Kind::clear, 0, 0.0});
    running_mg_h_.clear();
    jumped_ = true;
    return std::nullopt;
  }

  void form_legs() {
    std::vector<std::optional<std::size_t>> even_of(lengths_.size());
    bool open = false;  // the last leg takes steps, but no change and no first moment any more
    for (const Piece& piece : pieces_) {
      PlanLeg* leg = plan_.legs_.empty() ? nullptr : &plan_.legs_.back();
      if (!piece.length) {
        const bool changes = piece.changes_from < piece.changes_to;
        if (leg == nullptr || changes || leg->steps > 0 || leg->first != Moment::none) {
          plan_.legs_.emplace_back();
          leg = &plan_.legs_.back();
        }
        if (changes) leg->changes_from = piece.changes_from;
        if (changes) leg->changes_to = piece.changes_to;
        leg->first = piece.moment;
        open = true;
        continue;
      }
      const double hours = lengths_.hours(*piece.length);
      const bool even = lengths_.recurs(*piece.length);
      auto& known = even_of[*piece.length];
      if (even && !known) {
        known = plan_.even_h_.size();
        plan_.even_h_.push_back(hours);
      }
      const std::size_t length = even ? *known : plan_.uneven_h_.size();
      const bool fits = open && (leg->steps == 0 || (leg->each == piece.moment && leg->even == even &&
                                                     (!even || leg->length == length)));
      if (!fits) {
        plan_.legs_.emplace_back();
        leg = &plan_.legs_.back();
        open = true;
      }
      if (leg->steps == 0) {
        leg->each = piece.moment;
        leg->even = even;
        leg->length = length;
      }
      ++leg->steps;
      if (!even) plan_.uneven_h_.push_back(hours);
    }
  }

  [[nodiscard]] double hours_of(const PlanLeg& leg) const {
    if (leg.even) return leg.steps == 0 ? 0.0 : static_cast<double>(leg.steps) * plan_.even_h_[leg.length];
    double sum = 0.0;
    for (std::size_t i = 0; i < leg.steps; ++i) sum += plan_.uneven_h_[leg.length + i];
    return sum;
  }

  void measure(std::size_t index) {
    const auto changes = [](const PlanLeg& leg) { return leg.changes_from < leg.changes_to; };
    if (!changes(plan_.legs_[index])) return;
    double hours = hours_of(plan_.legs_[index]);
    for (std::size_t i = index + 1; i < plan_.legs_.size() && !changes(plan_.legs_[i]); ++i)
      hours += hours_of(plan_.legs_[i]);
    plan_.legs_[index].until_change_h = hours;
  }

  BatchPlan plan_;
  Lengths lengths_;
  std::vector<Piece> pieces_;
  std::map<std::size_t, std::vector<double>> running_mg_h_;
  double at_h_ = 0.0;
  bool started_ = false;
  bool jumped_ = false;
};

Result<BatchPlan> BatchPlan::make(const Timeline& timeline) {
  Compiler compiler;
  for (const TimedEvent& event : timeline.events) {
    if (auto error = compiler.take(event)) return *std::move(error);
  }
  return compiler.finish();
}

Result<BatchPlan> BatchPlan::make(const Timeline& timeline, std::span<const double> times_h) {
  Compiler compiler;
  auto event = timeline.events.begin();
  std::size_t row = 0;
  while (event != timeline.events.end() || row < times_h.size()) {
    const bool is_event =
        event != timeline.events.end() && (row == times_h.size() || !(times_h[row] < event->at_h));
    const TimedEvent next = is_event ? *event++ : TimedEvent{times_h[row++], ReadOut{}};
    if (is_event && std::holds_alternative<ReadOut>(next.change)) continue;
    if (auto error = compiler.take(next)) return *std::move(error);
  }
  return compiler.finish();
}

}  // namespace evenkeel::pkpd
