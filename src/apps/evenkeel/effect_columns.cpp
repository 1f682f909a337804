#include "apps/evenkeel/effect_columns.hpp"

#include <fmt/format.h>

#include "apps/evenkeel/command.hpp"
#include "content/library_loader.hpp"
#include "pkpd/read_out.hpp"
#include "pkpd/schedule.hpp"
#include "pkpd/solve.hpp"

namespace evenkeel::app {
namespace {

// The output that the effect was estimated with, or the first one, which then says why not.
std::size_t output_for(const pkpd::Effect& effect, const pkpd::Model& model) {
  for (std::size_t i = 0; i < model.outputs.size(); ++i) {
    const auto& output = model.outputs[i];
    if (output.moiety == effect.pairing.moiety &&
        (!effect.pairing.site || *effect.pairing.site == output.site))
      return i;
  }
  return 0;
}

// The concentration that the effect follows, at the ensemble's times.
Result<std::vector<Concentration>> followed(const EnsembleSetup& setup, const pkpd::EffectSystem& site,
                                            const pkpd::Values& values) {
  pkpd::Subject subject{{}, {site.system}, {values}};
  std::vector<std::size_t> observed;
  for (const pkpd::Row& row : pkpd::merged(setup.ensemble.doses, setup.ensemble.times)) {
    if (row.kind == pkpd::RecordKind::observation) observed.push_back(subject.records.size());
    pkpd::Record record;
    record.at = row.at;
    record.kind = row.kind;
    record.dose = row.dose;
    subject.records.push_back(std::move(record));
  }
  const auto timeline = pkpd::schedule(setup.structure(), subject);
  if (!timeline) return timeline.error().error;
  const pkpd::Readings readings = pkpd::read_outs(*timeline, subject.records.size());
  std::vector<Concentration> found;
  for (const std::size_t row : observed) {
    found.push_back(Concentration::from_canonical(
        readings.concentrations(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(site.output))));
  }
  return found;
}

std::optional<Error> add(const pkpd::Effect& effect, const EnsembleSetup& setup, EffectColumns& columns) {
  const std::size_t output = output_for(effect, setup.model());
  const auto& predicted = setup.model().outputs[output];
  const auto paired = pkpd::PairedEffect::make(effect, {setup.model().id, predicted.moiety, predicted.site});
  if (!paired) return paired.error();
  const auto values = setup.ensemble.values_of(0, 1);
  if (!values) return values.error();
  auto system = setup.structure().system(*values);
  if (!system) return system.error();
  const auto curve = followed(setup, pkpd::with_delay(effect, *std::move(system), output), *values);
  if (!curve) return curve.error();
  const auto read = paired->along(*curve);
  for (const char* ending : {"", "_low", "_high"}) columns.names.push_back(effect.id + ending);
  for (std::size_t row = 0; row < read.size(); ++row) {
    const auto& value = read[row];
    const bool ranged = value && value->interval;
    columns.rows[row].push_back(value ? std::optional{value->typical} : std::nullopt);
    columns.rows[row].push_back(ranged ? std::optional{value->interval->low()} : std::nullopt);
    columns.rows[row].push_back(ranged ? std::optional{value->interval->high()} : std::nullopt);
  }
  columns.caveats.push_back(fmt::format("{}, in {}", effect.title, effect.unit));
  columns.caveats.insert(columns.caveats.end(), paired->caveats().begin(), paired->caveats().end());
  return std::nullopt;
}

}  // namespace

Result<EffectColumns, Errors> effect_columns(const SimulateOptions& options, const EnsembleSetup& setup) {
  EffectColumns columns;
  columns.rows.resize(setup.ensemble.times.size());
  for (const std::string& name : options.effects) {
    const auto effect = content::load_effect(content_folder(options.content), name);
    if (!effect) return effect.error();
    if (auto error = add(*effect, setup, columns)) return Errors{*std::move(error)};
  }
  return columns;
}

}  // namespace evenkeel::app
