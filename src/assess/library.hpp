// Everything that is data: what content/ holds, read and checked. Values.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "care/instrument.hpp"
#include "care/protocol.hpp"
#include "pkpd/effect.hpp"
#include "pkpd/interaction.hpp"
#include "pkpd/model.hpp"
#include "watch/dependence_review.hpp"
#include "watch/evidence.hpp"
#include "watch/help.hpp"
#include "watch/patient_page.hpp"
#include "watch/rule.hpp"

namespace evenkeel::assess {

struct Library {
  std::vector<pkpd::Model> models;
  std::vector<pkpd::Effect> effects;
  std::vector<pkpd::Interaction> interactions;
  std::vector<care::Protocol> protocols;
  std::vector<care::Instrument> instruments;
  std::vector<watch::Rule> rules;
  std::vector<watch::Evidence> evidence;
  // One of each where the library is content/; none where a caller makes a library of its own.
  std::vector<watch::DependenceCriteria> criteria;
  std::vector<watch::Pathway> pathways;
  std::vector<watch::HelpLines> help_lines;
  std::vector<watch::PatientPage> patient_pages;
};

// A model by its id or another of its names; null when none is called so. The loader sees to it that a
// name means one model.
[[nodiscard]] inline const pkpd::Model* find_model(std::span<const pkpd::Model> models,
                                                   std::string_view name) {
  const auto found = std::ranges::find_if(models, [&](const pkpd::Model& model) {
    return model.id == name || std::ranges::find(model.aliases, name) != model.aliases.end();
  });
  return found == models.end() ? nullptr : &*found;
}

// The protocol that a plan follows, in its version; null where the library has it not.
[[nodiscard]] inline const care::Protocol* protocol_of(const Library& library,
                                                       const care::PlanApproved& plan) {
  const auto found = std::ranges::find_if(library.protocols, [&](const care::Protocol& each) {
    return each.id == plan.protocol && each.version == plan.protocol_version;
  });
  return found == library.protocols.end() ? nullptr : &*found;
}

// Null where there is none of this name.
[[nodiscard]] inline const care::Instrument* find_instrument(const Library& library, std::string_view id) {
  const auto found = std::ranges::find(library.instruments, id, &care::Instrument::id);
  return found == library.instruments.end() ? nullptr : &*found;
}

}  // namespace evenkeel::assess
