#include "pkpd/subject.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <set>

#include "base/overloaded.hpp"
#include "pkpd/varying.hpp"

namespace evenkeel::pkpd {
namespace {

using Told = std::vector<std::optional<double>>;
using Key = std::vector<std::uint64_t>;  // bit for bit, so that values that are not numbers compare too
using Fault = std::optional<RecordError>;

void add_bits(Key& key, double value) {
  key.push_back(std::bit_cast<std::uint64_t>(value));
}

bool resets(const Row& row) {
  return row.kind == RecordKind::reset || row.kind == RecordKind::reset_and_dose;
}

// What each row tells once the gaps are filled: by row, then by signal.
class Filled {
 public:
  static Result<Filled, RecordError> make(const History& history) {
    Filled filled;
    for (const Row& row : history.rows) filled.rows_.push_back(row.told);
    std::vector<int> clock;  // how often it was set back so far
    for (std::size_t i = 0; i < history.rows.size(); ++i) {
      const bool back = i > 0 && !(history.rows[i].at >= history.rows[i - 1].at);
      clock.push_back(i == 0 ? 0 : clock.back() + (back ? 1 : 0));
    }
    for (std::size_t s = 0; s < history.signals.size(); ++s) {
      if (auto fault = filled.fill(history, clock, s)) return *std::move(fault);
    }
    return filled;
  }

  [[nodiscard]] const Told& operator[](std::size_t row) const { return rows_[row]; }

 private:
  Fault fill(const History& history, const std::vector<int>& clock, std::size_t s) {
    std::optional<std::size_t> before;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      if (!history.rows[row].told[s]) continue;
      for (std::size_t gap = before ? *before + 1 : 0; gap < row; ++gap) {
        auto value = between(history, clock, s, before, gap, row);
        if (!value) return value.error();
        rows_[gap][s] = *value;
      }
      before = row;
    }
    if (!before) return std::nullopt;
    for (std::size_t gap = *before + 1; gap < rows_.size(); ++gap) rows_[gap][s] = rows_[*before][s];
    return std::nullopt;
  }

  // The value of signal `s` at row `gap`, which tells none, from the rows around it that do.
  static Result<double, RecordError> between(const History& history, const std::vector<int>& clock,
                                             std::size_t s, std::optional<std::size_t> before,
                                             std::size_t gap, std::size_t next) {
    const double later = *history.rows[next].told[s];
    if (!before || history.signals[s].carried == Carried::backward) return later;
    const double earlier = *history.rows[*before].told[s];
    if (history.signals[s].carried == Carried::forward || earlier == later) return earlier;
    if (clock[*before] != clock[next]) {
      return RecordError{gap,
                         {ErrorCode::invalid_input, "",
                          "nothing is told here of what is carried linearly, and the clock is set back "
                          "before it is told again"}};
    }
    const Duration from = history.rows[*before].at;
    const Duration length = history.rows[next].at - from;
    return length > Duration{} ? std::lerp(earlier, later, (history.rows[gap].at - from) / length) : later;
  }

  std::vector<Told> rows_;
};

// Parameters and systems, each kept once.
class InForceTable {
 public:
  InForceTable(const Structure& structure, const History& history, const Person& person, Subject& subject)
      : structure_(structure), history_(history), person_(person), subject_(subject) {}

  // The values of this person where the signals are `told`.
  [[nodiscard]] Result<Values> values(const Told& told, int occasion) const {
    Patient patient = person_.patient;
    std::vector<Override> overrides = person_.overrides;
    for (std::size_t s = 0; s < told.size(); ++s) {
      if (!told[s]) continue;
      const double value = *told[s];
      std::visit(Overloaded{[&](Covariate covariate) { set(patient, covariate, value); },
                            [&](std::size_t parameter) {
                              overrides.push_back({parameter, value});
                            }},
                 history_.signals[s].of);
    }
    auto typical = structure_.typical(patient, overrides);
    if (!typical || !person_.individual) return typical;
    return person_.individual(*typical, occasion);
  }

  Result<InForce> in_force(const Told& told, int occasion) {
    Key key{static_cast<std::uint64_t>(occasion)};
    for (const auto& value : told) {
      key.push_back(value ? 1 : 0);
      add_bits(key, value.value_or(0.0));
    }
    const auto known = by_told_.find(key);
    if (known != by_told_.end()) return known->second;
    auto individual = values(told, occasion);
    if (!individual) return individual.error();
    auto system = structure_.system(*individual);
    if (!system) return system.error();
    const InForce added{add(*std::move(system)), add(*std::move(individual))};
    by_told_.emplace(std::move(key), added);
    return added;
  }

  std::size_t add(Values values) {
    Key key;
    for (const double value : values) add_bits(key, value);
    return add(by_values_, std::move(key), subject_.values, std::move(values));
  }

