// Results as the field's tools print them: comma-separated, a heading, a row for each record or moment.
//
//   ID,TIME,ketamine_arterial_ng_mL          of subjects
//   TIME,ketamine_arterial_ng_mL_p5,...      of percentiles over subjects
//
// TIME is in hours; a concentration's name ends with its unit, but for the general models, which keep the
// units of their table. Numbers have every digit.
#pragma once

#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pkpd/model.hpp"

namespace evenkeel::exchange {

struct ResultColumn {
  std::string name;
  double of_mg_L = 1.0;  // what one mg/L is in the column's unit
};
[[nodiscard]] ResultColumn column_of(const pkpd::Output& output);

class ResultWriter {
 public:
  // Writes the heading. The stream must outlive the writer; whether it took it all is the caller's to check.
  ResultWriter(std::ostream& out, std::span<const std::string> heading);
  ~ResultWriter() { flush(); }
  ResultWriter(const ResultWriter&) = delete;
  ResultWriter& operator=(const ResultWriter&) = delete;

  void row(std::string_view id, double time_h, std::span<const double> values);
  // `further`: columns that may have no value.
  void row(std::string_view id, double time_h, std::span<const double> values,
           std::span<const std::optional<double>> further);
  void row(double time_h, std::span<const double> values);
  void flush();

 private:
  std::ostream* out_;
  std::string text_;  // written when it is long enough
};

}  // namespace evenkeel::exchange
