#include <fmt/format.h>

#include <algorithm>

#include "report/individual_parts.hpp"
#include "report/levels.hpp"

namespace evenkeel::report {
namespace {

using assess::Individual;
using assess::MeasurementView;

std::string expected(const MeasurementView& m) {
  return range_text(ng_per_mL(m.fit.posterior.p5), ng_per_mL(m.fit.posterior.p95));
}

std::string verdict(const MeasurementView& m) {
  if (!m.used) return "set aside";
  return m.fit.outlier ? "outlier" : "fits";
}

std::string residual(const MeasurementView& m) {
  return m.fit.weighted_residual ? fmt::format("{:+.1f}", *m.fit.weighted_residual) : std::string("-");
}

std::string when(const assess::NextSampleView::At& at) {
  std::string words = fmt::format("{} UTC, {}: the standard deviation falls by {:.0f} % ({:.2f} bit)",
                                  moment_text(at.at.to_string()), at.of, at.sd_fall_percent, at.bits);
  if (at.chance_below > 0.01)
    words += fmt::format("; {:.0f} % chance to lie below the limit", 100.0 * at.chance_below);
  return words;
}

}  // namespace

void put_measurements(Page& page, const Individual& found) {
  if (!found.measurements.empty()) {
    page.heading("MEASURED, BESIDE WHAT IS EXPECTED, ng/mL");
    std::vector<std::string> outputs;
    for (const MeasurementView& m : found.measurements) {
      if (std::ranges::find(outputs, m.of) == outputs.end()) outputs.push_back(m.of);
    }
    for (const std::string& output : outputs) {
      std::vector<std::vector<std::string>> rows;
      for (const MeasurementView& m : found.measurements) {
        if (m.of == output)
          rows.push_back({shown(m.event), moment_text(m.at.to_string()), m.seen, level_text(m.fit.individual),
                          expected(m), residual(m), verdict(m)});
      }
      page.line("  " + output);
      page.table({{"event", false},
                  {"drawn (UTC)", false},
                  {"seen"},
                  {"patient"},
                  {"5 to 95 %"},
                  {"SD"},
                  {"", false}},
                 rows);
    }
    page.item("  ", found.fit_words, 2, found.fits ? Tone::plain : Tone::warning);
    for (const std::string& words : found.suspicions) page.item("  ! ", words, 4, Tone::warning);
    page.item("  ",
              "5 to 95 %: of a reading, with the scatter of assays. SD: how far what was seen is from the "
              "patient's "
              "curve, in standard deviations of a reading. Nothing is changed: a person looks at the record, "
              "the tube "
              "and the laboratory's report.",
              2, Tone::quiet);
  }
  if (!found.next_sample && found.no_next_sample_because.empty()) return;
  page.heading("WHEN TO DRAW NEXT");
  if (!found.next_sample) {
    page.item("  ! ", found.no_next_sample_because, 4, Tone::warning);
    return;
  }
  page.item("  ", fmt::format("To tell {}: {}", found.next_sample->target, found.next_sample->words), 2);
  for (const auto& at : found.next_sample->ranked) page.item("  - ", when(at), 4);
}

Html measurements_html(const Individual& found) {
  Html out;
  if (!found.measurements.empty()) {
    Table table{"Each measurement beside what is expected of it",
                {{"Event"},
                 {"Drawn"},
                 {"Output"},
                 {"Seen", true},
                 {"Typical patient, ng/mL", true},
                 {"This patient, ng/mL", true},
                 {"5 to 95 % of a reading", true},
                 {"SD", true},
                 {"Fits?"}}};
    for (const MeasurementView& m : found.measurements) {
      table.row({html("<code>{}</code>", m.event), moment(m.at), m.of, m.seen, level_text(m.fit.population),
                 level_text(m.fit.individual), expected(m), residual(m), verdict(m)});
    }
    std::vector<Html> suspicions;
    for (const std::string& words : found.suspicions) suspicions.push_back(html("{}", words));
    out += table.finish() + html("<p>{}</p>\n", found.fit_words);
    if (!suspicions.empty()) out += bullet_list(suspicions, "refusal");
    out += Html{
        "<p class=\"fine\">SD: how far what was seen is from the patient's curve, in standard deviations of "
        "a "
        "reading. Nothing is changed: a person looks at the record, the tube and the laboratory's "
        "report.</p>\n"};
  }
  if (found.next_sample) {
    std::vector<Html> times;
    for (const auto& at : found.next_sample->ranked) times.push_back(html("{}", when(at)));
    out += html("<h3>When to draw next, to tell {}</h3>\n<p>{}</p>\n{}", found.next_sample->target,
                found.next_sample->words, bullet_list(times));
  }
  if (!found.no_next_sample_because.empty())
    out += html("<p class=\"refusal\">No next sample is proposed: {}</p>\n", found.no_next_sample_because);
  return out;
}

}  // namespace evenkeel::report
