#include "pkpd/schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <queue>
#include <span>

#include "base/expects.hpp"
#include "pkpd/dose_rules.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr int most_doses = 100'000;
constexpr double latest_h = 1e12;
constexpr double most_mg = 1e15;  // at once, or in an hour: sums of such still have their digits

// Times within this of one another are one moment: a few units in the last place of what arithmetic
// on decimal numbers of hours leaves, and under four picoseconds.
double rounding_h(double time_h) {
  return 1e-12 + 1e-14 * std::abs(time_h);
}

// A dose on its way in by one path: the first of a series, or one of those that follow it.
struct Arrival {
  double at_h = 0.0;
  std::size_t record = 0;  // the dose's
  std::size_t path = 0;    // which of the route's
  double first_h = 0.0;    // when the series began; a sum of intervals would gather rounding
  int number = 0;          // this one's place in it
  int last = 0;
};

struct Infusion {
  std::size_t record = 0;
  std::size_t path = 0;
  std::size_t compartment = 0;
  double rate_mg_h = 0.0;
  double end_h = 0.0;
};
struct InfusionEnd {
  double at_h = 0.0;
  std::size_t infusion = 0;
};

// Of equal times, in the order of planning: the heap alone would not keep it.
template <class Item>
class Agenda {
 public:
  void plan(Item item) { queue_.push({std::move(item), planned_++}); }
  [[nodiscard]] bool empty() const { return queue_.empty(); }
  [[nodiscard]] double first_h() const { return queue_.top().item.at_h; }
  Item take_first() {
    Item item = queue_.top().item;
    queue_.pop();
    return item;
  }
  void clear() { queue_ = {}; }

 private:
  struct Planned {
    Item item;
    std::size_t order = 0;
    bool operator<(const Planned& other) const {
      return item.at_h != other.item.at_h ? item.at_h > other.item.at_h : order > other.order;
    }
  };
  std::priority_queue<Planned> queue_;
  std::size_t planned_ = 0;
};

Error refuse(std::string what) {
  return {ErrorCode::invalid_input, "", std::move(what)};
}

class Scheduler {
 public:
  Scheduler(const Structure& structure, const Subject& subject) : structure_(structure), subject_(subject) {
    timeline_.systems = subject.systems;
  }

  Result<Timeline, RecordError> run(AfterLastRecord after) {
    for (current_ = 0; current_ < subject_.records.size(); ++current_) {
      if (auto error = take(subject_.records[current_])) return RecordError{current_, *std::move(error)};
    }
    if (after == AfterLastRecord::all_that_is_due) {
      while (!arrivals_.empty() || !ends_.empty()) {
        const double next_h = arrivals_.empty() ? ends_.first_h()
                              : ends_.empty()   ? arrivals_.first_h()
                                                : std::min(ends_.first_h(), arrivals_.first_h());
        if (auto error = happen_until(next_h)) return RecordError{current_ - 1, *std::move(error)};
      }
    }
    return std::move(timeline_);
  }

 private:
  using Fault = std::optional<Error>;

  Fault take(const Record& record) {
    double at_h = record.at.in(units::h);
    if (!(std::abs(at_h) <= latest_h)) return refuse(fmt::format("a time of {} h", at_h));
    const bool resets = record.kind == RecordKind::reset || record.kind == RecordKind::reset_and_dose;
    const bool goes_back = current_ > 0 && at_h < now_h_ - rounding_h(now_h_);
    if (goes_back && !resets) return refuse("the time goes back, and the record does not reset");
    if (current_ > 0 && !goes_back) {
      at_h = std::max(at_h, now_h_);
      if (auto error = pass_to(record, at_h)) return error;
    }
    now_h_ = at_h;
    if (resets) clear();  // first: the time may go back here, and only here
    if (auto error = use(record.in_force)) return error;
    if (record.kind == RecordKind::dose || record.kind == RecordKind::reset_and_dose) {
      if (auto error = give(record.dose)) return error;
    }
    emit(ReadOut{current_});
    return std::nullopt;
  }

  // From the record before to this one, stretch by stretch.
  Fault pass_to(const Record& record, double at_h) {
    const Stretch whole{record.at, record.in_force};
    const std::span<const Stretch> stretches =
        record.before.empty() ? std::span{&whole, 1} : std::span{record.before};
    for (const Stretch& stretch : stretches) {
      expects(stretch.until <= record.at, "the stretches before a record end with it");
      const bool last = &stretch == &stretches.back();
      const double until_h = last ? at_h : std::max(now_h_, stretch.until.in(units::h));
      if (auto error = use(stretch.in_force)) return error;
      if (auto error = happen_until(until_h)) return error;
      now_h_ = until_h;
    }
    return std::nullopt;
  }

