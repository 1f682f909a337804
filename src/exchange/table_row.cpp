#include "exchange/table_row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace evenkeel::exchange {
namespace {

using pkpd::DoseForm;
using pkpd::DoseSpec;
using pkpd::RecordKind;

constexpr double most_additional = 1e5;  // as the scheduler
constexpr double largest = 1e12;         // of any number; what lies beyond cannot be meant

std::string_view kind_words(int evid) {
  constexpr std::string_view words[] = {"an observation (EVID 0)", "a dose (EVID 1)",
                                        "another event (EVID 2)", "a reset (EVID 3)",
                                        "a reset and dose (EVID 4)"};
  return words[evid];
}

// Reads the fields of one row; the first fault is kept, and what is read after it is not used.
class Cells {
 public:
  Cells(const Columns& columns, const Fields& fields) : columns_(columns), fields_(fields) {}

  [[nodiscard]] std::string_view text(Item item) const {
    const auto column = columns_.of(item);
    return column ? fields_[*column] : std::string_view{};
  }
  [[nodiscard]] bool given(Item item) const { return !is_missing(text(item)); }

  double number(Item item, double low, double high, double missing = 0.0) {
    if (!given(item)) return missing;
    return number_at(*columns_.of(item), low, high).value_or(missing);
  }

  int whole(Item item, double low, double high, int missing = 0) {
    const double value = number(item, low, high, missing);
    if (value == std::trunc(value)) return static_cast<int>(value);
    fault(item,
          fmt::format("'{}' where a whole number from {} to {} is allowed", shown(text(item)), low, high));
    return missing;
  }

  // None where the column tells nothing.
  std::optional<double> number_at(std::size_t column, double low, double high) {
    const std::string_view written = fields_[column];
    if (is_missing(written)) return std::nullopt;
    const auto value = number_in(written);
    if (!value) {
      fault_at(column, fmt::format("'{}' is not a number", shown(written)));
      return std::nullopt;
    }
    if (low <= *value && *value <= high) return value;
    fault_at(column, fmt::format("{} is outside {} to {}", shown(written), low, high));
    return std::nullopt;
  }

  void fault(Item item, std::string what) {
    if (!first_) first_ = RowFault{columns_.of(item), std::move(what)};
  }
  void fault_at(std::size_t column, std::string what) {
    if (!first_) first_ = RowFault{column, std::move(what)};
  }
  [[nodiscard]] const std::optional<RowFault>& first() const { return first_; }

