#include "content/library_loader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "content/behaviour_reader.hpp"
#include "content/content_kind.hpp"
#include "content/library_references.hpp"
#include "content/readers.hpp"
#include "json/document.hpp"

namespace evenkeel::content {
namespace {

namespace fs = std::filesystem;
using assess::Library;

std::string short_name(ContentKind kind, const fs::path& file) {
  return fmt::format("{}/{}", folder_of(kind), file.filename().string());
}

// The content files of a folder by name, or why it cannot be read.
Result<std::vector<fs::path>> files_in(const fs::path& place) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator it{place, error}, end; !error && it != end; it.increment(error)) {
    const fs::path& path = it->path();
    if (path.extension() == ".json" && !path.filename().string().ends_with("schema.json"))
      files.push_back(path);
  }
  if (error)
    return Error{ErrorCode::storage, place.string(), "the folder cannot be read: " + error.message()};
  std::ranges::sort(files);
  return files;
}

Result<std::vector<fs::path>> files_of(const fs::path& folder, ContentKind kind) {
  if (const auto file = only_file(kind); !file.empty())
    return std::vector<fs::path>{folder / folder_of(kind) / file};
  return files_in(folder / folder_of(kind));
}

void add_faults(Errors faults, const std::string& file, Errors& all) {
  for (Error& fault : faults) {
    fault.where = fault.where.empty() ? file : file + ": " + fault.where;
    all.push_back(std::move(fault));
  }
}

template <class T>
Result<T, Errors> read_alone(const fs::path& file, Result<T, Errors> (*read)(std::string_view)) {
  const auto text = read_text(file);
  if (!text) return Errors{text.error()};
  auto value = read(*text);
  if (value) return value;
  Errors faults;
  add_faults(value.error(), file.string(), faults);
  return faults;
}

// By id, which is the file's name, or by the path of a file.
template <class T>
Result<T, Errors> load_named(const fs::path& folder, ContentKind kind, const std::string& name,
                             Result<T, Errors> (*read)(std::string_view)) {
  if (name.ends_with(".json")) return read_alone(name, read);
  const auto files = files_of(folder, kind);
  if (!files) return Errors{files.error()};
  const auto own = std::ranges::find(*files, name, [](const fs::path& file) { return file.stem().string(); });
  if (own != files->end()) return read_alone(*own, read);
  const std::string what{folder_of(kind).substr(0, folder_of(kind).size() - 1)};
  return Errors{{ErrorCode::not_found, "--" + what,
                 fmt::format("there is no {} '{}'; see: evenkeel content list", what, name)}};
}

template <class T>
void read_all(const fs::path& folder, ContentKind kind, Result<T, Errors> (*read)(std::string_view),
              std::vector<T>& into, Errors& faults) {
  const auto files = files_of(folder, kind);
  if (!files) {
    faults.push_back(files.error());
    return;
  }
  for (const fs::path& file : *files) {
    const std::string name = short_name(kind, file);
    const auto text = read_text(file);
    if (!text) {
      faults.push_back(text.error());
      continue;
    }
    auto value = read(*text);
    if (!value) {
      add_faults(std::move(value.error()), name, faults);
      continue;
    }
    if (value->id + ".json" != file.filename()) {
      faults.push_back(
          {ErrorCode::invalid_input, name + ": id", fmt::format("'{}' is not the file's name", value->id)});
    }
    into.push_back(std::move(*value));
  }
}

// One model is preferred for a drug, and a name means one model.
void check_models(const std::vector<pkpd::Model>& models, Errors& faults) {
  std::set<pkpd::Moiety> preferred;
  std::set<std::string> names;
  for (const pkpd::Model& model : models) names.insert(model.id);
  for (const pkpd::Model& model : models) {
    const std::string file = "models/" + model.id + ".json: ";
    if (model.preferred && !preferred.insert(model.dosed.front()).second) {
      faults.push_back(
          {ErrorCode::invalid_input, file + "preferred",
           fmt::format("another model is already preferred for {}", pkpd::moiety_text(model.dosed.front()))});
    }
    for (const std::string& alias : model.aliases) {
      if (names.insert(alias).second) continue;
      faults.push_back({ErrorCode::invalid_input, file + "aliases",
                        fmt::format("'{}' already names a model of the library", alias)});
    }
  }
}