  // What arrives and what ends, up to and at `until_h`. An arrival that misses it by rounding is one
  // with it. An end is not moved: that would change how much was given.
  Fault happen_until(double until_h) {
    while (true) {
      const bool arrives = !arrivals_.empty() && arrivals_.first_h() <= until_h + rounding_h(until_h);
      const bool ends = !ends_.empty() && ends_.first_h() <= until_h;
      if (ends && !(arrives && arrivals_.first_h() < ends_.first_h())) {
        end(ends_.take_first());
      } else if (arrives) {
        const Arrival next = arrivals_.take_first();
        now_h_ = std::max(now_h_, std::min(next.at_h, until_h));
        if (auto error = arrive(next)) return error;
      } else {
        return std::nullopt;
      }
    }
  }

  void end(const InfusionEnd& planned) {
    Infusion& infusion = infusions_[planned.infusion];
    if (infusion.end_h != planned.at_h) return;  // its rate has changed, and with it the end
    infusion.end_h = -std::numeric_limits<double>::infinity();
    now_h_ = std::max(now_h_, planned.at_h);
    emit(AddRate{infusion.compartment, -infusion.rate_mg_h});
  }

  void clear() {
    arrivals_.clear();
    ends_.clear();
    infusions_.clear();
    modelled_.clear();
    emit(Clear{});
  }

  Fault use(const InForce& in_force) {
    if (!used_ || used_->system != in_force.system) emit(UseSystem{in_force.system});
    const bool other_values = used_ && used_->values != in_force.values;
    used_ = in_force;
    return other_values ? change_modelled_rates() : std::nullopt;
  }

  template <class Change>
  void emit(Change change) {
    timeline_.events.push_back({now_h_, change});
  }

  [[nodiscard]] const DoseSpec& dose_of(std::size_t record) const { return subject_.records[record].dose; }

  // How a dose enters with the parameters now in force.
  Result<const std::vector<Entry>*> entries(std::size_t route) {
    const auto key = std::pair{route, used_->values};
    const auto known = entries_.find(key);
    if (known != entries_.end()) return &known->second;
    auto found = structure_.entries(route, subject_.values[used_->values]);
    if (!found) return found.error();
    return &entries_.emplace(key, *std::move(found)).first->second;
  }

  // The dose of the current record.
  Fault give(const DoseSpec& dose) {
    if (auto error = faulty(dose)) return error;
    const auto into = entries(dose.route);
    if (!into) return into.error();
    if (auto error = faulty(dose, **into)) return error;
    if (dose.steady == SteadyState::replaces) clear();
    for (std::size_t path = 0; path < (*into)->size(); ++path) {
      const Entry& entry = (**into)[path];
      if (dose.steady != SteadyState::none) {
        if (auto error = begin_steadily(dose, entry, path)) return error;
      }
      if (is_endless(dose)) continue;  // it ends here
      const double first_h = now_h_ + entry.lag.in(units::h);
      if (auto error = plan({first_h, current_, path, first_h, 0, dose.additional})) return error;
    }
    return happen_until(now_h_);
  }

  Fault plan(const Arrival& arrival) {
    if (!(arrival.at_h <= latest_h)) return refuse(fmt::format("a dose arrives at {} h", arrival.at_h));
    arrivals_.plan(arrival);
    return std::nullopt;
  }

  // One more dose than there are records of doses.
  Fault imply() {
    if (++implied_doses_ <= most_doses) return std::nullopt;
    return refuse(fmt::format("more than {} additional or implied doses", most_doses));
  }

  Fault arrive(const Arrival& arrival) {
    const DoseSpec& dose = dose_of(arrival.record);
    if (arrival.number < arrival.last) {
      Arrival next = arrival;
      next.at_h = next.first_h + ++next.number * dose.interval.in(units::h);
      if (auto error = imply()) return error;
      if (auto error = plan(next)) return error;
    }
    const auto into = entries(dose.route);
    if (!into) return into.error();
    const Entry& entry = (**into)[arrival.path];
    const double amount_mg = entry.fraction * dose.amount.in(units::mg);
    if (!(amount_mg <= most_mg)) return refuse(fmt::format("{} mg enter at once", amount_mg));
    const auto hours = duration_h(dose, entry);
    if (!hours) return hours.error();
    if (!(*hours > rounding_h(now_h_))) {
      emit(AddAmount{entry.compartment, amount_mg});
      return std::nullopt;
    }
    // The rate is what gives the whole amount by the end as a clock of doubles can tell it.
    const double end_h = now_h_ + *hours;
    return infuse({arrival.record, arrival.path, entry.compartment, amount_mg / (end_h - now_h_), end_h});
  }

  Fault infuse(const Infusion& infusion) {
    if (!(infusion.end_h <= latest_h)) return refuse(fmt::format("an infusion until {} h", infusion.end_h));
    if (infusion.rate_mg_h == 0.0) return std::nullopt;
    emit(AddRate{infusion.compartment, infusion.rate_mg_h});
    ends_.plan({infusion.end_h, infusions_.size()});
    if (dose_of(infusion.record).form == DoseForm::modelled_rate) modelled_.push_back(infusions_.size());
    infusions_.push_back(infusion);
    return std::nullopt;
  }

