// The readers of content. The first byte picks the kind, in the order of the readers; a letter (m, p,
// i, r, e, f for effects, x for interactions, c for criteria, w for the pathway, l for help lines, t for the
// patient's page) does so by name. An accepted model makes a system in which
// no drug is made, and every way in, or a refusal; its covariances have a Cholesky factor. An accepted
// effect gives finite values within their intervals; an accepted interaction keeps ratios above zero.
#include <Eigen/Cholesky>
#include <cmath>

#include "content/readers.hpp"
#include "fuzz_target.hpp"
#include "pkpd/read_out.hpp"
#include "pkpd/structure.hpp"

namespace {

using evenkeel::promise;

template <class T>
void explained(const evenkeel::Result<T, evenkeel::Errors>& read) {
  if (read) return;
  promise(!read.error().empty(), "a refusal has a reason");
  for (const auto& error : read.error()) promise(!error.what.empty(), "every reason has words");
}

void check_system(const evenkeel::pkpd::Model& model, const evenkeel::pkpd::LinearSystem& system) {
  promise(system.rates.allFinite(), "rates are finite");
  const bool converts =
      std::ranges::any_of(model.flows, [](const auto& flow) { return !flow.yield.empty(); });
  const auto n = system.rates.rows();
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) promise(i == j || system.rates(i, j) >= 0.0, "no negative flow");
    promise(converts || system.rates.col(i).sum() <= -1e-9 * system.rates(i, i), "no drug is made");
  }
  promise(!system.outputs.empty() && system.outputs.size() == model.outputs.size(), "it has its outputs");
  for (const auto& output : system.outputs) {
    promise(output.compartment < static_cast<std::size_t>(n), "an output is a compartment");
    promise(output.volume > evenkeel::Volume{}, "a concentration has a volume");
  }
}

void check_entries(const evenkeel::pkpd::Structure& structure, const evenkeel::pkpd::Values& values) {
  for (std::size_t route = 0; route < structure.model().routes.size(); ++route) {
    const auto entries = structure.entries(route, values);
    if (!entries) continue;
    promise(!entries->empty(), "a route has a way in");
    for (const auto& entry : *entries) {
      promise(entry.compartment < structure.model().compartments.size(), "a way in ends in a compartment");
      promise(entry.fraction >= 0.0, "no negative dose enters");
    }
  }
}

void check_model(std::string_view text) {
  auto model = evenkeel::content::read_model(text);
  explained(model);
  if (!model) return;
  for (const auto& block : model->variability.blocks) {
    promise(block.covariance.llt().info() == Eigen::Success, "a covariance is positive definite");
    promise(block.distributions.size() == block.parameters.size(), "each effect has its distribution");
  }
  const evenkeel::pkpd::Structure structure{*std::move(model)};
  const auto values = structure.typical({70.0 * evenkeel::units::kg, 40.0, false, false});
  if (!values) {
    promise(!values.error().what.empty(), "a patient is refused with a reason");
    return;
  }
  const auto system = structure.system(*values);
  if (system) {
    check_system(structure.model(), *system);
  } else {
    promise(!system.error().what.empty(), "a system is refused with a reason");
  }
  check_entries(structure, *values);
}

void check_effect(std::string_view text) {
  using namespace evenkeel::pkpd;
  const auto effect = evenkeel::content::read_effect(text);
  explained(effect);
  if (!effect) return;
  const Predicted predicted{effect->pairing.models.empty() ? "any" : effect->pairing.models.front(),
                            effect->pairing.moiety, effect->pairing.site.value_or(SamplingSite::venous)};
  const auto paired = PairedEffect::make(*effect, predicted);
  promise(paired || std::holds_alternative<Described>(effect->form), "an effect is read from its own");
  if (!paired) return;
  for (const double mg_L : {0.0, 1e-6, 0.07, 0.4, 2.0, 1e6}) {
    const auto value = paired->at(evenkeel::Concentration::from_canonical(mg_L));
    if (!value) continue;
    promise(std::isfinite(value->typical), "a value is finite");
    promise(!value->interval || value->interval->contains(value->typical), "an interval holds its value");
  }
}

void check_interaction(std::string_view text) {
  const auto interaction = evenkeel::content::read_interaction(text);
  explained(interaction);
  if (!interaction) return;
  for (const auto& each : interaction->observed)
    promise(!each.auc_ratio || each.auc_ratio->low() > 0.0, "a ratio is above zero");
}

// A worse level takes no step away.
void check_pathway(std::string_view text) {
  const auto pathway = evenkeel::content::read_pathway(text);
  explained(pathway);
  if (!pathway) return;
  std::size_t before = 0;
  for (int level = 0; level <= 4; ++level) {
    const auto steps = evenkeel::watch::steps_for(*pathway, level, {});
    promise(level >= 2 || steps.empty(), "below level 2 there is no step");
    promise(steps.size() >= before, "a worse level takes no step away");
    before = steps.size();
  }
}

void check_lines(std::string_view text) {
  const auto lines = evenkeel::content::read_help_lines(text);
  explained(lines);
  if (!lines) return;
  const auto both = evenkeel::watch::joined(*lines, *lines);
  promise(both.places.size() == lines->places.size(), "a country is there once");
  for (const auto& place : both.places) promise(!place.lines.empty(), "a country that is named has a line");
}

void check_page(std::string_view text) {
  const auto page = evenkeel::content::read_patient_page(text);
  explained(page);
  if (!page) return;
  for (const auto& section : page->sections) {
    for (const auto& sentence : section.sentences) {
      promise(sentence.text.find('%') == std::string::npos, "no percentage for a patient");
      promise(!sentence.fact || !sentence.evidence.empty(), "a fact cites evidence");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text = evenkeel::as_text(data + 1, size - 1);
  constexpr std::string_view letters = "mpirefxcwlt";
  const auto letter = letters.find(static_cast<char>(data[0]));
  switch (letter != std::string_view::npos ? letter : data[0] % letters.size()) {
    case 0:
      check_model(text);
      break;
    case 1:
      explained(evenkeel::content::read_protocol(text));
      break;
    case 2:
      explained(evenkeel::content::read_instrument(text));
      break;
    case 3:
      explained(evenkeel::content::read_rule(text));
      break;
    case 4:
      explained(evenkeel::content::read_evidence(text));
      break;
    case 5:
      check_effect(text);
      break;
    case 6:
      check_interaction(text);
      break;
    case 7:
      explained(evenkeel::content::read_criteria(text));
      break;
    case 8:
      check_pathway(text);
      break;
    case 9:
      check_lines(text);
      break;
    default:
      check_page(text);
  }
  return 0;
}
