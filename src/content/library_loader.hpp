// The library from a folder: content/{models,effects,interactions,protocols,...}/*.json, and content/help/.
//
// This is where content is read from disk. Every file is read and every fault of every file is
// reported; a library with a fault anywhere is not returned, for an assessment must not rest on
// part of it. References across files are checked here.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "assess/library.hpp"
#include "base/result.hpp"

namespace evenkeel::content {

enum class ContentKind {
  model,
  effect,
  interaction,
  protocol,
  instrument,
  rule,
  criteria,
  pathway,
  help_lines,
  patient_page,
  evidence,
  behaviour
};
[[nodiscard]] std::string_view folder_of(ContentKind kind);  // "models"

// Errors: storage (a folder or file cannot be read), invalid_input (`where` is "models/a.json: path").
// `site_instruments` is a folder of a site's own instruments in the same form, or empty: what a licence keeps
// out of this library is loaded from there. An id that the library has already is a fault.
[[nodiscard]] Result<assess::Library, Errors> load_library(
    const std::filesystem::path& folder, const std::filesystem::path& site_instruments = {});

// One model, without the rest of the library: by its id, by another name it is known by, or, where the
// name ends in ".json", from that file. Errors: those of read_model with the file's name; not_found.
[[nodiscard]] Result<pkpd::Model, Errors> load_model(const std::filesystem::path& folder,
                                                     const std::string& name);

// One effect or interaction, by its id or its file, likewise.
[[nodiscard]] Result<pkpd::Effect, Errors> load_effect(const std::filesystem::path& folder,
                                                       const std::string& name);
[[nodiscard]] Result<pkpd::Interaction, Errors> load_interaction(const std::filesystem::path& folder,
                                                                 const std::string& name);

// A site's own help lines. Errors: those of the reader with the file's name; storage.
[[nodiscard]] Result<watch::HelpLines, Errors> load_help_lines(const std::filesystem::path& file);

// A file's text. Errors: storage; invalid_input for a file of more than 4 MiB.
[[nodiscard]] Result<std::string> read_text(const std::filesystem::path& file);

// The faults of one file held alone, by its own "schema" line: the strict reader's, and where that
// is content, those of the JSON Schema in `folder`. An empty list says that it is in order.
[[nodiscard]] Errors check_file(const std::filesystem::path& file, const std::filesystem::path& folder);

// The faults of the whole library: the loader's, and each file against its kind's JSON Schema.
[[nodiscard]] Errors check_library(const std::filesystem::path& folder);

}  // namespace evenkeel::content
