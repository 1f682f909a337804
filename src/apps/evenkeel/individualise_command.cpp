#include "apps/evenkeel/individualise_command.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "apps/evenkeel/arguments.hpp"
#include "apps/evenkeel/record_input.hpp"
#include "assess/individualise.hpp"
#include "report/individual.hpp"

namespace evenkeel::app {
namespace {

struct IndividualiseOptions {
  RecordOptions record;
  std::vector<std::string> models;
  std::optional<double> assumed_error_percent;
  std::vector<std::string> sample_windows;
  std::string planned;
  std::string tell;
  std::uint64_t seed = 1;
  double effective = 4000.0;
};

// "T/T", RFC 3339.
Result<std::pair<Instant, Instant>> window_argument(const std::string& text) {
  const std::size_t slash = text.find('/');
  const auto from = Instant::parse(text.substr(0, slash));
  const auto to = slash == std::string::npos ? from : Instant::parse(text.substr(slash + 1));
  if (slash == std::string::npos || !from || !to || !(*from < *to))
    return Error{ErrorCode::invalid_input, "--sample-between",
                 "'" + text + "' is not of the form '2026-03-06T09:00:00Z/2026-03-06T15:00:00Z'"};
  return std::pair{*from, *to};
}

// "10 mg over 30 min at T".
Result<assess::SampleQuestion::Planned> planned_argument(const std::string& text) {
  const Error wrong{ErrorCode::invalid_input, "--planned-dose",
                    "'" + text + "' is not of the form '10 mg over 30 min at 2026-03-06T09:00:00Z'"};
  const auto words = words_of(text);
  if (words.size() != 7 || words[1] != "mg" || words[2] != "over" || words[4] != "min" || words[5] != "at")
    return wrong;
  const double mg = number_argument(words[0]).value_or(0.0);
  const double minutes = number_argument(words[3]).value_or(0.0);
  const auto start = Instant::parse(words[6]);
  if (!(0.0 < mg && mg <= 1000.0 && 0.0 < minutes && minutes <= 1440.0 && start)) return wrong;
  return assess::SampleQuestion::Planned{*start, minutes * units::min, mg * units::mg};
}

Result<std::optional<assess::SampleQuestion>> sample_question(const IndividualiseOptions& options) {
  if (options.sample_windows.empty()) {
    if (options.planned.empty() && options.tell.empty()) return std::optional<assess::SampleQuestion>{};
    return Error{ErrorCode::invalid_input, "--sample-between",
                 "is needed beside --planned-dose and --tell: when may a sample be drawn?"};
  }
  assess::SampleQuestion question;
  question.parameter = options.tell;
  for (const std::string& text : options.sample_windows) {
    const auto window = window_argument(text);
    if (!window) return window.error();
    question.windows.push_back(*window);
  }
  if (!options.planned.empty()) {
    const auto planned = planned_argument(options.planned);
    if (!planned) return planned.error();
    question.dose = *planned;
  }
  return std::optional{question};
}

std::string rendered(const assess::IndividualAnswer& answer, const IndividualiseOptions& options) {
  if (options.record.format == "json") return report::individual_json(answer);
  if (options.record.format == "html") return report::individual_page(answer);
  return report::individual_text(answer, {wants_colour(options.record.colour, options.record.output)});
}

// Where no model answered, the status of the first one's reason; 3 where something was set aside.
Status judgement(const assess::IndividualAnswer& answer, bool set_aside) {
  const auto& first = answer.models.front();
  if (!first.found) return status_of(first.refused->code);
  return set_aside ? bad_input : done;
}

Status individualise_record(const IndividualiseOptions& options) {
  auto sampling = sample_question(options);
  if (!sampling) {
    complain(sampling.error());
    return wrong_usage;
  }
  const auto input = record_input(options.record, options.models);
  if (!input) return input.error();
  const auto& [now, library, reading] = *input;
  assess::IndividualOptions how{{}, options.seed, options.effective};
  how.next_sample = *std::move(sampling);
  if (options.assumed_error_percent) how.assumed_sd = *options.assumed_error_percent / 100.0;
  const auto answer = assess::individualise(
      {reading.record, library.models, now, options.models, !reading.set_aside.empty(), how});
  if (!answer) {
    complain(answer.error());
    return status_of(answer.error().code);
  }
  const Status written = write_out(rendered(*answer, options), options.record.output);
  return written != done ? written : judgement(*answer, !reading.set_aside.empty());
}

constexpr const char* individualise_examples = R"(Examples:
  evenkeel individualise examples/measured-course.jsonl
  evenkeel individualise record.jsonl --model otto-2021 --model fanta-2015
  evenkeel individualise record.jsonl --model kamp-2020 --assumed-error 20
  evenkeel individualise record.jsonl --format html -o patient.html
  evenkeel individualise record.jsonl --tell CL \
      --sample-between 2026-03-06T09:00:00Z/2026-03-06T15:00:00Z

An assay counts for a model that predicts its moiety at its sampling site, and
with the scatter that the model states of such assays. One below its lower limit
counts as that. Nothing here is a dose.

Exit status: 0 done; 2 wrong usage; 3 the record has faults (what could be read
is used, the rest is listed); 4 outside a model's domain; 5 a file could not be
read or written.)";

}  // namespace

void add_individualise(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<IndividualiseOptions>();
  CLI::App* command =
      program.add_subcommand("individualise", "Estimate one patient's own parameters from what was measured");
  add_record_options(*command, options->record);
  command
      ->add_option("--model", options->models,
                   "Ask this model; may be given again. Otherwise all for the drug, the preferred one first")
      ->option_text("ID");
  command
      ->add_option(
          "--assumed-error", options->assumed_error_percent,
          "Scatter of assays to assume where a model states none: standard deviation in % of the value")
      ->check(CLI::Range(1.0, 100.0))
      ->option_text("PERCENT");
  command
      ->add_option("--sample-between", options->sample_windows,
                   "Clinic hours in which the next sample may be drawn, T/T; may be given again: says when "
                   "it tells most")
      ->option_text("T/T");
  command
      ->add_option("--planned-dose", options->planned,
                   "With --sample-between: tell the peak of this dose, '10 mg over 30 min at T'")
      ->option_text("DOSE");
  command
      ->add_option("--tell", options->tell,
                   "With --sample-between: tell this parameter; otherwise a clearance")
      ->option_text("NAME");
  command->add_option("--draws", options->effective, "Effective draws of the posterior")
      ->check(CLI::Range(100.0, 30000.0))
      ->option_text("N");
  command->add_option("--seed", options->seed, "Of the draws; the same seed gives the same answer")
      ->option_text("S");
  command->footer(individualise_examples);
  command->callback([options, &run] { run = [options] { return individualise_record(*options); }; });
}

}  // namespace evenkeel::app
