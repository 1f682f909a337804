#include "apps/evenkeel/target_command.hpp"

#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "apps/evenkeel/arguments.hpp"
#include "apps/evenkeel/output.hpp"
#include "apps/evenkeel/target_setup.hpp"
#include "report/target_report.hpp"

namespace evenkeel::app {
namespace {

std::vector<double> ng_mL(const std::vector<Concentration>& levels) {
  std::vector<double> values;
  for (const Concentration level : levels) values.push_back(level.in(units::ng / units::mL));
  return values;
}

void add_band(report::TargetReport& made, const std::string& what, bool effect_site,
              const plan::TargetBand& band) {
  made.ranges.push_back({what, effect_site, ng_mL(band.low), ng_mL(band.middle), ng_mL(band.high)});
}

// What the same rates give under another system.
void add_course(report::TargetReport& made, const std::string& what, const plan::TargetSite& site,
                bool plasma_too) {
  const auto course = plan::follow(site, Eigen::VectorXd::Zero(site.system.rates.rows()),
                                   made.answer.segments, made.question.update);
  if (plasma_too) made.ranges.push_back({what, false, {}, ng_mL(course.plasma), {}});
  if (site.effect_site) made.ranges.push_back({what, true, {}, ng_mL(course.effect_site), {}});
}

std::optional<Error> add_delays(const TargetSetup& setup, const pkpd::Values& values,
                                report::TargetReport& made) {
  if (!setup.effect_site || !setup.effect_site->effect) return std::nullopt;
  for (const auto& [bound, words] : {std::pair{pkpd::Bound::low, "the shortest published delay"},
                                     std::pair{pkpd::Bound::high, "the longest published delay"}}) {
    const auto site = target_site(setup.structure, values, setup.effect_site, bound);
    if (!site) return site.error();
    add_course(made, words, *site, false);
  }
  return std::nullopt;
}

std::optional<Errors> add_ranges(const TargetOptions& options, const TargetSetup& setup,
                                 report::TargetReport& made) {
  const auto overrides = parameters_argument(options.parameters, setup.structure);
  if (!overrides) return Errors{overrides.error()};
  const auto values = setup.structure.typical(setup.patient, *overrides);
  if (!values) return Errors{values.error()};
  if (auto error = add_delays(setup, *values, made)) return Errors{*std::move(error)};
  if (options.subjects > 0) {
    const auto members = drawn_members(options, setup);
    if (!members) return Errors{members.error()};
    const auto bands = plan::bands_of(*members, setup.question.site.plasma, setup.question.site.effect_site,
                                      made.answer.segments, setup.question.update);
    const std::string what = fmt::format("{} persons as the model says they differ", options.subjects);
    add_band(made, what, false, bands.plasma);
    if (setup.question.site.effect_site) add_band(made, what, true, bands.effect_site);
    const auto& note = setup.model().variability.note;
    made.caveats.push_back(fmt::format("Persons were drawn with seed {}.{}", *options.seed,
                                       note.empty() ? std::string{} : " " + note));
  }
  const auto others = other_models(options, setup);
  if (!others) return others.error();
  for (const OtherModel& other : *others) {
    add_course(made, other.id, other.site, true);
    if (setup.effect_site && !other.site.effect_site)
      made.caveats.push_back(other.id + ": shown in plasma only; the delay does not hold for that model.");
  }
  return std::nullopt;
}

std::string patient_words(const pkpd::Patient& patient) {
  std::string words = fmt::format("{:g} kg", patient.weight->in(units::kg));
  if (patient.age_years) words += fmt::format(", {:g} years", *patient.age_years);
  return words;
}

std::string effect_site_words(const TargetSetup& setup) {
  if (!setup.effect_site) return {};
  const auto& site = setup.question.site;
  const auto compartment = static_cast<Eigen::Index>(site.system.outputs[*site.effect_site].compartment);
  const double ke0_per_min = -site.system.rates(compartment, compartment) / 60.0;
  const std::string ke0 = fmt::format("ke0 {:.3g} per minute with this model", ke0_per_min);
  if (!setup.effect_site->effect) return "Half-life as given; " + ke0 + ". It is uncertain.";
  return fmt::format("Delay of {} ({}); {}. It is uncertain.", setup.effect_site->effect->id,
                     setup.effect_site->effect->title, ke0);
}

// At the end of each target, and where plasma was loaded for an effect site, when the first is reached.
std::optional<Error> add_stops(report::TargetReport& made) {
  std::vector<Concentration> levels;
  for (const auto& level : made.levels) levels.push_back(level.from_ng_mL * units::ng / units::mL);
  std::vector<Duration> moments;
  if (made.question.site.effect_site && made.answer.met.front().reached)
    moments.push_back(*made.answer.met.front().reached);
  for (const auto& met : made.answer.met) moments.push_back(met.until);
  for (const Duration at : moments) {
    auto stopped = plan::if_stopped(made.question.site, made.answer, at, levels);
    if (!stopped) return stopped.error();
    made.stopped.push_back(*std::move(stopped));
  }
  return std::nullopt;
}

Result<report::TargetReport, Errors> report_of(const TargetOptions& options, const TargetSetup& setup,
                                               plan::TargetAnswer answer) {
  const pkpd::Model& model = setup.model();
  report::TargetReport made;
  made.program = "evenkeel " EVENKEEL_VERSION;
  made.model = model.id;
  made.version = model.version;
  made.status = model.status;
  made.title = model.title;
  made.drug = std::string(pkpd::moiety_text(model.dosed.front()));
  made.output = model.outputs.front().id;
  made.patient = patient_words(setup.patient);
  made.effect_site = effect_site_words(setup);
  made.weight = *setup.patient.weight;
  made.question = setup.question;
  made.answer = std::move(answer);
  made.caveats = setup.caveats;
  for (const auto& level : model.levels)
    made.levels.push_back(
        {level.name, level.from.value.in(units::ng / units::mL), level.to.in(units::ng / units::mL)});
  if (auto error = add_stops(made)) return Errors{*std::move(error)};
  if (auto errors = add_ranges(options, setup, made)) return *std::move(errors);
  return made;
}

std::string shown_as(const std::string& format, const report::TargetReport& made) {
  if (format == "json") return report::target_json(made);
  if (format == "html") return report::target_page(made);
  return report::target_text(made, false);
}

Status refuse(const Errors& errors) {
  for (const Error& error : errors) complain(error);
  const Error& first = errors.front();
  const bool of_an_option = first.where.starts_with("--") && first.code != ErrorCode::outside_domain;
  return of_an_option ? wrong_usage : status_of(first.code);
}

constexpr const char* target_examples = R"(Examples:
  evenkeel target --model kamp-2020 --patient weight=70,age=40
    --target 100ng/mL@0,150ng/mL@20min --until 60min --strength "1 mg/mL"
    --pump-max "1200 mL/h" --rate-step "0.1 mL/h" --syringe "50 mL"
    --by-hand 5min --within 10%
  evenkeel target ... --subjects 1000 --seed 1 --beside domino-1982
    --format html -o plan.html
  evenkeel target ... --effect-site antinociception-index-navarrete-2025
    --plasma-max 300ng/mL

No pump is controlled: the schedule is printed for people, and a clinician
decides. By default rates change every 10 s and are rounded down to the pump's
step; --by-hand plans few changes. An effect site is steered only where its
delay is named: an effect's id, or a half-life such as 3min; it is uncertain,
and never a default. Units: ng/mL, ug/L, ug/mL, mg/L; mL/h; mg/mL, ug/mL; mL.

Exit status: 0 done; 2 wrong usage; 3 what is asked cannot be planned (which
option, why); 4 outside a model's domain; 5 a file could not be read or
written.)";

void add_pump(CLI::App& command, TargetOptions& options) {
  command.add_option("--strength", options.strength, "Ketamine base in the syringe")
      ->required()
      ->option_text("MG/ML");
  command.add_option("--pump-max", options.pump_max, "The pump's largest rate")
      ->required()
      ->option_text("ML/H");
  command.add_option("--rate-step", options.rate_step, "Rates are multiples of this")
      ->required()
      ->option_text("ML/H");
  command.add_option("--syringe", options.syringe, "What a syringe holds")->required()->option_text("ML");
}

void add_others(CLI::App& command, TargetOptions& options) {
  command.add_option("--subjects", options.subjects, "Show the rates in so many persons")->option_text("N");
  command.add_option("--seed", options.seed, "... drawn from the model's spread")->option_text("S");
  command.add_option("--beside", options.beside, "... and under other models of the drug")
      ->delimiter(',')
      ->option_text("ID[,ID...]");
}

}  // namespace

