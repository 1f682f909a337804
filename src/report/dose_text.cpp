#include <fmt/format.h>

#include <algorithm>

#include "plan/amount.hpp"
#include "report/dose_parts.hpp"
#include "report/dose_report.hpp"
#include "report/levels.hpp"

namespace evenkeel::report {
namespace {

constexpr std::size_t most_detailed = 3;  // candidates with all their reasons

void no_advice(Page& page, const plan::NoAdvice& none) {
  page.heading("NO ADVICE, BECAUSE");
  for (const plan::Gap& gap : none.reasons) page.item("  ! ", gap.sentence(), 4, Tone::danger);
}

std::string aims_met(const plan::Candidate& c) {
  const auto met = std::ranges::count_if(c.aims, &plan::AimJudgement::met);
  return fmt::format("{} of {}", met, c.aims.size());
}

void candidate_table(Page& page, const plan::Advice& advice) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < advice.ranked.size(); ++i) {
    const plan::Candidate& c = advice.ranked[i];
    rows.push_back({fmt::format("{}", i + 1), plan::short_text(c.delivered.mg),
                    fmt::format("{:.2f}", c.per_kg.in(units::mg / units::kg)),
                    plan::short_text(c.delivered.mL), plan::short_text(c.delivered.minutes), rate_words(c),
                    aims_met(c), fmt::format("{:.0f} %", 100.0 * c.limits[c.nearest].used)});
  }
  page.table({{""}, {"mg"}, {"mg/kg"}, {"mL"}, {"min"}, {"rate"}, {"aims met"}, {"of a limit"}}, rows);
}

void detail(Page& page, const plan::DoseAnswer& answer, const plan::Candidate& c, std::size_t place) {
  page.item(fmt::format("  {}. ", place), dose_words(c) + ", " + rate_words(c), 5, Tone::strong);
  page.item("     ", c.why, 5);
  for (const plan::AimJudgement& aim : c.aims) page.item("     - ", aim.text, 7);
  for (const plan::ModelPrediction& p : c.predictions) {
    page.item("     ",
              fmt::format("{}: highest {} ng/mL ({})", answer.models[p.model].model, peak_words(p),
                          basis_words(answer.models[p.model].basis)),
              7);
  }
  page.item("     ", "Nearest limit: " + c.limits[c.nearest].sentence(), 7);
  if (c.rise)
    page.item("   ! ", "A rise: its recorded reason and both points of the response were found.", 5,
              Tone::warning);
  if (c.second_signature) page.item("   ! ", "Two clinicians sign for this dose.", 5, Tone::warning);
  if (c.step_up_monitoring)
    page.item("   ! ", "Above the low-dose band: monitoring steps up.", 5, Tone::warning);
}

void advice_part(Page& page, const plan::DoseAnswer& answer, const plan::Advice& advice) {
  page.heading("CANDIDATES, THE FIRST RANKED FIRST");
  for (const std::string& aim : answer.aims) page.item("  Aim: ", aim, 4);
  if (advice.ranked.empty()) {
    page.item("  ! ", "Every candidate was refused; below is why.", 4, Tone::warning);
  } else {
    candidate_table(page, advice);
    for (std::size_t i = 0; i < std::min(advice.ranked.size(), most_detailed); ++i)
      detail(page, answer, advice.ranked[i], i + 1);
  }
  if (advice.refused.empty()) return;
  page.heading("REFUSED");
  for (const std::string& why : refusal_sentences(advice.refused)) page.item("  - ", why, 4, Tone::warning);
}

void limits_part(Page& page, const assess::NextDose& next) {
  page.heading("LIMITS THAT BIND");
  for (const plan::Limit& limit : next.limits) page.item("  - ", limit_sentence(limit), 4);
}

void what_if_part(Page& page, const assess::NextDose& next) {
  page.heading("WHAT IF");
  if (!next.what_if) {
    page.item("  ", next.no_what_if_because, 2);
    return;
  }
  for (const plan::WhatIfRow& row : next.what_if->rows) {
    page.item("  ", row.words, 4, Tone::strong);
    if (row.refused) page.item("    ! ", row.refused->why, 6, Tone::warning);
    for (const auto& over : row.over_models) {
      page.item("    ",
                fmt::format("{} {}, {} model(s): highest {} to {} ng/mL; middles {} to {}",
                            pkpd::site_text(over.of.site), pkpd::moiety_text(over.of.moiety),
                            over.models.size(), level_text(over.peak.low), level_text(over.peak.high),
                            level_text(over.middle_peak.low()), level_text(over.middle_peak.high())),
                6);
    }
    for (const std::string& condition : row.conditions) page.item("    - ", condition, 6);
  }
  page.item(
      "  ",
      "Ranges run from the lowest 5 % to the highest 95 % over the models that read the same drug at the "
      "same site: models differ, so there is no one number.",
      2, Tone::quiet);
}

void how_part(Page& page, const assess::NextDose& next) {
  page.heading("HOW THIS WAS MADE");
  for (const std::string& note : next.notes) page.item("  - ", note, 4);
  for (const auto& model : next.not_asked)
    page.item("  - ", fmt::format("not asked: {}: {}", model.model, model.why), 4);
  for (const std::string& step : next.answer.workings) page.item("  - ", step, 4, Tone::quiet);
  for (const plan::ModelUsed& model : next.answer.models) {
    page.item("  * ",
              fmt::format("{} has {} known defects and open questions: evenkeel content show {}, or the page "
                          "(--format html), names them.",
                          model.model, model.caveats.size(), model.model),
              4, Tone::quiet);
  }
  std::string versions;
  for (const auto& [id, version] : next.answer.versions)
    versions += (versions.empty() ? "" : ", ") + id + " " + version;
  page.item("  ", fmt::format("Seed {}. Versions: {}.", next.answer.seed, versions), 2, Tone::quiet);
}

}  // namespace

void put_next_dose(Page& page, const assess::NextDose& next) {
  page.heading(fmt::format("NEXT DOSE, FOR {} UTC", moment_text(next.start.to_string())));
  page.item("  ", "Candidates for a clinician to weigh; no dose is ordered by this.", 2);
  if (const auto* none = std::get_if<plan::NoAdvice>(&next.answer.outcome)) no_advice(page, *none);
  if (const auto* advice = std::get_if<plan::Advice>(&next.answer.outcome))
    advice_part(page, next.answer, *advice);
  limits_part(page, next);
  what_if_part(page, next);
  if (!next.answer.questions.empty()) page.heading("WHAT A CAREFUL PRESCRIBER WOULD ASK NEXT");
  for (const std::string& question : next.answer.questions) page.item("  ? ", question, 4);
  how_part(page, next);
}

std::string dose_text(const assess::Assessment& a, const TextOptions& options) {
  Page page{options.colour};
  page.line(fmt::format("Evenkeel: patient {}, the next dose, as of {} UTC", shown(a.patient),
                        moment_text(a.now.to_string())),
            Tone::strong);
  page.item("", "Decision support: a clinician decides. No pump is controlled, no dose is given at home.", 0);
  if (a.next_dose)
    put_next_dose(page, *a.next_dose);
  else
    page.item("! ", a.no_next_dose_because, 2, Tone::danger);
  return page.take();
}

}  // namespace evenkeel::report
