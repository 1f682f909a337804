#include "apps/evenkeel/simulate_regimen.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "apps/evenkeel/arguments.hpp"
#include "apps/evenkeel/effect_columns.hpp"
#include "apps/evenkeel/ensemble_setup.hpp"
#include "apps/evenkeel/output.hpp"
#include "apps/evenkeel/simulation_report.hpp"
#include "exchange/result_writer.hpp"

namespace evenkeel::app {
namespace {

constexpr std::size_t most_kept = std::size_t{1} << 26;  // numbers, of several models side by side

Status refuse(const Error& error) {
  complain(error);
  return error.where.starts_with("--") ? wrong_usage : status_of(error.code);
}

Status refuse_all(const Errors& errors) {
  for (std::size_t i = 1; i < errors.size(); ++i) complain(errors[i]);
  return refuse(errors.front());
}

// A column for each output of each model; the model's name stands before it where there are several.
std::vector<exchange::ResultColumn> columns_of(const std::vector<EnsembleSetup>& setups) {
  std::vector<exchange::ResultColumn> columns;
  for (const EnsembleSetup& setup : setups) {
    for (const auto& output : setup.model().outputs) {
      auto column = exchange::column_of(output);
      if (setups.size() > 1) column.name = setup.model().id + ":" + column.name;
      columns.push_back(std::move(column));
    }
  }
  return columns;
}

std::vector<std::string> curve_heading(const std::vector<exchange::ResultColumn>& columns) {
  std::vector<std::string> heading{"ID", "TIME"};
  for (const auto& column : columns) heading.push_back(column.name);
  return heading;
}

// The curves of one model as they are computed.
Status write_one(const SimulateOptions& options, const EnsembleSetup& setup,
                 const std::vector<exchange::ResultColumn>& columns) {
  const auto effects = effect_columns(options, setup);
  if (!effects) return refuse_all(effects.error());
  say_caveats("effects", effects->caveats);
  Output output{options.output};
  Progress progress{"subjects"};
  bool stopped = false;
  {
    auto heading = curve_heading(columns);
    heading.insert(heading.end(), effects->names.begin(), effects->names.end());
    exchange::ResultWriter writer{output.stream(), heading};
    std::vector<double> values(columns.size());
    const auto take = [&](const pkpd::CurveBlock& block) {
      for (std::size_t subject = block.first; subject < block.first + block.subjects; ++subject) {
        const std::string id = std::to_string(subject + 1);
        for (std::size_t row = 0; row < block.rows; ++row) {
          const auto read = block.at(subject, row);
          for (std::size_t i = 0; i < values.size(); ++i) values[i] = read[i] * columns[i].of_mg_L;
          writer.row(id, setup.ensemble.times[row].in(units::h), values, effects->rows[row]);
        }
      }
      progress.show(block.first + block.subjects, setup.ensemble.subjects);
      stopped = asked_to_stop();
      return !stopped && output.stream().good();
    };
    if (const auto error = pkpd::for_each_block(setup.ensemble, take, options.threads)) return refuse(*error);
  }
  return stopped ? interrupted : output.finish();
}

// Several models side by side: each is kept whole, then they are written row by row.
Status write_several(const SimulateOptions& options, const std::vector<EnsembleSetup>& setups,
                     const std::vector<exchange::ResultColumn>& columns) {
  const auto& ensemble = setups.front().ensemble;
  if (ensemble.subjects > most_kept / (ensemble.times.size() * columns.size())) {
    return refuse({ErrorCode::invalid_input, "--subjects",
                   "too many curves of several models side by side: ask for --percentiles, or one model"});
  }
  std::vector<std::vector<double>> kept(setups.size());
  for (std::size_t i = 0; i < setups.size(); ++i) {
    const auto keep = [&](const pkpd::CurveBlock& block) {
      kept[i].insert(kept[i].end(), block.mg_L.begin(), block.mg_L.end());
      return !asked_to_stop();
    };
    if (const auto error = pkpd::for_each_block(setups[i].ensemble, keep, options.threads))
      return refuse(*error);
    if (asked_to_stop()) return interrupted;
  }
  Output output{options.output};
  {
    exchange::ResultWriter writer{output.stream(), curve_heading(columns)};
    for (std::size_t subject = 0; subject < ensemble.subjects; ++subject) {
      for (std::size_t row = 0; row < ensemble.times.size(); ++row) {
        std::vector<double> values;
        for (std::size_t i = 0; i < setups.size(); ++i) {
          const std::size_t outputs = setups[i].model().outputs.size();
          const std::size_t from = (subject * ensemble.times.size() + row) * outputs;
          for (std::size_t o = 0; o < outputs; ++o)
            values.push_back(kept[i][from + o] * columns[values.size()].of_mg_L);
        }
        writer.row(std::to_string(subject + 1), ensemble.times[row].in(units::h), values);
      }
    }
  }
  return output.finish();
}

Status write_percentiles(const SimulateOptions& options, const std::vector<EnsembleSetup>& setups,
                         const std::vector<exchange::ResultColumn>& columns) {
  const auto percentiles = percentiles_argument(options.percentiles);
  if (!percentiles) return refuse(percentiles.error());
  pkpd::BandOptions wanted{{}, options.exact};
  for (const double percent : *percentiles) wanted.probabilities.push_back(percent / 100.0);
  Progress progress{"subjects"};
  const pkpd::BatchOptions run{options.threads, [&](std::size_t done, std::size_t total) {
                                 progress.show(done, total);
                                 return !asked_to_stop();
                               }};
  std::vector<pkpd::Bands> bands;
  for (const EnsembleSetup& setup : setups) {
    auto found = pkpd::percentile_bands(setup.ensemble, wanted, run);
    if (!found) return refuse(found.error());
    if (!*found) return interrupted;
    bands.push_back(**std::move(found));
  }
  std::vector<std::string> heading{"TIME"};
  for (const auto& column : columns) {
    for (const double percent : *percentiles)
      heading.push_back(fmt::format("{}_p{:g}", column.name, percent));
  }
  Output output{options.output};
  {
    exchange::ResultWriter writer{output.stream(), heading};
    const auto& times = setups.front().ensemble.times;
    for (std::size_t row = 0; row < times.size(); ++row) {
      std::vector<double> values;
      std::size_t column = 0;
      for (const pkpd::Bands& each : bands) {
        for (std::size_t o = 0; o < each.outputs; ++o, ++column) {
          for (std::size_t p = 0; p < wanted.probabilities.size(); ++p)
            values.push_back(each.at(p, o, row) * columns[column].of_mg_L);
        }
      }
      writer.row(times[row].in(units::h), values);
    }
  }
  return output.finish();
}

Status write_report(const SimulateOptions& options, const std::vector<EnsembleSetup>& setups) {
  const auto simulation = simulation_of(options, setups);
  if (!simulation) return refuse(simulation.error());
  if (!*simulation) return interrupted;
  const std::string text = options.format == "json"   ? report::simulation_json(**simulation)
                           : options.format == "html" ? report::simulation_page(**simulation)
                                                      : report::simulation_text(**simulation, false);
  return write_out(text, options.output);
}

}  // namespace

Status simulate_regimen(const SimulateOptions& options, const std::vector<pkpd::Model>& models,
                        std::string_view regimen) {
  std::vector<EnsembleSetup> setups;
  for (const pkpd::Model& model : models) {
    auto setup = set_up(options, model, regimen);
    if (!setup) return refuse_all(setup.error());
    setups.push_back(*std::move(setup));
  }
  if (options.format != "csv") return write_report(options, setups);
  for (const EnsembleSetup& setup : setups) {
    say_caveats(setup.model().id, setup.model().caveats);
    say_caveats(setup.model().id, setup.caveats);
  }
  const auto columns = columns_of(setups);
  if (!options.percentiles.empty()) return write_percentiles(options, setups, columns);
  return setups.size() == 1 ? write_one(options, setups.front(), columns)
                            : write_several(options, setups, columns);
}

}  // namespace evenkeel::app
