#include "apps/evenkeel/content_command.hpp"

#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <iostream>
#include <memory>

#include "content/behaviour_reader.hpp"
#include "content/library_loader.hpp"
#include "report/content_text.hpp"
#include "report/model_page.hpp"

namespace evenkeel::app {
namespace {

struct ContentOptions {
  std::string content;
  std::string instruments;
  std::string id;
  std::vector<std::string> files;
  bool all = false;
  std::string output;
};

Status complain_all(const Errors& faults) {
  for (const Error& fault : faults) complain(fault);
  return faults.front().code == ErrorCode::storage ? storage_failed : bad_input;
}

Result<assess::Library, Errors> load(const ContentOptions& options) {
  return content::load_library(content_folder(options.content), instruments_folder(options.instruments));
}

Status list(const ContentOptions& options) {
  const auto library = load(options);
  if (!library) return complain_all(library.error());
  const auto behaviours = content::load_behaviours(content_folder(options.content));
  if (!behaviours) return complain_all(behaviours.error());
  return write_out(report::list_text(*library, *behaviours), "");
}

Status show(const ContentOptions& options) {
  const auto library = load(options);
  if (!library) return complain_all(library.error());
  const auto behaviours = content::load_behaviours(content_folder(options.content));
  if (!behaviours) return complain_all(behaviours.error());
  const auto text = report::show_text(*library, options.id, *behaviours);
  if (!text) {
    complain(text.error());
    return bad_input;
  }
  return write_out(*text, "");
}

// Each model's page as <id>.html, and index.html, in the folder named.
Status write_all_pages(const assess::Library& library, const std::string& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  const std::filesystem::path into{folder};
  for (const auto& model : library.models) {
    const Status status = write_out(report::model_page(model), (into / (model.id + ".html")).string());
    if (status != done) return status;
  }
  return write_out(report::model_index(library.models), (into / "index.html").string());
}

Status page(const ContentOptions& options) {
  if (options.all != options.id.empty()) {
    complain({ErrorCode::invalid_input, "content page", "name one model, or all of them with --all"});
    return wrong_usage;
  }
  if (options.all && options.output.empty()) {
    complain({ErrorCode::invalid_input, "--all", "needs a folder to write to: -o DIR"});
    return wrong_usage;
  }
  const auto library = content::load_library(content_folder(options.content));
  if (!library) return complain_all(library.error());
  if (options.all) return write_all_pages(*library, options.output);
  for (const auto& model : library->models) {
    if (model.id == options.id) return write_out(report::model_page(model), options.output);
  }
  complain({ErrorCode::not_found, options.id, "no model in the library has this id: evenkeel content list"});
  return bad_input;
}

Status check(const ContentOptions& options) {
  const auto folder = content_folder(options.content);
  Errors faults;
  if (options.files.empty()) faults = content::check_library(folder);
  for (const std::string& file : options.files) {
    for (Error& fault : content::check_file(file, folder)) faults.push_back(std::move(fault));
  }
  for (const Error& fault : faults) complain(fault);
  if (faults.empty()) return write_out("no fault found\n", "");
  std::cerr << faults.size() << (faults.size() == 1 ? " fault\n" : " faults\n");
  return faults.front().code == ErrorCode::storage ? storage_failed : faults_found;
}

constexpr const char* content_examples = R"(Examples:
  evenkeel content list
  evenkeel content show kamp-2020
  evenkeel content page kamp-2020 -o kamp-2020.html
  evenkeel content page --all -o models
  evenkeel content check
  evenkeel content check my-protocol.json)";

}  // namespace

void add_content(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<ContentOptions>();
  CLI::App* command = program.add_subcommand(
      "content", "The library: models, effects, interactions, protocols, instruments, rules, evidence, help");
  command->require_subcommand(1);
  command->footer(content_examples);
  const auto add = [&](const char* name, const char* what, Status (*job)(const ContentOptions&)) {
    CLI::App* sub = command->add_subcommand(name, what);
    sub->add_option("--content", options->content, "Use this content folder")->option_text("DIR");
    sub->add_option("--instruments", options->instruments, "A folder of the site's own instruments")
        ->option_text("DIR");
    sub->callback([options, job, &run] { run = [options, job] { return job(*options); }; });
    return sub;
  };
  add("list", "Every entry: kind, id, version, status, title", &list);
  add("show", "One entry, with the source and label of each number", &show)
      ->add_option("id", options->id, "As listed")
      ->required()
      ->option_text("ID");
  CLI::App* pages = add("page", "A model as an HTML page: compartments, numbers, curves, defects", &page);
  pages->add_option("id", options->id, "A model, as listed")->option_text("ID");
  pages->add_flag("--all", options->all, "A page for every model, and index.html");
  pages->add_option("-o,--output", options->output, "Write to this file; with --all, into this folder")
      ->option_text("PATH");
  add("check", "Hold files, or the library, against readers and schemas", &check)
      ->add_option("files", options->files, "Files to check; without any, the library")
      ->option_text("FILE...");
}

}  // namespace evenkeel::app
