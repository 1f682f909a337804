#include "apps/evenkeel/patient_page_command.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <memory>

#include "apps/evenkeel/record_input.hpp"
#include "content/library_loader.hpp"
#include "report/patient_page.hpp"

namespace evenkeel::app {
namespace {

struct PatientPageOptions {
  std::string content;
  std::string country;
  std::string now;
  std::string lines;
  std::string format = "text";
  std::string output;
};

Status complain_all(const Errors& faults) {
  for (const Error& fault : faults) complain(fault);
  return faults.front().code == ErrorCode::storage ? storage_failed : bad_input;
}

bool is_country(const std::string& text) {
  return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

Status misused(const Error& error) {
  complain(error);
  return wrong_usage;
}

Status write_page(const PatientPageOptions& options) {
  if (!options.country.empty() && !is_country(options.country)) {
    return misused({ErrorCode::invalid_input, "--country",
                    "'" + options.country + "' is not a country's two capital letters, such as US"});
  }
  const auto now = moment_argument(options.now);
  if (!now) return misused(now.error());
  const auto library = content::load_library(content_folder(options.content));
  if (!library) return complain_all(library.error());
  watch::HelpLines lines = library->help_lines.front();
  if (!options.lines.empty()) {
    auto own = content::load_help_lines(options.lines);
    if (!own) return complain_all(own.error());
    lines = watch::joined(*std::move(own), lines);
  }
  const report::PatientPageQuestion question{library->patient_pages.front(), library->evidence, lines,
                                             options.country, *now};
  return write_out(
      options.format == "html" ? report::patient_page_html(question) : report::patient_page_text(question),
      options.output);
}

constexpr const char* patient_page_examples = R"(Examples:
  evenkeel patient-page --country US
  evenkeel patient-page --country US --format html -o page.html
  evenkeel patient-page --country NZ --help-lines our-lines.json

A site's own lines are in the form of content/help/lines.json; they come first, and one with the id of
another of the same country stands in its place. See docs/help.md.)";

}  // namespace

void add_patient_page(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<PatientPageOptions>();
  CLI::App* command = program.add_subcommand(
      "patient-page", "A page for patients: is ketamine addictive, what to watch for, where help is");
  command->add_option("--country", options->country, "Help lines of this country only, two letters")
      ->option_text("XX");
  command->add_option("--help-lines", options->lines, "The site's own help lines")->option_text("FILE");
  command->add_option("--now", options->now, "As of this moment, RFC 3339; otherwise the present")
      ->option_text("TIME");
  command->add_option("--format", options->format, "text or html")
      ->option_text("FORMAT")
      ->check(CLI::IsMember({"text", "html"}));
  command->add_option("-o,--output", options->output, "Write to this file")->option_text("FILE");
  command->add_option("--content", options->content, "Use this content folder")->option_text("DIR");
  command->footer(patient_page_examples);
  command->callback([options, &run] { run = [options] { return write_page(*options); }; });
}

}  // namespace evenkeel::app
