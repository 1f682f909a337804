#include "apps/evenkeel/assess_command.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "apps/evenkeel/plan_options.hpp"
#include "apps/evenkeel/record_input.hpp"
#include "assess/assess.hpp"
#include "report/html.hpp"
#include "report/json.hpp"
#include "report/text.hpp"

namespace evenkeel::app {
namespace {

struct AssessOptions {
  RecordOptions record;
  std::string model;
  std::string site;
};

std::string rendered(const assess::Assessment& assessment, const AssessOptions& options) {
  if (options.record.format == "json") return report::to_json(assessment);
  if (options.record.format == "html") return report::to_html(assessment);
  return report::to_text(assessment, {.colour = wants_colour(options.record.colour, options.record.output)});
}

// 3 when something of the record was set aside or contradicts itself, 4 when a model or protocol does
// not cover the patient: the assessment is written all the same.
Status judgement(const assess::Assessment& assessment) {
  if (!assessment.set_aside.empty()) return bad_input;
  if (assessment.exposure.refused) return status_of(assessment.exposure.refused->code);
  Status worst = done;
  for (const auto& session : assessment.exposure.sessions) {
    if (!session.refused) continue;
    const Status status = status_of(session.refused->code);
    if (worst == done || status == bad_input) worst = status;
  }
  return worst;
}

// What was not predicted, for whoever reads only the messages.
void complain_refusals(const assess::Exposure& exposure) {
  if (exposure.refused) complain(*exposure.refused);
  for (const auto& session : exposure.sessions) {
    if (session.refused && !exposure.refused) complain(*session.refused);
  }
}

Status assess_record(const AssessOptions& options) {
  const std::vector<std::string> named(options.model.empty() ? 0 : 1, options.model);
  const auto input = record_input(options.record, named);
  if (!input) return input.error();
  std::optional<assess::NextDoseOptions> next;
  if (!options.site.empty()) {
    auto site = site_or_complain(options.site);
    if (!site) return site.error();
    next.emplace().site = *std::move(site);
  }
  const auto& [now, library, reading] = *input;
  const auto assessment =
      assess::assess({reading.record, library, now, options.model, reading.set_aside, std::move(next)});
  complain_refusals(assessment.exposure);
  const Status written = write_out(rendered(assessment, options), options.record.output);
  return written != done ? written : judgement(assessment);
}

constexpr const char* assess_examples = R"(Examples:
  evenkeel assess examples/steady-course.jsonl
  evenkeel assess record.jsonl --now 2026-10-20T12:00:00Z --format json
  evenkeel assess record.jsonl --format html -o report.html
  evenkeel assess - < record.jsonl
  evenkeel assess record.jsonl --site examples/site.json

Exit status: 0 assessed; 2 wrong usage; 3 the record has faults (what could be read is assessed, the rest
is listed); 4 outside a model's or protocol's domain; 5 a file could not be read or written.)";

}  // namespace

void add_assess(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<AssessOptions>();
  CLI::App* command = program.add_subcommand(
      "assess", "Assess a patient's record: exposure, course, warning signs, what is due");
  add_record_options(*command, options->record);
  command->add_option("--model", options->model, "Use this model instead of the preferred one")
      ->option_text("ID");
  command
      ->add_option(
          "--site", options->site,
          "Hold the plan's next dose against the clinic's limits, syringe and pump (docs/site-format.md)")
      ->option_text("FILE");
  command->footer(assess_examples);
  command->callback([options, &run] { run = [options] { return assess_record(*options); }; });
}

}  // namespace evenkeel::app
