#include "pkpd/schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <queue>
#include <span>

#include "base/expects.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr double shortest_infusion_h = 2e-13;  // under a nanosecond: at once
constexpr int most_infusions_at_once = 100'000;

double rounding_h(double time_h) {
  return 1e-12 + 1e-14 * std::abs(time_h);
}

// What will happen by itself.
struct Pending {
  enum class Kind { due, arrival, end } kind = Kind::due;
  double at_h = 0.0;
  std::size_t order = 0;      // of equal times, the one that was planned first
  std::size_t record = 0;     // the dose's
  std::size_t path = 0;       // arrival: which of the route's
  int further = 0;            // due: how many more after this one
  std::size_t compartment{};  // end: where
  double rate_mg_h = 0.0;     // end: which
};
struct Later {
  bool operator()(const Pending& a, const Pending& b) const {
    return a.at_h != b.at_h ? a.at_h > b.at_h : a.order > b.order;
  }
};
using Agenda = std::priority_queue<Pending, std::vector<Pending>, Later>;

Error refuse(std::string what) {
  return {ErrorCode::invalid_input, "", std::move(what)};
}

// What a dose must say, whatever the model.
std::optional<Error> faulty(const DoseSpec& dose) {
  const bool endless = dose.steady != SteadyState::none && dose.amount == DrugMass{};
  if (!(dose.amount >= DrugMass{} && is_finite(dose.amount)))
    return refuse(fmt::format("a dose of {} mg cannot be given", dose.amount.in(units::mg)));
  if (dose.form == DoseForm::at_rate && !(dose.rate > InfusionRate{} && is_finite(dose.rate)))
    return refuse("a rate must be above zero");
  if (dose.form == DoseForm::over_duration && !(dose.duration > Duration{} && is_finite(dose.duration)))
    return refuse("a duration must be above zero");
  if (dose.amount == DrugMass{} && !endless)
    return refuse("a dose of nothing; only a steady-state infusion without end has no amount");
  if (endless && dose.form != DoseForm::at_rate && dose.form != DoseForm::modelled_rate)
    return refuse("a steady state without an amount needs a rate");
  if (endless && (dose.interval != Duration{} || dose.additional > 0))
    return refuse("an infusion without end has no interval and no additional doses");
  const bool repeated = dose.additional > 0 || (dose.steady != SteadyState::none && !endless);
  if (repeated && !(dose.interval > Duration{} && is_finite(dose.interval)))
    return refuse("a repeated dose needs an interval above zero");
  if (dose.additional < 0) return refuse("the number of additional doses is negative");
  return std::nullopt;
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
    if (after == AfterLastRecord::all_that_is_due && !subject_.records.empty()) {
      while (!agenda_.empty()) {
        if (auto error = next_pending(agenda_.top().at_h))
          return RecordError{current_ - 1, *std::move(error)};
      }
    }
    return std::move(timeline_);
  }

 private:
  using Fault = std::optional<Error>;

  Fault take(const Record& record) {
    const double at_h = record.at.in(units::h);
    const bool resets = record.kind == RecordKind::reset || record.kind == RecordKind::reset_and_dose;
    if (!std::isfinite(at_h)) return refuse("the time is not finite");
    if (current_ > 0 && !resets) {
      if (at_h < now_h_) return refuse("the time goes back, and the record does not reset");
      if (auto error = pass_to(record, at_h)) return error;
    }
    now_h_ = at_h;
    use(record.in_force);
    if (resets) clear();
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
      const double until_h = &stretch == &stretches.back() ? at_h : stretch.until.in(units::h);
      use(stretch.in_force);
      while (!agenda_.empty() && agenda_.top().at_h <= until_h + rounding_h(until_h)) {
        if (auto error = next_pending(until_h)) return error;
      }
      now_h_ = std::max(now_h_, until_h);
    }
    return std::nullopt;
  }

  // Carries out the first item of the agenda, at `latest_h` at the latest.
  Fault next_pending(double latest_h) {
    const Pending next = agenda_.top();
    agenda_.pop();
    now_h_ = std::max(now_h_, std::min(next.at_h, latest_h));
    switch (next.kind) {
      case Pending::Kind::end:
        emit(AddRate{next.compartment, -next.rate_mg_h});
        return std::nullopt;
      case Pending::Kind::arrival:
        return arrive(next.record, next.path);
      case Pending::Kind::due:
        return due(next.record, next.further, next.at_h);
    }
    return std::nullopt;
  }

  void clear() {
    agenda_ = {};
    emit(Clear{});
  }

  void use(const InForce& in_force) {
    if (timeline_.events.empty() || !(used_ == in_force)) {
      if (timeline_.events.empty() || used_.system != in_force.system) emit(UseSystem{in_force.system});
      used_ = in_force;
    }
  }

  template <class Change>
  void emit(Change change) {
    timeline_.events.push_back({now_h_, change});
  }

  void plan(Pending pending) {
    pending.order = planned_++;
    agenda_.push(pending);
  }

  [[nodiscard]] const DoseSpec& dose_of(std::size_t record) const { return subject_.records[record].dose; }

  // How a dose enters with the parameters now in force.
  Result<const std::vector<Entry>*> entries(std::size_t route) {
    const auto key = std::pair{route, used_.values};
    const auto known = entries_.find(key);
    if (known != entries_.end()) return &known->second;
    auto found = structure_.entries(route, subject_.values[used_.values]);
    if (!found) return found.error();
    return &entries_.emplace(key, *std::move(found)).first->second;
  }

  // The dose of the current record.
  Fault give(const DoseSpec& dose) {
    if (auto error = faulty(dose)) return error;
    if (dose.steady == SteadyState::replaces) clear();
    if (dose.steady != SteadyState::none) {
      if (auto error = begin_steadily(dose)) return error;
    }
    if (dose.amount == DrugMass{}) return std::nullopt;  // the endless infusion ends here
    return due(current_, dose.additional, now_h_);
  }

  // A dose of `record` is due: it arrives now or after its lag, and the next one is due an interval on.
  Fault due(std::size_t record, int further, double at_h) {
    const DoseSpec& dose = dose_of(record);
    const auto into = entries(dose.route);
    if (!into) return into.error();
    if (further > 0) {
      plan({.kind = Pending::Kind::due,
            .at_h = at_h + dose.interval.in(units::h),
            .record = record,
            .further = further - 1});
    }
    for (std::size_t path = 0; path < (*into)->size(); ++path) {
      const double lag_h = (**into)[path].lag.in(units::h);
      if (lag_h > 0.0) {
        plan({.kind = Pending::Kind::arrival, .at_h = at_h + lag_h, .record = record, .path = path});
      } else if (auto error = arrive(record, path)) {
        return error;
      }
    }
    return std::nullopt;
  }

  Fault arrive(std::size_t record, std::size_t path) {
    const DoseSpec& dose = dose_of(record);
    const auto into = entries(dose.route);
    if (!into) return into.error();
    const Entry& entry = (**into)[path];
    const double amount_mg = entry.fraction * dose.amount.in(units::mg);
    const auto hours = duration_h(dose, entry);
    if (!hours) return hours.error();
    if (!(*hours > shortest_infusion_h)) {
      emit(AddAmount{entry.compartment, amount_mg});
    } else if (amount_mg > 0.0) {
      const double rate_mg_h = amount_mg / *hours;
      emit(AddRate{entry.compartment, rate_mg_h});
      end_later(entry.compartment, rate_mg_h, now_h_ + *hours);
    }
    return std::nullopt;
  }

  void end_later(std::size_t compartment, double rate_mg_h, double at_h) {
    plan({.kind = Pending::Kind::end, .at_h = at_h, .compartment = compartment, .rate_mg_h = rate_mg_h});
  }

  [[nodiscard]] static Result<double> modelled(double value, std::string_view what) {
    if (value > 0.0 && std::isfinite(value)) return value;
    return refuse(fmt::format("the dose leaves its {} to the model, which makes it {}", what, value));
  }

  [[nodiscard]] static Result<double> rate_mg_h(const DoseSpec& dose, const Entry& entry) {
    if (dose.form == DoseForm::at_rate) return dose.rate.canonical();
    if (!entry.modelled_rate) return refuse("the dose leaves its rate to the model, which has none for it");
    return modelled(entry.modelled_rate->canonical(), "rate");
  }

  // How long it takes to give a dose; zero: at once.
  [[nodiscard]] static Result<double> duration_h(const DoseSpec& dose, const Entry& entry) {
    switch (dose.form) {
      case DoseForm::at_once:
        return entry.over ? entry.over->in(units::h) : 0.0;
      case DoseForm::over_duration:
        return dose.duration.in(units::h);
      case DoseForm::modelled_duration:
        if (!entry.modelled_duration)
          return refuse("the dose leaves its duration to the model, which has none for it");
        return modelled(entry.modelled_duration->in(units::h), "duration");
      case DoseForm::at_rate:
      case DoseForm::modelled_rate:
        break;
    }
    const auto rate = rate_mg_h(dose, entry);
    if (!rate) return rate.error();
    return entry.fraction * dose.amount.in(units::mg) / *rate;
  }

  // The amounts that the dose has led to, repeated since ever.
  Fault begin_steadily(const DoseSpec& dose) {
    const auto into = entries(dose.route);
    if (!into) return into.error();
    for (std::size_t path = 0; path < (*into)->size(); ++path) {
      const Entry& entry = (**into)[path];
      if (auto error = no_steady_state(timeline_.systems[used_.system], entry.compartment)) return error;
      auto error = dose.amount == DrugMass{} ? begin_endless(dose, entry) : begin_repeated(dose, entry, path);
      if (error) return error;
    }
    return std::nullopt;
  }

  // An infusion that has run for ever, and stops now, or after its lag.
  Fault begin_endless(const DoseSpec& dose, const Entry& entry) {
    const auto rate = rate_mg_h(dose, entry);
    if (!rate) return rate.error();
    emit(AddSteadyState{{.compartment = entry.compartment, .rate_mg_h = *rate}});
    if (!(entry.lag > Duration{})) return std::nullopt;
    emit(AddRate{entry.compartment, *rate});
    end_later(entry.compartment, *rate, now_h_ + entry.lag.in(units::h));
    return std::nullopt;
  }

  // Doses an interval apart since ever. Those of the past that still run go on to their ends, and
  // those that are still on their way (a lag beyond the interval) arrive.
  Fault begin_repeated(const DoseSpec& dose, const Entry& entry, std::size_t path) {
    const auto hours = duration_h(dose, entry);
    if (!hours) return hours.error();
    const double interval_h = dose.interval.in(units::h);
    const double lag_h = entry.lag.in(units::h);
    double to_next_h = std::fmod(lag_h, interval_h);
    if (interval_h - to_next_h <= rounding_h(lag_h)) to_next_h = 0.0;
    const Repetition repetition{.compartment = entry.compartment,
                                .amount_mg = entry.fraction * dose.amount.in(units::mg),
                                .duration_h = *hours > shortest_infusion_h ? *hours : 0.0,
                                .interval_h = interval_h,
                                .since_h = interval_h - to_next_h};
    if (*hours / interval_h > most_infusions_at_once || lag_h / interval_h > most_infusions_at_once)
      return refuse("more than 100,000 doses of one steady state at once");
    emit(AddSteadyState{repetition});
    const double rate = repetition.amount_mg / repetition.duration_h;
    for (int i = running_infusions(repetition) - 1; i >= 0; --i) {
      emit(AddRate{entry.compartment, rate});
      end_later(entry.compartment, rate, now_h_ - repetition.since_h - i * interval_h + *hours);
    }
    for (double at_h = to_next_h; at_h < lag_h - rounding_h(lag_h); at_h += interval_h) {
      plan({.kind = Pending::Kind::arrival, .at_h = now_h_ + at_h, .record = current_, .path = path});
    }
    while (!agenda_.empty() && agenda_.top().at_h <= now_h_ + rounding_h(now_h_)) {
      if (auto error = next_pending(now_h_)) return error;
    }
    return std::nullopt;
  }

  const Structure& structure_;
  const Subject& subject_;
  Timeline timeline_;
  Agenda agenda_;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<Entry>> entries_;
  InForce used_;
  std::size_t current_ = 0;
  std::size_t planned_ = 0;
  double now_h_ = 0.0;
};

}  // namespace

Result<Timeline, RecordError> schedule(const Structure& structure, const Subject& subject,
                                       AfterLastRecord after) {
  for (const Record& record : subject.records) {
    expects(record.in_force.system < subject.systems.size() && record.in_force.values < subject.values.size(),
            "a record's system and values are among the subject's");
  }
  return Scheduler{structure, subject}.run(after);
}

}  // namespace evenkeel::pkpd
