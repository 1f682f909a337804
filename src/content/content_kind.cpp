#include "content/content_kind.hpp"

#include <array>

#include "content/behaviour_reader.hpp"
#include "content/readers.hpp"
#include "content/schema_check.hpp"
#include "content/sourced.hpp"

namespace evenkeel::content {
namespace {

struct Row {
  ContentKind kind;
  std::string_view folder;
  std::string_view word;    // in "evenkeel.<word>/1"
  std::string_view file;    // the only one, or empty
  std::string_view schema;  // in the folder
};

constexpr std::array table{
    Row{ContentKind::model, "models", "model", "", "schema.json"},
    Row{ContentKind::effect, "effects", "effect", "", "schema.json"},
    Row{ContentKind::interaction, "interactions", "interaction", "", "schema.json"},
    Row{ContentKind::protocol, "protocols", "protocol", "", "schema.json"},
    Row{ContentKind::instrument, "instruments", "instrument", "", "schema.json"},
    Row{ContentKind::rule, "rules", "rule", "", "schema.json"},
    Row{ContentKind::criteria, "criteria", "criteria", "", "schema.json"},
    Row{ContentKind::pathway, "help", "pathway", "pathway.json", "pathway.schema.json"},
    Row{ContentKind::help_lines, "help", "help-lines", "lines.json", "lines.schema.json"},
    Row{ContentKind::patient_page, "help", "patient-page", "patient-page.json", "patient-page.schema.json"},
    Row{ContentKind::evidence, "evidence", "evidence", "", "schema.json"},
    Row{ContentKind::behaviour, "behaviours", "behaviour", "", "schema.json"},
};

constexpr auto kinds = [] {
  std::array<ContentKind, table.size()> all{};
  for (std::size_t i = 0; i < table.size(); ++i) all[i] = table[i].kind;
  return all;
}();

const Row& row_of(ContentKind kind) {
  for (const Row& row : table) {
    if (row.kind == kind) return row;
  }
  return table.front();  // every kind has its row: FolderOf.NamesEachKind
}

}  // namespace

std::span<const ContentKind> all_kinds() {
  return kinds;
}

std::string_view folder_of(ContentKind kind) {
  return row_of(kind).folder;
}

std::string_view only_file(ContentKind kind) {
  return row_of(kind).file;
}

std::string all_forms() {
  std::string list;
  for (const Row& row : table)
    list += (list.empty() ? "" : row.kind == table.back().kind ? " or " : ", ") + form_of(row.word);
  return list;
}

std::optional<ContentKind> kind_named_in(std::string_view text) {
  const auto tree = json::parse(text);
  if (!tree) return std::nullopt;
  Errors ignored;
  const std::string named = json::Reader{*tree, ignored}["schema"].text();
  for (const Row& row : table) {
    if (named == form_of(row.word)) return row.kind;
  }
  return std::nullopt;
}

Errors read_alone(ContentKind kind, std::string_view text) {
  const auto faults_of = [](auto result) { return result ? Errors{} : std::move(result.error()); };
  switch (kind) {
    case ContentKind::model:
      return faults_of(read_model(text));
    case ContentKind::effect:
      return faults_of(read_effect(text));
    case ContentKind::interaction:
      return faults_of(read_interaction(text));
    case ContentKind::protocol:
      return faults_of(read_protocol(text));
    case ContentKind::instrument:
      return faults_of(read_instrument(text));
    case ContentKind::rule:
      return faults_of(read_rule(text));
    case ContentKind::criteria:
      return faults_of(read_criteria(text));
    case ContentKind::pathway:
      return faults_of(read_pathway(text));
    case ContentKind::help_lines:
      return faults_of(read_help_lines(text));
    case ContentKind::patient_page:
      return faults_of(read_patient_page(text));
    case ContentKind::evidence:
      return faults_of(read_evidence(text));
    case ContentKind::behaviour:
      return faults_of(read_behaviour(text));
  }
  return {};
}

Errors schema_faults(ContentKind kind, std::string_view text, const std::filesystem::path& folder,
                     const Errors& known) {
  const auto schema = read_text(folder / folder_of(kind) / row_of(kind).schema);
  if (!schema) return {schema.error()};
  return known.empty() ? contradictions(text, *schema) : Errors{};
}

}  // namespace evenkeel::content
