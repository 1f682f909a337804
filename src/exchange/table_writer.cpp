#include "exchange/table_writer.hpp"

#include <string>

#include "base/expects.hpp"
#include "exchange/csv_line.hpp"

namespace evenkeel::exchange {
namespace {

using pkpd::DoseForm;
using pkpd::RecordKind;

// The column RATE, none for a form that it has no number for.
std::optional<double> rate_of(const pkpd::DoseSpec& dose) {
  switch (dose.form) {
    case DoseForm::at_once:
      return 0.0;
    case DoseForm::at_rate:
      return dose.rate.in(units::mg / units::h);
    case DoseForm::modelled_rate:
      return -1.0;
    case DoseForm::modelled_duration:
      return -2.0;
    case DoseForm::over_duration:
      break;
  }
  return std::nullopt;
}

void heading(std::string& text, const pkpd::History& history, const pkpd::Model& model) {
  CsvLine line{text};
  for (const char* name :
       {"ID", "TIME", "EVID", "AMT", "RATE", "CMT", "ADDL", "II", "SS", "DV", "MDV", "OCC"})
    line.text(name);
  for (const pkpd::Signal& signal : history.signals) line.text(signal_name(signal, model));
  line.end();
}

void row(std::string& text, const std::string& id, const pkpd::Row& row, const TableRow& table) {
  const bool doses = row.kind == RecordKind::dose || row.kind == RecordKind::reset_and_dose;
  const pkpd::DoseSpec dose = doses ? row.dose : pkpd::DoseSpec{};
  CsvLine line{text};
  line.text(id);
  line.number(row.at.in(units::h));
  line.number(static_cast<double>(row.kind));
  line.number(dose.amount.in(units::mg));
  line.number(rate_of(dose));
  line.number(doses ? static_cast<double>(dose.route + 1) : table.compartment);
  line.number(dose.additional);
  line.number(dose.interval.in(units::h));
  line.number(static_cast<double>(dose.steady));
  line.number(table.dv);
  line.number(table.no_observation ? 1.0 : 0.0);
  line.number(row.occasion);
  for (const auto& told : row.told) line.number(told);
  line.end();
}

}  // namespace

std::optional<Error> TableWriter::write(const TableSubject& subject) {
  expects(subject.rows.size() == subject.history.rows.size(), "a table's row for each row");
  std::string text;
  if (!begun_) heading(text, subject.history, structure_->model());
  for (std::size_t i = 0; i < subject.rows.size(); ++i) {
    if (!rate_of(subject.history.rows[i].dose)) {
      return Error{ErrorCode::invalid_input, "",
                   "a dose over a given time has no words in a table: give it at a rate"};
    }
    row(text, subject.id, subject.history.rows[i], subject.rows[i]);
  }
  begun_ = true;
  *out_ << text;
  return std::nullopt;
}

}  // namespace evenkeel::exchange
