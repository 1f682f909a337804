#include "apps/evenkeel/plan_command.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "apps/evenkeel/plan_options.hpp"
#include "apps/evenkeel/record_input.hpp"
#include "assess/assess.hpp"
#include "report/dose_report.hpp"

namespace evenkeel::app {
namespace {

std::string rendered(const assess::Assessment& assessment, const PlanOptions& options) {
  if (options.record.format == "json") return report::dose_json(assessment);
  if (options.record.format == "html") return report::dose_page(assessment);
  return report::dose_text(assessment, {wants_colour(options.record.colour, options.record.output)});
}

// 4 where no advice is possible or nothing passes the limits: the answer is written all the same, with what
// is missing.
Status judgement(const assess::Assessment& assessment) {
  if (!assessment.set_aside.empty()) return bad_input;
  if (!assessment.next_dose) return outside_domain;
  const auto* advice = std::get_if<plan::Advice>(&assessment.next_dose->answer.outcome);
  return advice != nullptr && !advice->ranked.empty() ? done : outside_domain;
}

Status plan_record(const PlanOptions& options) {
  auto next = next_dose_options(options);
  if (!next) {
    complain(next.error());
    return wrong_usage;
  }
  auto site = site_or_complain(options.site);
  if (!site) return site.error();
  next->site = *std::move(site);
  const auto input = record_input(options.record, options.models);
  if (!input) return input.error();
  const auto& [now, library, reading] = *input;
  const auto assessment =
      assess::assess({reading.record, library, now, {}, reading.set_aside, *std::move(next)});
  const Status written = write_out(rendered(assessment, options), options.record.output);
  return written != done ? written : judgement(assessment);
}

constexpr const char* plan_examples = R"(Examples:
  evenkeel plan record.jsonl --site examples/site.json
  evenkeel plan record.jsonl --site site.json --start 2026-10-23T09:00:00Z \
      --peak "60 to 250 ng/mL arterial racemic-ketamine, 80 %"
  evenkeel plan record.jsonl --site site.json --interaction clarithromycin
  evenkeel plan record.jsonl --site site.json --format html -o dose.html

Candidates for a clinician to weigh: no dose is ordered, no pump is controlled,
and no dose is ever planned for home. Without what must be known, or with what
is too old or contradicts itself, there is no advice, and the list says why.

Exit status: 0 candidates; 2 wrong usage; 3 the record has faults; 4 no advice
is possible, no candidate is within the limits, or outside a protocol's domain; 5 a file could not be read or
written.)";

void add_questions(CLI::App& command, PlanOptions& options) {
  command
      .add_option("--start", options.start,
                  "When the session is planned, RFC 3339; otherwise when the course says it is due")
      ->option_text("T");
  command.add_flag("--giving", options.giving, "On the day itself: blood pressure must be of that day");
  command
      .add_option("--peak", options.peaks,
                  "Aim: the highest concentration lies in a range, with a probability; may be given again")
      ->option_text("AIM");
  command
      .add_option("--effect-below", options.effects,
                  "Aim: an effect stays at or below a limit, with a probability; may be given again")
      ->option_text("AIM");
  command
      .add_option("--doses", options.doses,
                  "Candidates, mg/kg: from:to:step; otherwise, with an aim, 0.1 to the plan's by 0.05, "
                  "without, the plan's")
      ->option_text("F:T:S");
  command.add_option("--lengths", options.lengths, "Of the infusion, min: 40 or 40,60; otherwise the plan's")
      ->option_text("L,L");
  command
      .add_option("--interaction", options.interactions,
                  "What if this medicine is taken beside it (content/interactions); may be given again")
      ->option_text("ID");
  command.add_option("--model", options.models, "Ask this model only; may be given again")->option_text("ID");
  command
      .add_option("--assumed-error", options.assumed_error_percent,
                  "Scatter of assays to assume where a model states none, % of the value")
      ->check(CLI::Range(1.0, 100.0))
      ->option_text("PERCENT");
  command.add_option("--seed", options.seed, "Of the draws; the same seed gives the same answer")
      ->option_text("S");
}

}  // namespace

void add_plan(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<PlanOptions>();
  CLI::App* command =
      program.add_subcommand("plan", "Candidates for the next dose, each with its bands, limits and reasons");
  add_record_options(*command, options->record);
  command->add_option("--site", options->site, "The clinic's limits, syringe and pump (docs/site-format.md)")
      ->required()
      ->option_text("FILE");
  add_questions(*command, *options);
  command->footer(plan_examples);
  command->callback([options, &run] { run = [options] { return plan_record(*options); }; });
}

}  // namespace evenkeel::app