// An effect is paired with models that the library has.
void check_effects(const Library& library, Errors& faults) {
  for (const pkpd::Effect& effect : library.effects) {
    for (const std::string& id : effect.pairing.models) {
      if (std::ranges::find(library.models, id, &pkpd::Model::id) != library.models.end()) continue;
      faults.push_back({ErrorCode::not_found, "effects/" + effect.id + ".json: pairing.models",
                        fmt::format("there is no model '{}'", id)});
    }
  }
}

// The instruments that a protocol names are there; the discharge score can be reached.
void check_protocol(const care::Protocol& protocol, const Library& library, Errors& faults) {
  const std::string file = "protocols/" + protocol.id + ".json: ";
  const auto find = [&](const std::string& id, const char* place) -> const care::Instrument* {
    const auto found = std::ranges::find(library.instruments, id, &care::Instrument::id);
    if (found != library.instruments.end()) return &*found;
    faults.push_back({ErrorCode::not_found, file + place, fmt::format("there is no instrument '{}'", id)});
    return nullptr;
  };
  find(protocol.course.outcome_instrument, "course.outcome_instrument");
  for (const care::CalendarItem& item : protocol.calendar) {
    if (item.kind == care::CalendarItem::Kind::instrument) find(item.id, "calendar");
  }
  for (const care::Gate& gate : protocol.session.gates) {
    for (const std::string& id : gate.instruments) find(id, "session.gates");
  }
  const care::DischargeRules& discharge = protocol.session.discharge;
  if (discharge.instrument.empty()) return;
  const care::Instrument* scored = find(discharge.instrument, "session.discharge.scored");
  if (scored == nullptr || discharge.least_total->value <= scored->total.high) return;
  faults.push_back({ErrorCode::invalid_input, file + "session.discharge.scored",
                    fmt::format("at least {} where '{}' ends at {}", discharge.least_total->value, scored->id,
                                scored->total.high)});
}

// What one file says about another.
void check_references(const Library& library, Errors& faults) {
  const auto has_instrument = [&](const std::string& id) {
    return std::ranges::find(library.instruments, id, &care::Instrument::id) != library.instruments.end();
  };
  for (const care::Protocol& protocol : library.protocols) check_protocol(protocol, library, faults);
  for (const watch::Rule& rule : library.rules) {
    for (const auto& [role, id] : rule.instruments) {
      if (has_instrument(id) || rule.site_instrument) continue;  // then the rule says that it is not judged
      faults.push_back({ErrorCode::not_found, "rules/" + rule.id + ".json: instruments." + role,
                        fmt::format("there is no instrument '{}'", id)});
    }
    for (const std::string& id : rule.evidence) {
      if (std::ranges::find(library.evidence, id, &watch::Evidence::id) != library.evidence.end()) continue;
      faults.push_back({ErrorCode::not_found, "rules/" + rule.id + ".json: evidence",
                        fmt::format("there is no evidence '{}'", id)});
    }
  }
  for (const watch::Check& check : watch::checks()) {
    if (std::ranges::find(library.rules, check.name, &watch::Rule::check) != library.rules.end()) continue;
    faults.push_back({ErrorCode::not_found, "rules",
                      fmt::format("no rule uses the check '{}': its sign would go unseen", check.name)});
  }
  if (library.protocols.empty()) faults.push_back({ErrorCode::not_found, "protocols", "there is none"});
  if (library.models.empty()) faults.push_back({ErrorCode::not_found, "models", "there is none"});
  check_models(library.models, faults);
  check_effects(library, faults);
  check_help_references(library, faults);
}

Library read_library(const fs::path& folder, Errors& faults) {
  Library library;
  read_all(folder, ContentKind::model, &read_model, library.models, faults);
  read_all(folder, ContentKind::effect, &read_effect, library.effects, faults);
  read_all(folder, ContentKind::interaction, &read_interaction, library.interactions, faults);
  read_all(folder, ContentKind::protocol, &read_protocol, library.protocols, faults);
  read_all(folder, ContentKind::instrument, &read_instrument, library.instruments, faults);
  read_all(folder, ContentKind::rule, &read_rule, library.rules, faults);
  read_all(folder, ContentKind::evidence, &read_evidence, library.evidence, faults);
  read_all(folder, ContentKind::criteria, &read_criteria, library.criteria, faults);
  read_all(folder, ContentKind::pathway, &read_pathway, library.pathways, faults);
  read_all(folder, ContentKind::help_lines, &read_help_lines, library.help_lines, faults);
  read_all(folder, ContentKind::patient_page, &read_patient_page, library.patient_pages, faults);
  return library;
}

