#include "apps/evenkeel/simulate_table.hpp"

#include <fmt/format.h>

#include <iostream>

#include "apps/evenkeel/arguments.hpp"
#include "apps/evenkeel/output.hpp"
#include "exchange/result_writer.hpp"
#include "exchange/table_reader.hpp"
#include "pkpd/random_effects.hpp"
#include "pkpd/residual_error.hpp"
#include "pkpd/schedule.hpp"
#include "pkpd/solve.hpp"
#include "pkpd/uncertainty.hpp"

namespace evenkeel::app {
namespace {

// What the table leaves to the command line.
struct Setting {
  const pkpd::Structure* structure;
  pkpd::Person person;
  pkpd::RandomEffects effects;
  pkpd::ResidualErrors residuals;
};

Result<Setting> setting_of(const SimulateOptions& options, const pkpd::Structure& structure) {
  auto patient = patient_argument(options.patient);
  if (!patient) return patient.error();
  auto overrides = parameters_argument(options.parameters, structure);
  if (!overrides) return overrides.error();
  if (options.replicate > 0) {
    overrides = pkpd::sample_typical(structure.model(), *options.seed, options.replicate, *overrides);
    if (!overrides) return overrides.error();
  }
  auto effects = pkpd::RandomEffects::make(structure.model());
  if (!effects) return effects.error();
  auto residuals = pkpd::ResidualErrors::make(structure.model());
  if (!residuals) return residuals.error();
  return Setting{
      &structure, {*patient, *std::move(overrides), {}}, *std::move(effects), *std::move(residuals)};
}

pkpd::Individual individual(const pkpd::RandomEffects& effects, std::uint64_t seed, std::uint32_t subject) {
  return [&effects, seed, subject](const pkpd::Values& typical, int occasion) {
    std::vector<double> etas(effects.effects().size(), 0.0);
    effects.add_subject_etas(seed, subject, etas);
    if (effects.has_occasions()) effects.add_occasion_etas(seed, subject, occasion, etas);
    return effects.individual(typical, etas);
  };
}

class TableSimulation {
 public:
  TableSimulation(const SimulateOptions& options, const Setting& setting, std::ostream& out)
      : options_(options), setting_(setting) {
    std::vector<std::string> heading{"ID", "TIME"};
    for (const auto& output : setting.structure->model().outputs) {
      columns_.push_back(exchange::column_of(output));
      heading.push_back(columns_.back().name);
    }
    writer_.emplace(out, heading);
  }

  // The rows of one subject, `number` among the subjects.
  std::optional<Error> take(const exchange::TableReader& reader, const exchange::TableSubject& subject,
                            std::uint32_t number) {
    pkpd::Person person = setting_.person;
    if (options_.seed) person.individual = individual(setting_.effects, *options_.seed, number);
    const auto made = pkpd::make_subject(*setting_.structure, subject.history, person);
    if (!made) return reader.located(subject, made.error());
    const auto timeline = pkpd::schedule(*setting_.structure, *made);
    if (!timeline) return reader.located(subject, timeline.error());
    write(subject, made->records, pkpd::read_outs(*timeline, made->records.size()).concentrations, number);
    return std::nullopt;
  }

 private:
  void write(const exchange::TableSubject& subject, std::span<const pkpd::Record> records,
             const Eigen::MatrixXd& mg_L, std::uint32_t number) {
    std::vector<double> values(columns_.size());
    for (std::size_t row = 0; row < records.size(); ++row) {
      for (std::size_t output = 0; output < columns_.size(); ++output) {
        auto value = Concentration::from_canonical(
            mg_L(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(output)));
        if (options_.residual) {
          const pkpd::Draw draw{*options_.seed, number, static_cast<std::uint32_t>(row)};
          value = setting_.residuals.observed(value, output, draw).value_or(value);
        }
        values[output] = value.canonical() * columns_[output].of_mg_L;
      }
      writer_->row(subject.id, records[row].at.in(units::h), values);
    }
  }

  const SimulateOptions& options_;
  const Setting& setting_;
  std::vector<exchange::ResultColumn> columns_;
  std::optional<exchange::ResultWriter> writer_;
};

// Columns that nothing was done with, for whoever misspelt one.
void name_ignored(const std::vector<std::string>& ignored) {
  if (ignored.empty()) return;
  std::string names;
  for (const auto& name : ignored) names += (names.empty() ? "" : ", ") + name;
  std::cerr << "evenkeel: columns without a meaning here: " << names << '\n';
}

}  // namespace

Status simulate_table(const SimulateOptions& options, const pkpd::Structure& structure, std::istream& in) {
  const auto refuse = [](const Error& error, Status status) {
    complain(error);
    return status;
  };
  const auto carried = carried_of(options);
  if (!carried) return refuse(carried.error(), wrong_usage);
  const auto setting = setting_of(options, structure);
  if (!setting) return refuse(setting.error(), wrong_usage);
  auto reader =
      exchange::TableReader::open(in, structure,
                                  {.name = options.regimen,
                                   .carried = *carried,
                                   .repeated = options.repeated_ids ? exchange::RepeatedId::another_subject
                                                                    : exchange::RepeatedId::refused});
  if (!reader) return refuse(reader.error(), bad_input);
  name_ignored(reader->ignored());
  say_caveats(structure.model().id, structure.model().caveats);
  Output output{options.output};
  std::optional<TableSimulation> simulation{std::in_place, options, *setting, output.stream()};
  Progress progress{"subjects"};
  for (std::uint32_t number = 0;; ++number) {
    const auto subject = reader->next();
    if (!subject) return refuse(subject.error(), bad_input);
    if (!*subject) break;
    if (const auto error = simulation->take(*reader, **subject, number))
      return refuse(*error, status_of(error->code));
    progress.show(number + 1, 0);
  }
  simulation.reset();
  return output.finish();
}

}  // namespace evenkeel::app
