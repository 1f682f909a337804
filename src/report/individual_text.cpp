#include <fmt/format.h>

#include <algorithm>

#include "pkpd/moiety.hpp"
#include "report/individual.hpp"
#include "report/individual_parts.hpp"
#include "report/levels.hpp"
#include "report/page.hpp"

namespace evenkeel::report {
namespace {

using assess::AskedModel;
using assess::Individual;
using assess::IndividualAnswer;

void header(const IndividualAnswer& answer, Page& page) {
  page.line(fmt::format("Evenkeel: patient {}, as of {} UTC", shown(answer.patient),
                        moment_text(answer.now.to_string())),
            Tone::strong);
  page.item("",
            "One patient's own parameters, from what was measured. It proposes no dose; a clinician decides.",
            0);
}

void models(const IndividualAnswer& answer, Page& page) {
  page.heading("MODELS ASKED");
  std::vector<std::vector<std::string>> rows;
  for (const AskedModel& asked : answer.models) {
    const auto used = asked.found ? fmt::format("{}", asked.found->measured) : std::string("-");
    const auto left = asked.found ? fmt::format("{}", asked.found->left_out.size()) : std::string("-");
    rows.push_back({asked.id, asked.weight ? fmt::format("{:.0f} %", 100.0 * *asked.weight) : "-", used, left,
                    asked.found && asked.found->measured > 0
                        ? fmt::format("{:.2f}", asked.found->log_likelihood)
                        : "-"});
  }
  page.table({{"model", false}, {"weight"}, {"assays used"}, {"left out"}, {"ln likelihood"}}, rows);
  if (!answer.weighed.empty()) page.item("  ", answer.weighed, 2, Tone::quiet);
  for (const AskedModel& asked : answer.models) {
    if (!asked.remark.empty() && !asked.refused)
      page.item("  - ", fmt::format("{}: {}", asked.id, asked.remark), 4, Tone::quiet);
    if (asked.refused)
      page.item("  ! ", fmt::format("{}: {}", asked.id, to_string(*asked.refused)), 4, Tone::warning);
  }
}

void notes(const Individual& found, Page& page) {
  page.heading("TO BE SAID WITH IT");
  for (const auto& note : found.notes) page.item("  ! ", note, 4, Tone::warning);
  for (const auto& left : found.left_out)
    page.item(
        "  * ",
        fmt::format("{} of {} was left out: {}", left.event, moment_text(left.at.to_string()), left.why), 4);
  for (const auto& caveat : found.model.caveats) page.item("  * ", caveat, 4, Tone::quiet);
  page.item("  ", fmt::format("{:.0f} effective draws, seed {}.", found.effective, found.seed), 2,
            Tone::quiet);
}

}  // namespace

void put_parameters(Page& page, const Individual& found) {
  page.heading("PARAMETERS");
  page.item("  ",
            fmt::format("Under {} {}: {} in {} plasma. {} measurement(s), {} of them below the limit.",
                        found.model.id, found.model.version, pkpd::moiety_text(found.model.moiety),
                        pkpd::site_text(found.model.site), found.measured, found.below),
            2);
  std::vector<std::vector<std::string>> rows;
  for (const auto& own : found.parameters) {
    const auto& e = own.estimate;
    rows.push_back({e.name, own.unit, three_digits(e.typical), range_text(e.population.p5, e.population.p95),
                    three_digits(e.most_likely), range_text(e.posterior.p5, e.posterior.p95),
                    fmt::format("{:+.1f}", e.moved),
                    fmt::format("{:.0f}", 100.0 * (1.0 - std::min(e.shrinkage, 1.0)))});
  }
  page.table({{"", false},
              {"unit", false},
              {"typical"},
              {"population"},
              {"patient"},
              {"5 to 95 %"},
              {"moved"},
              {"told %"}},
             rows);
  page.item(
      "  ",
      "population: 5 to 95 % of patients of this weight and age. patient: the most likely value. moved: how "
      "far from typical, in standard deviations between patients. told: how much of the variance between "
      "patients the measurements took away; 0 is nothing, and the patient's value is then the population's.",
      2, Tone::quiet);
}

void put_bands(Page& page, const Individual& found) {
  for (const auto& session : found.sessions) {
    page.heading(fmt::format("PREDICTED IN SESSION {}, ng/mL", shown(session.session)));
    std::vector<std::vector<std::string>> rows;
    const auto row = [&](const std::string& at, const individual::Percentiles& all,
                         const individual::Percentiles& own) {
      rows.push_back({at, level_text(all.p50), range_text(ng_per_mL(all.p5), ng_per_mL(all.p95)),
                      level_text(own.p50), range_text(ng_per_mL(own.p5), ng_per_mL(own.p95))});
    };
    for (const double at : {10.0, 20.0, 30.0, 40.0, 60.0, 90.0, 120.0, 180.0, 240.0, 360.0}) {
      const auto point = std::ranges::find(session.points, at, &assess::BandPoint::minutes);
      if (point != session.points.end()) row(fmt::format("{:.0f}", at), point->population, point->patient);
    }
    row("highest", session.peak_population, session.peak_patient);
    page.table({{"min", false}, {"population"}, {"5 to 95 %"}, {"this patient"}, {"5 to 95 %"}}, rows);
  }
  page.item("  ",
            "What would be in the sample, without the scatter of assays. The ranges hold the spread between "
            "patients "
            "that the model states, not what is unknown of the model itself.",
            2, Tone::quiet);
}

std::string individual_text(const IndividualAnswer& answer, const TextOptions& options) {
  Page page{options.colour};
  header(answer, page);
  models(answer, page);
  if (!answer.models.empty() && answer.models.front().found) {
    const Individual& found = *answer.models.front().found;
    put_parameters(page, found);
    put_measurements(page, found);
    put_bands(page, found);
    notes(found, page);
  }
  return page.take();
}

}  // namespace evenkeel::report
