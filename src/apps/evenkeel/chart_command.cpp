#include "apps/evenkeel/chart_command.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "apps/evenkeel/record_input.hpp"
#include "apps/evenkeel/store_options.hpp"
#include "assess/assess.hpp"
#include "clinic/chart.hpp"
#include "report/html.hpp"
#include "report/json.hpp"
#include "report/text.hpp"

namespace evenkeel::app {
namespace {

constexpr const char* chart_examples =
    "Example:\n"
    "  evenkeel chart --patient p1 --data clinic --as nurse-1 --role nurse\n"
    "\n"
    "What evenkeel assess says of a record in a file, of one in the store: where the\n"
    "course stands, what is due, exposure, findings, who looks by when.\n";

struct ChartOptions {
  StoreOptions store;
  std::string patient;
  std::string format = "text";
  std::string output;
  std::string colour = "auto";
};

std::string rendered(const assess::Assessment& assessment, const ChartOptions& options) {
  if (options.format == "json") return report::to_json(assessment);
  if (options.format == "html") return report::to_html(assessment);
  return report::to_text(assessment, {.colour = wants_colour(options.colour, options.output)});
}

Status show_chart(const ChartOptions& options) {
  const auto library = library_or_complain(options.store.content, options.store.instruments);
  if (!library) return library.error();
  const auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  const auto chart = clinic::open_chart(*desk->log, options.patient, desk->who);
  if (!chart) return failed(chart.error());
  const auto assessment = assess::assess({chart->record, *library, desk->who.now, "", {}});
  return write_out(rendered(assessment, options), options.output);
}

}  // namespace

void add_chart(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<ChartOptions>();
  CLI::App* command = program.add_subcommand("chart", "Where a patient of the store stands");
  command->add_option("--patient", options->patient, "Whose chart")->required()->option_text("ID");
  command->add_option("--format", options->format, "text, json or html")
      ->check(CLI::IsMember({"text", "json", "html"}))
      ->option_text("FORMAT");
  command->add_option("-o,--output", options->output, "Write here instead of to standard output")
      ->option_text("FILE");
  command->add_option("--colour,--color", options->colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->option_text("WHEN");
  add_library_options(*command, options->store);
  add_store_options(*command, options->store);
  command->footer(chart_examples);
  command->callback([options, &run] { run = [options] { return show_chart(*options); }; });
}

}  // namespace evenkeel::app