Status plan_target_schedule(const TargetOptions& options) {
  const auto setup = set_up_target(options);
  if (!setup) return refuse(setup.error());
  auto answer = plan::plan_target(setup->question);
  if (!answer) {  // the words were in order; what they ask is not
    complain(with_option(answer.error()));
    return status_of(answer.error().code);
  }
  const auto made = report_of(options, *setup, *std::move(answer));
  if (!made) return refuse(made.error());
  Output output{options.output};
  output.stream() << shown_as(options.format, *made);
  return output.finish();
}

void add_target_options(CLI::App& command, TargetOptions& options) {
  command.add_option("--model", options.model, "A model's id or file")->required()->option_text("ID");
  command.add_option("--patient", options.patient, "weight=70,age=40,asian=no,japanese=no")
      ->required()
      ->option_text("NAME=V,...");
  command.add_option("--param", options.parameters, "Parameters, in the model's units")
      ->option_text("NAME=V,...");
  command.add_option("--target", options.targets, "A level and from when: 100ng/mL@0,150ng/mL@20min")
      ->required()
      ->delimiter(',')
      ->option_text("LEVEL@TIME,...");
  command.add_option("--until", options.until, "The end of the schedule")->required()->option_text("TIME");
  command.add_option("--effect-site", options.effect_site, "Steer there: an effect's id, or a half-life")
      ->option_text("ID|TIME");
  command.add_option("--plasma-max", options.plasma_max, "... but load with plasma at most this")
      ->option_text("LEVEL");
  add_pump(command, options);
  command.add_option("--every", options.every, "How often a rate may change; else 10s")->option_text("TIME");
  command.add_option("--by-hand", options.by_hand, "Few changes, this far apart or more")
      ->option_text("TIME");
  command.add_option("--within", options.within, "The band around a target; else 5%")->option_text("PERCENT");
  add_others(command, options);
  command.add_option("--format", options.format, "text, json or html")
      ->check(CLI::IsMember({"text", "json", "html"}))
      ->option_text("FORMAT");
  command.add_option("-o,--output", options.output, "Write here, not to standard output")
      ->option_text("FILE");
  command.add_option("--content", options.content, "Use this content folder")->option_text("DIR");
  command.footer(target_examples);
}

void add_target(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<TargetOptions>();
  CLI::App* command = program.add_subcommand(
      "target", "Plan rates that reach and hold a concentration, for people to set; no pump is controlled");
  add_target_options(*command, *options);
  command->callback([options, &run] { run = [options] { return plan_target_schedule(*options); }; });
}

}  // namespace evenkeel::app