  // RATE -1: what is left of a dose goes in at the rate of the parameters in force.
  Fault change_modelled_rates() {
    std::erase_if(modelled_, [&](std::size_t i) { return infusions_[i].end_h <= now_h_; });
    for (const std::size_t i : modelled_) {
      Infusion& infusion = infusions_[i];
      const DoseSpec& dose = dose_of(infusion.record);
      const auto into = entries(dose.route);
      if (!into) return into.error();
      const auto rate = rate_mg_h(dose, (**into)[infusion.path]);
      if (!rate) return rate.error();
      if (*rate == infusion.rate_mg_h) continue;
      const double left_mg = infusion.rate_mg_h * (infusion.end_h - now_h_);
      emit(AddRate{infusion.compartment, -infusion.rate_mg_h});
      emit(AddRate{infusion.compartment, *rate});
      infusion.rate_mg_h = *rate;
      infusion.end_h = now_h_ + left_mg / *rate;
      if (!(infusion.end_h <= latest_h)) return refuse(fmt::format("an infusion until {} h", infusion.end_h));
      ends_.plan({infusion.end_h, i});
    }
    return std::nullopt;
  }

  // The amounts that the dose has led to, repeated since ever.
  Fault begin_steadily(const DoseSpec& dose, const Entry& entry, std::size_t path) {
    if (auto error = no_steady_state(timeline_.systems[used_->system], entry.compartment)) return error;
    if (!is_endless(dose)) return begin_repeated(dose, entry, path);
    const auto rate = rate_mg_h(dose, entry);
    if (!rate) return rate.error();
    emit(AddSteadyState{{.compartment = entry.compartment, .rate_mg_h = *rate}});
    return std::nullopt;
  }

  // Doses an interval apart since ever. Those of the past that still run go on to their ends, and
  // those that are still on their way (a lag of an interval or more) arrive.
  Fault begin_repeated(const DoseSpec& dose, const Entry& entry, std::size_t path) {
    const auto hours = duration_h(dose, entry);
    if (!hours) return hours.error();
    const double interval_h = dose.interval.in(units::h);
    const double lag_h = entry.lag.in(units::h);
    if (!(*hours / interval_h <= most_doses && lag_h / interval_h <= most_doses))
      return refuse(fmt::format("more than {} doses of one steady state at once", most_doses));
    double to_next_h = std::fmod(lag_h, interval_h);
    if (interval_h - to_next_h <= rounding_h(lag_h) || to_next_h <= rounding_h(lag_h)) to_next_h = 0.0;
    const Repetition past{.compartment = entry.compartment,
                          .amount_mg = entry.fraction * dose.amount.in(units::mg),
                          .duration_h = *hours > rounding_h(now_h_) ? *hours : 0.0,
                          .interval_h = interval_h,
                          .since_h = interval_h - to_next_h};
    if (!(past.amount_mg <= most_mg && past.amount_mg / interval_h <= most_mg))
      return refuse(fmt::format("{} mg every {} h", past.amount_mg, interval_h));
    emit(AddSteadyState{past});
    for (int i = running_infusions(past) - 1; i >= 0; --i) {
      const double end_h = now_h_ - past.since_h - i * interval_h + past.duration_h;
      const Infusion running{current_, path, past.compartment, past.amount_mg / past.duration_h, end_h};
      if (auto error = imply()) return error;
      if (auto error = infuse(running)) return error;
    }
    const int on_their_way = static_cast<int>(std::round((lag_h - to_next_h) / interval_h));
    for (int i = 0; i < on_their_way; ++i) {
      const double at_h = now_h_ + to_next_h + i * interval_h;
      if (auto error = imply()) return error;
      if (auto error = plan({at_h, current_, path, at_h, 0, 0})) return error;
    }
    return std::nullopt;
  }

  const Structure& structure_;
  const Subject& subject_;
  Timeline timeline_;
  Agenda<Arrival> arrivals_;
  Agenda<InfusionEnd> ends_;
  std::vector<Infusion> infusions_;
  std::vector<std::size_t> modelled_;  // those that run at a rate the model gives
  std::map<std::pair<std::size_t, std::size_t>, std::vector<Entry>> entries_;
  std::optional<InForce> used_;
  std::size_t current_ = 0;
  int implied_doses_ = 0;
  double now_h_ = 0.0;
};

}  // namespace

Result<Timeline, RecordError> schedule(const Structure& structure, const Subject& subject,
                                       AfterLastRecord after) {
  expects(subject.records.empty() || !subject.systems.empty(), "a subject with records has a system");
  for (const Record& record : subject.records) {
    expects(record.in_force.system < subject.systems.size() && record.in_force.values < subject.values.size(),
            "a record's system and values are among the subject's");
  }
  return Scheduler{structure, subject}.run(after);
}

}  // namespace evenkeel::pkpd
