#include <fmt/format.h>

#include "report/page.hpp"
#include "report/target_report.hpp"
#include "report/target_words.hpp"

namespace evenkeel::report {
namespace {

void put(Page& page, const TargetTable& table, std::size_t words) {
  std::vector<Page::Column> columns;
  for (std::size_t i = 0; i < table.columns.size(); ++i) columns.push_back({table.columns[i], i >= words});
  page.table(columns, table.rows);
}

}  // namespace

std::string target_text(const TargetReport& report, bool colour) {
  Page page{colour};
  page.item("", target_warning, 2, Tone::danger);
  page.item("",
            fmt::format("Evenkeel: rates that reach and hold {}", report.effect_site.empty()
                                                                      ? "a concentration in plasma"
                                                                      : "a concentration at the effect site"),
            2, Tone::strong);
  page.item("",
            fmt::format("For {}, by {} {} ({}): {}", report.patient, report.model, report.version,
                        report.status, report.title),
            2);
  page.item("", "A prediction for typical values is not a measurement; persons and models differ.", 2);
  page.item("Pump: ", target_pump(report), 6);
  page.item("Pace: ", target_pace(report), 6);
  if (!report.effect_site.empty()) page.item("Effect site: ", report.effect_site, 6);
  page.heading(fmt::format("Targets ({}, ng/mL)", report.output));
  put(page, target_met(report), 2);
  page.heading("What to set (concentrations at the end of each line, ng/mL)");
  put(page, target_rates(report), 2);
  page.blank();
  page.item("", target_use(report), 2, Tone::strong);
  for (const std::string& fact : target_facts(report)) page.item("- ", fact, 2, Tone::warning);
  page.heading("If it stops (minutes until it is so for good)");
  put(page, target_stops(report), 2);
  if (!report.ranges.empty()) {
    page.heading("The same rates in others (ng/mL at the end; 5 to 95 %; highest)");
    put(page, target_ranges(report), 2);
  }
  page.heading("Known defects and open questions");
  for (const std::string& caveat : report.caveats) page.item("- ", caveat, 2);
  return page.take();
}

}  // namespace evenkeel::report