// A site's own instruments, which join those of the library and replace none.
void add_site_instruments(const fs::path& folder, Library& library, Errors& faults) {
  const auto files = files_in(folder);
  if (!files) {
    faults.push_back(files.error());
    return;
  }
  for (const fs::path& file : *files) {
    auto own = read_alone(file, &read_instrument);
    if (!own) {
      faults.insert(faults.end(), own.error().begin(), own.error().end());
      continue;
    }
    const std::string place = file.string() + ": id";
    if (own->id + ".json" != file.filename()) {
      faults.push_back(
          {ErrorCode::invalid_input, place, fmt::format("'{}' is not the file's name", own->id)});
    }
    if (std::ranges::find(library.instruments, own->id, &care::Instrument::id) != library.instruments.end()) {
      faults.push_back(
          {ErrorCode::invalid_input, place,
           fmt::format("the library has an instrument '{}' already; choose another id", own->id)});
      continue;
    }
    library.instruments.push_back(*std::move(own));
  }
}

}  // namespace

Result<Library, Errors> load_library(const fs::path& folder, const fs::path& site_instruments) {
  Errors faults;
  Library library = read_library(folder, faults);
  if (!site_instruments.empty()) add_site_instruments(site_instruments, library, faults);
  if (faults.empty()) check_references(library, faults);
  if (!faults.empty()) return faults;
  return library;
}

Result<pkpd::Model, Errors> load_model(const fs::path& folder, const std::string& name) {
  auto own = load_named(folder, ContentKind::model, name, &read_model);
  if (own || own.error().front().code != ErrorCode::not_found) return own;
  const auto models = files_of(folder, ContentKind::model);
  if (!models) return Errors{models.error()};
  for (const fs::path& file : *models) {
    auto model = read_alone(file, &read_model);
    if (!model) return model;
    if (std::ranges::find(model->aliases, name) != model->aliases.end()) return model;
  }
  return own;
}

Result<std::vector<cohort::Behaviour>, Errors> load_behaviours(const fs::path& content_folder) {
  Errors faults;
  std::vector<cohort::Behaviour> behaviours;
  read_all(content_folder, ContentKind::behaviour, &read_behaviour, behaviours, faults);
  if (!faults.empty()) return faults;
  return behaviours;
}

Result<pkpd::Effect, Errors> load_effect(const fs::path& folder, const std::string& name) {
  return load_named(folder, ContentKind::effect, name, &read_effect);
}

Result<pkpd::Interaction, Errors> load_interaction(const fs::path& folder, const std::string& name) {
  return load_named(folder, ContentKind::interaction, name, &read_interaction);
}

Result<watch::HelpLines, Errors> load_help_lines(const fs::path& file) {
  return read_alone(file, &read_help_lines);
}

Errors check_file(const fs::path& file, const fs::path& folder) {
  const auto text = read_text(file);
  if (!text) return {text.error()};
  const auto kind = kind_named_in(*text);
  Errors faults;
  if (!kind) {
    const auto tree = json::parse(*text);
    Errors malformed =
        tree ? Errors{{ErrorCode::invalid_input, "schema", "missing or unknown; expected is " + all_forms()}}
             : tree.error();
    add_faults(std::move(malformed), file.string(), faults);
    return faults;
  }
  Errors own = read_alone(*kind, *text);
  Errors by_schema = schema_faults(*kind, *text, folder, own);
  add_faults(std::move(own), file.string(), faults);
  add_faults(std::move(by_schema), file.string(), faults);
  return faults;
}

Errors check_library(const fs::path& folder) {
  Errors faults;
  const Library library = read_library(folder, faults);
  const auto behaviours = load_behaviours(folder);
  if (!behaviours) faults.insert(faults.end(), behaviours.error().begin(), behaviours.error().end());
  if (faults.empty()) check_references(library, faults);
  if (faults.empty()) faults = check_expected(*behaviours, library.rules);
  for (const ContentKind kind : all_kinds()) {
    const auto files = files_of(folder, kind);
    if (!files) continue;
    for (const fs::path& file : *files) {
      const auto text = read_text(file);
      if (text)
        add_faults(schema_faults(kind, *text, folder, read_alone(kind, *text)), short_name(kind, file),
                   faults);
    }
  }
  return faults;
}

}  // namespace evenkeel::content
