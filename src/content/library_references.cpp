#include "content/library_references.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace evenkeel::content {
namespace {

using assess::Library;

void check_rules(const std::vector<std::string>& rules, const Library& library, const std::string& place,
                 Errors& faults) {
  for (const std::string& id : rules) {
    if (std::ranges::find(library.rules, id, &watch::Rule::id) != library.rules.end()) continue;
    faults.push_back({ErrorCode::not_found, place, fmt::format("there is no rule '{}'", id)});
  }
}

void check_item(const watch::ItemReference& item, const Library& library, const std::string& place,
                Errors& faults) {
  const auto instrument = std::ranges::find(library.instruments, item.instrument, &care::Instrument::id);
  if (instrument == library.instruments.end()) {
    faults.push_back(
        {ErrorCode::not_found, place, fmt::format("there is no instrument '{}'", item.instrument)});
  } else if (!item.item.empty() &&
             std::ranges::find(instrument->items, item.item, &care::Item::id) == instrument->items.end()) {
    faults.push_back({ErrorCode::not_found, place,
                      fmt::format("instrument '{}' has no item '{}'", item.instrument, item.item)});
  }
}

}  // namespace

void check_help_references(const Library& library, Errors& faults) {
  if (library.criteria.empty()) faults.push_back({ErrorCode::not_found, "criteria", "there is none"});
  for (const watch::DependenceCriteria& criteria : library.criteria) {
    for (const watch::Criterion& criterion : criteria.criteria) {
      const std::string place = fmt::format("criteria/{}.json: {}", criteria.id, criterion.id);
      check_rules(criterion.rules, library, place, faults);
      for (const watch::ItemReference& item : criterion.items) check_item(item, library, place, faults);
    }
  }
  for (const watch::Pathway& pathway : library.pathways) {
    for (const watch::PathwayStep& step : pathway.steps)
      check_rules(step.rules, library, "help/pathway.json: " + step.id, faults);
  }
  for (const watch::PatientPage& page : library.patient_pages) {
    for (const watch::PlainSection& section : page.sections) {
      for (const watch::PlainSentence& sentence : section.sentences) {
        for (const std::string& id : sentence.evidence) {
          if (std::ranges::find(library.evidence, id, &watch::Evidence::id) != library.evidence.end())
            continue;
          faults.push_back({ErrorCode::not_found, "help/patient-page.json: " + section.id,
                            fmt::format("there is no evidence '{}'", id)});
        }
      }
    }
  }
}

}  // namespace evenkeel::content