 private:
  const Columns& columns_;
  const Fields& fields_;
  std::optional<RowFault> first_;
};

struct Numbers {
  double amt = 0.0;
  double rate = 0.0;
  double ii_h = 0.0;
  int addl = 0;
  int ss = 0;
};

Numbers numbers_of(Cells& cells) {
  Numbers found;
  found.amt = cells.number(Item::amt, 0.0, largest);
  found.rate = cells.number(Item::rate, -2.0, largest);
  if (found.rate < 0.0 && found.rate != -1.0 && found.rate != -2.0)
    cells.fault(Item::rate,
                fmt::format("{}; allowed: 0, above 0, -1 (the model's rate) or -2 (the model's duration)",
                            shown(cells.text(Item::rate))));
  if (cells.given(Item::ii)) {
    const auto hours = hours_in(cells.text(Item::ii));
    if (!hours) {
      cells.fault(Item::ii, hours.error().what);
    } else if (!(*hours >= 0.0 && *hours <= largest)) {
      cells.fault(Item::ii, fmt::format("an interval of {}", shown(cells.text(Item::ii))));
    } else {
      found.ii_h = *hours;
    }
  }
  found.addl = cells.whole(Item::addl, 0.0, most_additional);
  found.ss = cells.whole(Item::ss, 0.0, 2.0);
  return found;
}

// What only a dose may have.
void check_no_dose(Cells& cells, const Numbers& numbers, int evid) {
  const auto check = [&](Item item, bool zero) {
    if (!zero)
      cells.fault(item, fmt::format("{} in the row of {}, where it must be 0 or missing",
                                    shown(cells.text(item)), kind_words(evid)));
  };
  check(Item::amt, numbers.amt == 0.0);
  check(Item::rate, numbers.rate == 0.0);
  check(Item::addl, numbers.addl == 0);
  check(Item::ii, numbers.ii_h == 0.0);
  check(Item::ss, numbers.ss == 0);
}

void check_dose(Cells& cells, const Numbers& numbers) {
  if (numbers.amt == 0.0 && numbers.ss == 0)
    cells.fault(Item::amt,
                "a dose of nothing: above 0 is allowed, or 0 with SS and a RATE (an infusion since "
                "ever, which ends)");
  if (numbers.amt == 0.0) {
    if (numbers.rate == 0.0 || numbers.rate == -2.0)
      cells.fault(Item::rate,
                  "a steady state without an amount is an infusion and needs a RATE: above 0 or -1");
    if (numbers.ii_h != 0.0) cells.fault(Item::ii, "an infusion since ever has no interval: 0 or missing");
    if (numbers.addl != 0)
      cells.fault(Item::addl, "an infusion since ever has no additional doses: 0 or missing");
    return;
  }
  if (numbers.ii_h == 0.0 && numbers.addl > 0)
    cells.fault(Item::ii,
                fmt::format("no interval for {} additional doses: above 0 is needed", numbers.addl));
  if (numbers.ii_h == 0.0 && numbers.ss > 0)
    cells.fault(Item::ii, "no interval for a steady state: above 0 is needed");
  if (numbers.ii_h != 0.0 && numbers.addl == 0 && numbers.ss == 0)
    cells.fault(Item::ii, fmt::format("an interval of {} without ADDL and SS means nothing",
                                      shown(cells.text(Item::ii))));
}

DoseSpec dose_of(const Numbers& numbers, std::size_t route) {
  DoseSpec dose;
  dose.route = route;
  dose.amount = numbers.amt * units::mg;
  dose.form = numbers.rate == 0.0    ? DoseForm::at_once
              : numbers.rate == -1.0 ? DoseForm::modelled_rate
              : numbers.rate == -2.0 ? DoseForm::modelled_duration
                                     : DoseForm::at_rate;
  if (dose.form == DoseForm::at_rate) dose.rate = numbers.rate * (units::mg / units::h);
  dose.additional = numbers.addl;
  dose.interval = numbers.ii_h * units::h;
  dose.steady = static_cast<pkpd::SteadyState>(numbers.ss);
  return dose;
}

// CMT: the number of a route, or its id; 0 where none is given.
int compartment_of(Cells& cells, const pkpd::Structure& structure, bool dose) {
  const std::string_view written = cells.text(Item::cmt);
  if (!cells.given(Item::cmt)) return 0;
  if (const auto route = structure.route(written)) return static_cast<int>(*route) + 1;
  const auto& model = structure.model();
  const std::size_t routes = model.routes.size();
  const auto highest = static_cast<double>(dose ? routes : std::max(routes, model.compartments.size()));
  const auto number = number_in(written);
  if (number && *number == std::trunc(*number) && 0.0 <= *number && *number <= highest)
    return static_cast<int>(*number);
  std::string ids;
  for (std::size_t i = 0; i < routes; ++i)
    ids += fmt::format("{}{} {}", i == 0 ? "" : ", ", i + 1, model.routes[i].id);
  cells.fault(Item::cmt, fmt::format("'{}'; allowed: 0 to {} (routes: {})", shown(written), highest, ids));
  return 0;
}

struct Range {
  double low;
  double high;
};

// Bounds of what can be a human's; a model is stricter.
Range range_of(const pkpd::Signal& signal) {
  const auto* covariate = std::get_if<pkpd::Covariate>(&signal.of);
  if (covariate == nullptr) return {0.0, largest};
  if (*covariate == pkpd::Covariate::weight) return {0.3, 650.0};
  return *covariate == pkpd::Covariate::age ? Range{0.0, 130.0} : Range{0.0, 1.0};
}

void read_signals(Cells& cells, const Columns& columns, pkpd::Row& row) {
  for (std::size_t s = 0; s < columns.signals.size(); ++s) {
    const auto range = range_of(columns.signals[s]);
    const auto value = cells.number_at(columns.signal_columns[s], range.low, range.high);
    if (value && range.high == 1.0 && *value != 0.0 && *value != 1.0)
      cells.fault_at(columns.signal_columns[s], fmt::format("{}; allowed: 0 or 1", *value));
    row.told.push_back(value);
  }
}

}  // namespace

bool RowReader::resets(const Fields& fields) const {
  const auto column = columns_->of(Item::evid);
  const auto evid = column ? number_in(fields[*column]) : std::nullopt;
  return evid == 3.0 || evid == 4.0;
}

Result<ReadRow, RowFault> RowReader::read(const Fields& fields, Duration time) const {
  Cells cells{*columns_, fields};
  const Numbers numbers = numbers_of(cells);
  const int mdv = cells.whole(Item::mdv, 0.0, 1.0, -1);
  const bool is_dose = numbers.amt != 0.0 || numbers.rate != 0.0 || numbers.ss != 0;
  const int derived = is_dose ? 1 : mdv == 1 && !columns_->of(Item::evid) ? 2 : 0;
  const int evid = cells.whole(Item::evid, 0.0, 4.0, derived);
  const bool doses = evid == 1 || evid == 4;
  ReadRow read;
  read.row.at = time;
  read.row.kind = static_cast<RecordKind>(evid);
  read.table.compartment = compartment_of(cells, *structure_, doses);
  if (doses) {
    check_dose(cells, numbers);
    read.table.compartment = std::max(read.table.compartment, 1);
    read.row.dose = dose_of(numbers, static_cast<std::size_t>(read.table.compartment - 1));
  } else {
    check_no_dose(cells, numbers, evid);
  }
  if (columns_->of(Item::occ)) {
    if (!cells.given(Item::occ)) cells.fault(Item::occ, "no occasion: a whole number is needed in every row");
    read.row.occasion = cells.whole(Item::occ, 0.0, 1e6);
  }
  if (const auto column = columns_->of(Item::dv)) read.table.dv = cells.number_at(*column, -largest, largest);
  read.table.no_observation = mdv == 1 || evid != 0 || !read.table.dv;
  read_signals(cells, *columns_, read.row);
  if (cells.first()) return *cells.first();
  return read;
}

}  // namespace evenkeel::exchange