  std::size_t add(LinearSystem system) {
    Key key;
    for (const double rate : system.rates.reshaped()) add_bits(key, rate);
    for (const auto& output : system.outputs) add_bits(key, output.volume.canonical());
    return add(by_system_, std::move(key), subject_.systems, std::move(system));
  }

 private:
  static void set(Patient& patient, Covariate covariate, double value) {
    switch (covariate) {
      case Covariate::weight:
        patient.weight = value * units::kg;
        return;
      case Covariate::age:
        patient.age_years = value;
        return;
      case Covariate::asian:
        patient.asian = value == 1.0;
        return;
      case Covariate::japanese:
        patient.japanese = value == 1.0;
        return;
    }
  }

  template <class T>
  static std::size_t add(std::map<Key, std::size_t>& index, Key key, std::vector<T>& list, T item) {
    const auto [place, added] = index.emplace(std::move(key), list.size());
    if (added) list.push_back(std::move(item));
    return place->second;
  }

  const Structure& structure_;
  const History& history_;
  const Person& person_;
  Subject& subject_;
  std::map<Key, InForce> by_told_;
  std::map<Key, std::size_t> by_values_;
  std::map<Key, std::size_t> by_system_;
};

class Maker {
 public:
  Maker(const Structure& structure, const History& history, const Person& person, Filled filled)
      : structure_(structure),
        history_(history),
        filled_(std::move(filled)),
        table_(structure, history, person, subject_) {}

  Result<Subject, RecordError> make() {
    for (std::size_t row = 0; row < history_.rows.size(); ++row) {
      if (auto fault = add_record(row)) return *std::move(fault);
      if (history_.rows[row].dose.form == DoseForm::modelled_rate)
        modelled_rates_.insert(history_.rows[row].dose.route);
    }
    if (!varying_.empty()) {
      if (auto fault = divide_varying()) return *std::move(fault);
    }
    return std::move(subject_);
  }

 private:
  Fault add_record(std::size_t row) {
    const Row& told = history_.rows[row];
    auto in_force = table_.in_force(filled_[row], told.occasion);
    if (!in_force) return RecordError{row, in_force.error()};
    subject_.records.push_back({told.at, told.kind, told.dose, *in_force, {}});
    const bool passes = row > 0 && !resets(told) && history_.rows[row - 1].at < told.at;
    if (!passes) return std::nullopt;
    if (varies(row)) {
      varying_.push_back(row);
      return check_modelled_rates(row);
    }
    auto between = table_.in_force(at(row, told.at.in(units::h)), told.occasion);
    if (!between) return RecordError{row, between.error()};
    if (!(*between == *in_force)) subject_.records.back().before = {{told.at, *between}};
    return std::nullopt;
  }

