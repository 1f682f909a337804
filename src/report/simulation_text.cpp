#include <fmt/format.h>

#include <algorithm>

#include "report/page.hpp"
#include "report/simulation.hpp"

namespace evenkeel::report {
namespace {

constexpr std::size_t most_doses = 12;
constexpr std::size_t most_times = 24;

std::string hours_text(double hours) {
  return span_text(hours * units::h);
}

// "5 %", or nothing where there is one curve.
std::vector<Page::Column> columns_of(std::string first, const std::vector<double>& percentiles) {
  std::vector<Page::Column> columns{{std::move(first), false}};
  if (percentiles.empty()) columns.push_back({"typical"});
  for (const double percent : percentiles) columns.push_back({fmt::format("{:g} %", percent)});
  return columns;
}

// At most so many rows, evenly taken, the last one among them.
std::vector<std::size_t> rows_shown(std::size_t count) {
  std::vector<std::size_t> rows;
  const std::size_t shown = std::min(count, most_times);
  for (std::size_t i = 0; i < shown; ++i) rows.push_back(shown == 1 ? 0 : i * (count - 1) / (shown - 1));
  return rows;
}

void doses(const Simulation& s, Page& page) {
  page.heading("Doses");
  for (std::size_t i = 0; i < std::min(s.doses.size(), most_doses); ++i)
    page.item(fmt::format("  {}: ", hours_text(s.doses[i].at_h)), s.doses[i].words, 6);
  if (s.doses.size() > most_doses) page.line(fmt::format("  and {} more", s.doses.size() - most_doses));
}

void curve(const Simulation& s, const SimulatedCurve& each, Page& page) {
  page.blank();
  page.line(fmt::format("  {}, {}", each.name, each.unit), Tone::strong);
  std::vector<std::vector<std::string>> cells;
  for (const std::size_t row : rows_shown(s.times_h.size())) {
    std::vector<std::string> line{hours_text(s.times_h[row])};
    for (const auto& values : each.values) line.push_back(three_digits(values[row]));
    cells.push_back(std::move(line));
  }
  page.table(columns_of("time", each.percentiles), cells);
  if (s.times_h.size() > most_times)
    page.line(fmt::format("  {} of {} times; all of them with --format csv", most_times, s.times_h.size()),
              Tone::quiet);
}

void quantities(const SimulatedModel& m, Page& page) {
  if (m.quantities.empty()) return;
  page.blank();
  std::vector<std::vector<std::string>> cells;
  for (const auto& each : m.quantities) {
    std::vector<std::string> line{fmt::format("{}: {}, {}", each.output, each.name, each.unit)};
    for (const double value : each.values) line.push_back(three_digits(value));
    cells.push_back(std::move(line));
  }
  page.table(columns_of("read off the curves", m.curves.front().percentiles), cells);
}

}  // namespace

std::string simulation_text(const Simulation& s, bool colour) {
  Page page{colour};
  page.item("", fmt::format("Evenkeel: a simulation{}", s.title.empty() ? "" : ": " + s.title), 2,
            Tone::strong);
  page.item("", s.subjects, 2);
  page.item("", "A prediction is not a measurement; no dose rests on it alone.", 2);
  doses(s, page);
  for (const SimulatedModel& m : s.models) {
    page.heading(fmt::format("{} {} ({})", m.id, m.version, m.status));
    page.item("", m.title, 2);
    page.item("", m.variability, 2);
    for (const auto& each : m.curves) curve(s, each, page);
    quantities(m, page);
    page.blank();
    page.line("  Known defects and open questions", Tone::strong);
    for (const auto& caveat : m.caveats) page.item("  - ", caveat, 4);
  }
  return page.take();
}

}  // namespace evenkeel::report
