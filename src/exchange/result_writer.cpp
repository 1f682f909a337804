#include "exchange/result_writer.hpp"

#include <algorithm>

#include "exchange/csv_line.hpp"

namespace evenkeel::exchange {
namespace {

constexpr std::size_t long_enough = 1U << 16U;

void numbers(CsvLine& line, double time_h, std::span<const double> values) {
  line.number(time_h);
  for (const double value : values) line.number(value);
  line.end();
}

}  // namespace

ResultColumn column_of(const pkpd::Output& output) {
  if (output.moiety == pkpd::Moiety::unspecified) return {output.id, 1.0};
  ResultColumn column{output.id + "_ng_mL", 1000.0};
  std::ranges::replace(column.name, '-', '_');
  return column;
}

ResultWriter::ResultWriter(std::ostream& out, std::span<const std::string> heading) : out_(&out) {
  CsvLine line{text_};
  for (const auto& name : heading) line.text(name);
  line.end();
}

void ResultWriter::row(std::string_view id, double time_h, std::span<const double> values) {
  CsvLine line{text_};
  line.text(id);
  numbers(line, time_h, values);
  if (text_.size() >= long_enough) flush();
}

void ResultWriter::row(std::string_view id, double time_h, std::span<const double> values,
                       std::span<const std::optional<double>> further) {
  CsvLine line{text_};
  line.text(id);
  line.number(time_h);
  for (const double value : values) line.number(value);
  for (const auto& value : further) line.number(value);
  line.end();
  if (text_.size() >= long_enough) flush();
}

void ResultWriter::row(double time_h, std::span<const double> values) {
  CsvLine line{text_};
  numbers(line, time_h, values);
  if (text_.size() >= long_enough) flush();
}

void ResultWriter::flush() {
  *out_ << text_;
  text_.clear();
}

}  // namespace evenkeel::exchange
