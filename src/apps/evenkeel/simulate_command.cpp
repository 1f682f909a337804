#include "apps/evenkeel/simulate_command.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>

#include "apps/evenkeel/simulate_options.hpp"
#include "apps/evenkeel/simulate_regimen.hpp"
#include "apps/evenkeel/simulate_table.hpp"
#include "content/library_loader.hpp"

namespace evenkeel::app {
namespace {

constexpr std::size_t largest_regimen = std::size_t{4} << 20;

// A regimen in JSON begins with a brace; a table never does.
bool begins_as_json(std::istream& in) {
  in >> std::ws;
  return in.peek() == '{';
}

Result<std::string> regimen_text(std::istream& in, const std::string& name) {
  std::string text(largest_regimen + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > largest_regimen)
    return Error{ErrorCode::invalid_input, name, "a regimen of more than 4 MiB"};
  return text;
}

Result<std::vector<pkpd::Model>, Errors> models_of(const SimulateOptions& options) {
  std::vector<pkpd::Model> models;
  for (const std::string& name : options.models) {
    auto model = content::load_model(content_folder(options.content), name);
    if (!model) return std::move(model.error());
    models.push_back(*std::move(model));
  }
  return models;
}

Status complain_all(const Errors& faults, Status status) {
  for (const Error& fault : faults) complain(fault);
  return status;
}

Status simulate_from(const SimulateOptions& options, std::istream& in) {
  const auto models = models_of(options);
  if (!models) {
    const Error& first = models.error().front();
    return complain_all(models.error(), first.where == "--model" ? wrong_usage : status_of(first.code));
  }
  const bool is_table = !begins_as_json(in);
  if (const auto fault = contradiction(options, is_table)) return complain_all({*fault}, wrong_usage);
  if (is_table) return simulate_table(options, pkpd::Structure{models->front()}, in);
  const auto text = regimen_text(in, options.regimen);
  if (!text) return complain_all({text.error()}, bad_input);
  return simulate_regimen(options, *models, *text);
}

Status simulate(const SimulateOptions& options) {
  if (options.regimen == "-") return simulate_from(options, std::cin);
  std::ifstream in{options.regimen, std::ios::binary};
  if (!in || std::filesystem::is_directory(options.regimen))
    return complain_all({{ErrorCode::storage, options.regimen, "cannot be opened"}}, storage_failed);
  return simulate_from(options, in);
}

constexpr const char* simulate_examples = R"(Examples:
  evenkeel simulate examples/six-infusions.json --model kamp-2020
    --patient weight=70 --every 5min --until 14d
  evenkeel simulate regimen.json --model simons-2022 --patient weight=70
    --subjects 1000 --seed 1 --percentiles 5,50,95 --every 5min --until 24h
  evenkeel simulate regimen.json --model kamp-2020,domino-1982
    --patient weight=70 --at 0,10min,40min,2h --format html -o two.html
  evenkeel simulate table.csv --model two-compartment-absorption
  evenkeel simulate table.csv --model advan2 --param CL=5,V=20,KA=1

TIME is in hours, weight in kg, age in years. Models: evenkeel content list
Regimens: docs/regimen-format.md; tables: docs/table-format.md

Exit status: 0 done; 2 wrong usage; 3 the input has a fault (which line, which
field); 4 outside a model's domain; 5 a file could not be read or written;
130 stopped.)";

void add_input(CLI::App& command, SimulateOptions& options) {
  command.add_option("regimen", options.regimen, "Regimen or table; - for standard input")
      ->required()
      ->option_text("REGIMEN");
  command.add_option("--model", options.models, "A model's id or file; several with commas")
      ->required()
      ->delimiter(',')
      ->option_text("ID[,ID...]");
  command.add_option("--patient", options.patient, "weight=70,age=40,asian=no,japanese=no")
      ->option_text("NAME=V,...");
  command.add_option("--param", options.parameters, "Parameters, in the model's units")
      ->option_text("NAME=V,...");
  command.add_option("--covariate", options.covariates, "A table's column: backward, forward or linear")
      ->delimiter(',')
      ->option_text("COLUMN=HOW,...");
  command.add_flag("--repeated-ids", options.repeated_ids, "An id that comes again is another subject");
  command.add_option("--content", options.content, "Use this content folder")->option_text("DIR");
}

void add_pharmacology(CLI::App& command, SimulateOptions& options) {
  command.add_option("--interaction", options.interaction, "With this other drug: evenkeel content list")
      ->option_text("ID");
  command.add_option("--effect", options.effects, "Read these effects off the curve, with their range")
      ->delimiter(',')
      ->option_text("ID,...");
}

void add_times(CLI::App& command, SimulateOptions& options) {
  command.add_option("--every", options.every, "Read a regimen's curve at this step")->option_text("TIME");
  command.add_option("--until", options.until, "... up to this time")->option_text("TIME");
  command.add_option("--at", options.at, "Or at these times: 0,10min,40min,2h")->option_text("TIME,...");
}

void add_variability(CLI::App& command, SimulateOptions& options) {
  command.add_option("--subjects", options.subjects, "How many simulated subjects")->option_text("N");
  command.add_option("--seed", options.seed, "Draw random effects; same seed, same subjects")
      ->option_text("S");
  command.add_option("--population", options.population, "Draw weight and age too, from this file")
      ->option_text("FILE");
  command.add_option("--replicate", options.replicate, "Draw typical values: replicate R, from 1")
      ->option_text("R");
  command.add_flag("--residual", options.residual, "Add the model's residual error");
  command.add_option("--percentiles", options.percentiles, "Percentiles, as 5,50,95, and no curves")
      ->option_text("P,...");
  command.add_flag("--exact", options.exact, "Exact percentiles, not those to 0.2 %");
  command.add_option("--threads", options.threads, "Otherwise one for each processor")
      ->check(CLI::NonNegativeNumber)
      ->option_text("N");
}

}  // namespace

void add_simulate(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<SimulateOptions>();
  CLI::App* command = program.add_subcommand(
      "simulate", "Simulate a regimen or a table: concentrations of one patient or many");
  add_input(*command, *options);
  add_times(*command, *options);
  add_pharmacology(*command, *options);
  add_variability(*command, *options);
  command->add_option("--format", options->format, "csv; of a regimen also text, json or html")
      ->check(CLI::IsMember({"csv", "text", "json", "html"}))
      ->option_text("FORMAT");
  command->add_option("-o,--output", options->output, "Write here, not to standard output")
      ->option_text("FILE");
  command->footer(simulate_examples);
  command->callback([options, &run] { run = [options] { return simulate(*options); }; });
}

}  // namespace evenkeel::app