  // An infusion whose rate changes all the time is none that a timeline can hold.
  [[nodiscard]] Fault check_modelled_rates(std::size_t row) const {
    for (const std::size_t route : modelled_rates_) {
      const auto early = entries(route, row, history_.rows[row - 1].at.in(units::h));
      if (!early) return RecordError{row, early.error()};
      const auto late = entries(route, row, history_.rows[row].at.in(units::h));
      if (!late) return RecordError{row, late.error()};
      for (std::size_t path = 0; path < early->size(); ++path) {
        if ((*early)[path].modelled_rate == (*late)[path].modelled_rate) continue;
        return RecordError{row,
                           {ErrorCode::invalid_input, "",
                            "the rate of an infusion (RATE -1) would change all the time here: carry what it "
                            "depends on backward or forward"}};
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] Result<std::vector<Entry>> entries(std::size_t route, std::size_t row, double time_h) const {
    const auto values = table_.values(at(row, time_h), history_.rows[row].occasion);
    if (!values) return values.error();
    return structure_.entries(route, *values);
  }

  // Whether a signal changes on the way to `row`.
  [[nodiscard]] bool varies(std::size_t row) const {
    for (std::size_t s = 0; s < history_.signals.size(); ++s) {
      if (history_.signals[s].carried == Carried::linear && filled_[row - 1][s] != filled_[row][s])
        return true;
    }
    return false;
  }

  // What is told on the way from the row before to `row`.
  [[nodiscard]] Told at(std::size_t row, double time_h) const {
    const Told& earlier = filled_[row - 1];
    Told told = filled_[row];
    const double from_h = history_.rows[row - 1].at.in(units::h);
    const double to_h = history_.rows[row].at.in(units::h);
    for (std::size_t s = 0; s < told.size(); ++s) {
      if (history_.signals[s].carried == Carried::forward) told[s] = earlier[s];
      if (history_.signals[s].carried == Carried::linear && told[s])
        told[s] = std::lerp(*earlier[s], *told[s], (time_h - from_h) / (to_h - from_h));
    }
    return told;
  }

  // The pieces of a varying system must not reach across a change of its input, and how long a dose lasts
  // is decided by the values of the very moment at which it arrives. So stretches end where a dose arrives,
  // and then where it ends: each is known once those before it are.
  Fault divide_varying() {
    for (int pass = 0; pass < 2; ++pass) {
      for (const std::size_t row : varying_) {
        if (auto fault = divide(row, &Maker::coarse)) return fault;
      }
      if (auto fault = find_changes()) return fault;
    }
    for (const std::size_t row : varying_) {
      if (auto fault = divide(row, &Maker::fine)) return fault;
    }
    return std::nullopt;
  }

  Fault find_changes() {
    const auto timeline = schedule(structure_, subject_);
    if (!timeline) return timeline.error();
    std::size_t row = 0;
    for (const TimedEvent& event : timeline->events) {
      if (std::holds_alternative<ReadOut>(event.change)) ++row;
      const bool changes =
          std::holds_alternative<AddAmount>(event.change) || std::holds_alternative<AddRate>(event.change);
      if (changes && row < history_.rows.size()) breaks_[row].push_back(event.at_h);
    }
    return std::nullopt;
  }

  using Stretches = std::vector<Stretch>;
  using Divide = Fault (Maker::*)(std::size_t row, double from_h, double to_h, Stretches& found);

  Fault divide(std::size_t row, Divide how) {
    const double end_h = history_.rows[row].at.in(units::h);
    double from_h = history_.rows[row - 1].at.in(units::h);
    std::vector<double>& breaks = breaks_[row];
    std::ranges::sort(breaks);
    Stretches found;
    for (const double to_h : breaks) {
      if (!(from_h < to_h && to_h < end_h)) continue;
      if (auto fault = (this->*how)(row, from_h, to_h, found)) return fault;
      from_h = to_h;
    }
    if (auto fault = (this->*how)(row, from_h, end_h, found)) return fault;
    subject_.records[row].before = std::move(found);
    return std::nullopt;
  }

  Fault coarse(std::size_t row, double, double to_h, Stretches& found) {
    auto in_force = table_.in_force(at(row, to_h), history_.rows[row].occasion);
    if (!in_force) return RecordError{row, in_force.error()};
    found.push_back({to_h * units::h, *in_force});
    return std::nullopt;
  }

  struct Moment {
    Values values;
    LinearSystem system;
  };
  [[nodiscard]] Result<Moment> moment(std::size_t row, double time_h) const {
    auto values = table_.values(at(row, time_h), history_.rows[row].occasion);
    if (!values) return values.error();
    auto system = structure_.system(*values);
    if (!system) return system.error();
    return Moment{*std::move(values), *std::move(system)};
  }

  // The values of a stretch are those of its end, where things happen; volumes too.
  Fault fine(std::size_t row, double from_h, double to_h, Stretches& found) {
    const RatesAt rates_at = [&](double time_h) -> Result<Eigen::MatrixXd> {
      auto there = moment(row, time_h);
      if (!there) return there.error();
      return std::move(there->system.rates);
    };
    auto steps = constant_steps(rates_at, from_h, to_h);
    if (!steps) return RecordError{row, steps.error()};
    for (ConstantStep& step : *steps) {
      auto end = moment(row, step.until_h);
      if (!end) return RecordError{row, end.error()};
      end->system.rates = std::move(step.rates);
      end->system.modal = modal_form(end->system.rates);
      const InForce in_force{table_.add(std::move(end->system)), table_.add(std::move(end->values))};
      found.push_back({step.until_h * units::h, in_force});
    }
    return std::nullopt;
  }

  const Structure& structure_;
  const History& history_;
  Filled filled_;
  Subject subject_;
  InForceTable table_;
  std::set<std::size_t> modelled_rates_;               // routes of the doses so far that have one
  std::vector<std::size_t> varying_;                   // rows that a changing system leads to
  std::map<std::size_t, std::vector<double>> breaks_;  // on the way to a row, hours
};

}  // namespace

Result<Subject, RecordError> make_subject(const Structure& structure, const History& history,
                                          const Person& person) {
  auto filled = Filled::make(history);
  if (!filled) return filled.error();
  return Maker{structure, history, person, *std::move(filled)}.make();
}

std::vector<Row> merged(std::span<const TimedDose> doses, std::span<const Duration> observed) {
  std::vector<Row> rows;
  rows.reserve(doses.size() + observed.size());
  for (const TimedDose& dose : doses) rows.push_back({dose.at, RecordKind::dose, dose.dose});
  for (const Duration at : observed) rows.push_back({at});
  std::ranges::stable_sort(rows, {}, &Row::at);
  return rows;
}

}  // namespace evenkeel::pkpd
