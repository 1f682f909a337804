#include "content/study_reader.hpp"

#include <cmath>

#include "content/assumed_reader.hpp"
#include "content/population_reader.hpp"

namespace evenkeel::content {
namespace {

using cohort::Arm;
using cohort::Behaviour;
using cohort::Factor;
using cohort::Share;
using cohort::Study;
using cohort::Supervised;
using cohort::Unsupervised;
using json::Reader;

constexpr int most_patients = 100'000'000;
constexpr int most_weeks = 520;
constexpr double adds_up = 1e-9;

// Whole, and such as every reader of JSON keeps: at most 2^53.
std::uint64_t read_seed(Reader place) {
  constexpr double most_seed = 9007199254740992.0;
  const double seed = place.number(0.0, most_seed);
  if (seed != std::floor(seed)) place.fault(fmt::format("{} is not a whole number", seed));
  return static_cast<std::uint64_t>(seed);
}

pkpd::Demographics read_people(Reader place, std::span<const pkpd::Demographics> populations) {
  if (place.node() == nullptr || place.node()->kind == json::Kind::object) {
    return place.node() == nullptr ? pkpd::Demographics{} : read_population(place);
  }
  const std::string id = place.name();
  const auto found = std::ranges::find(populations, id, &pkpd::Demographics::id);
  if (found != populations.end()) return *found;
  if (!id.empty()) {
    place.fault(fmt::format("there is no population '{}' beside the study: {}.population.json", id, id),
                ErrorCode::not_found);
  }
  return {};
}

// A plain number with its source, where the study keeps the number alone.
double read_stated(Reader place, const Header& header, double low, double high) {
  if (!place.object({"value", "source", "label"}, {"note"})) return 0.0;
  static_cast<void>(read_provenance(place, header));
  return place["value"].number(low, high);
}

// The study's numbers in place of the behaviour's own, with where they come from.
void read_drives(Reader place, const Header& header, Behaviour& behaviour) {
  for (auto& [name, member] : place.members()) {
    const auto fields = cohort::drive_fields();
    const auto field = std::ranges::find(fields, name, &cohort::AssumedField<cohort::Drives>::name);
    if (field == fields.end()) {
      member.fault("no behaviour has such a number; docs/study-format.md lists them");
      continue;
    }
    cohort::Assumed own = read_assumed(member, header, *field);
    const auto cited =
        std::ranges::find(header.sources, own.from.source, [](const auto& row) { return row.first; });
    own.from.source = "study." + own.from.source;
    const bool known =
        std::ranges::any_of(behaviour.sources, [&](const auto& row) { return row.first == own.from.source; });
    if (cited != header.sources.end() && !known)
      behaviour.sources.emplace_back(own.from.source, cited->second);
    behaviour.drives.*field->field = own;
  }
}

void read_part(Reader place, const Header& header, const StudyParts& parts, Study& study) {
  if (!place.object({"behaviour", "share", "source", "label"}, {"note", "drives"})) return;
  static_cast<void>(read_provenance(place, header));
  Reader name = place["behaviour"];
  const Share share{name.name(), place["share"].number(0.0, 1.0)};
  const auto found = std::ranges::find(parts.behaviours, share.behaviour, &Behaviour::id);
  if (found == parts.behaviours.end()) {
    if (!share.behaviour.empty())
      name.fault(fmt::format("there is no behaviour '{}': evenkeel content list", share.behaviour),
                 ErrorCode::not_found);
    return;
  }
  if (std::ranges::find(study.mix, share.behaviour, &Share::behaviour) != study.mix.end())
    name.fault(fmt::format("'{}' has its share already", share.behaviour));
  study.mix.push_back(share);
  study.behaviours.push_back(*found);
  if (place.has("drives")) read_drives(place["drives"], header, study.behaviours.back());
}

void read_mix(Reader place, const Header& header, const StudyParts& parts, Study& study) {
  const auto before = place.faults();
  for (Reader part : place.items(1)) read_part(part, header, parts, study);
  if (place.faults() != before) return;
  double sum = 0.0;
  for (const Share& share : study.mix) sum += share.share;
  if (!(std::abs(sum - 1.0) <= adds_up)) place.fault(fmt::format("the shares add up to {}, not to 1", sum));
}

Supervised read_supervised(Reader& place) {
  Supervised arm;
  if (!place.object({"id", "title", "regimen", "protocol", "evaluation_every", "missed_evaluations",
                     "left_out", "dispensing_check_weeks", "toxicology_weeks", "acts", "days_to_review"},
                    {"levels"}))
    return arm;
  arm.protocol = place["protocol"].name();
  arm.evaluation_every = place["evaluation_every"].number(0.1, 100.0);
  arm.missed_evaluations = place["missed_evaluations"].number(0.0, 1.0);
  for (Reader left : place["left_out"].items()) arm.left_out.push_back(left.name());
  arm.dispensing_check_weeks = place["dispensing_check_weeks"].number(0.0, most_weeks);
  arm.toxicology_weeks = place["toxicology_weeks"].number(0.0, most_weeks);
  arm.acts = place["acts"].boolean();
  arm.days_to_review = place["days_to_review"].number(0.0, 365.0);
  return arm;
}

Unsupervised read_unsupervised(Reader& place, const Header& header) {
  Unsupervised arm;
  if (!place.object({"id", "title", "regimen", "uses_per_week", "mg_per_use", "growth_per_week",
                     "bioavailability", "source", "label"},
                    {"note", "levels"}))
    return arm;
  arm.uses_per_week = place["uses_per_week"].number(0.01, 70.0);
  arm.mg_per_use = place["mg_per_use"].number(0.1, 20'000.0);
  arm.growth_per_week = place["growth_per_week"].number(0.0, 1.0);
  arm.bioavailability = place["bioavailability"].number(0.01, 1.0);
  arm.from = read_provenance(place, header);
  return arm;
}

constexpr std::size_t most_factors = 8;
constexpr std::size_t most_levels = 32;

// One or more, and no more than so many.
std::vector<Reader> at_most(std::size_t most, Reader place) {
  auto items = place.items(1);
  if (items.size() > most) place.fault(fmt::format("{} of them; at most {}", items.size(), most));
  return items;
}

Factor read_factor(Reader place) {
  Factor factor;
  if (!place.object({"id", "title", "levels"})) return factor;
  factor.id = place["id"].name();
  factor.title = place["title"].text(200);
  for (Reader each : at_most(most_levels, place["levels"])) {
    if (!each.object({"id", "title"})) continue;
    Factor::Level level{each["id"].name(), each["title"].text(200)};
    if (std::ranges::find(factor.levels, level.id, &Factor::Level::id) != factor.levels.end())
      each["id"].fault(fmt::format("another level is called '{}'", level.id));
    factor.levels.push_back(std::move(level));
  }
  return factor;
}

void read_factors(Reader place, Study& study) {
  for (Reader each : at_most(most_factors, place)) {
    Factor factor = read_factor(each);
    if (std::ranges::find(study.factors, factor.id, &Factor::id) != study.factors.end())
      each["id"].fault(fmt::format("another factor is called '{}'", factor.id));
    study.factors.push_back(std::move(factor));
  }
}

// One level of each factor, which no arm before has together.
std::vector<std::string> read_levels(Reader place, const Study& study) {
  std::vector<std::string> levels;
  std::vector<std::string_view> factors;
  for (const Factor& factor : study.factors) factors.push_back(factor.id);
  if (!place.check_keys(factors, {})) return levels;
  for (const Factor& factor : study.factors) {
    Reader level = place[factor.id];
    levels.push_back(level.name());
    if (!levels.back().empty() &&
        std::ranges::find(factor.levels, levels.back(), &Factor::Level::id) == factor.levels.end())
      level.fault(fmt::format("'{}' has no level '{}'", factor.id, levels.back()), ErrorCode::not_found);
  }
  if (std::ranges::find(study.arms, levels, &Arm::levels) != study.arms.end())
    place.fault("another arm has these levels");
  return levels;
}

void read_arm(Reader place, const Header& header, Study& study) {
  constexpr std::pair<std::string_view, bool> regimens[] = {{"supervised", true}, {"unsupervised", false}};
  const auto before = place.faults();
  if (place.node() == nullptr || place.node()->kind != json::Kind::object || !place.has("regimen")) {
    static_cast<void>(place.object({"id", "title", "regimen"}));
    return;
  }
  const bool supervised = place["regimen"].one_of(regimens);
  if (place.faults() != before) return;
  Arm arm;
  if (supervised)
    arm.regimen = read_supervised(place);
  else
    arm.regimen = read_unsupervised(place, header);
  arm.id = place["id"].name();
  arm.title = place["title"].text(200);
  if (std::ranges::find(study.arms, arm.id, &Arm::id) != study.arms.end() && !arm.id.empty())
    place["id"].fault(fmt::format("another arm is called '{}'", arm.id));
  if (!study.factors.empty())
    arm.levels = read_levels(place["levels"], study);
  else if (place.has("levels"))
    place["levels"].fault("the study has no factors");
  study.arms.push_back(std::move(arm));
}

void read_arms(Reader place, const Header& header, Study& study) {
  constexpr std::size_t most_arms = 32;
  for (const Reader& arm : at_most(most_arms, place)) read_arm(arm, header, study);
}

Study read(Reader& top, const StudyParts& parts) {
  Study study;
  if (!top_keys(top,
                {"question", "assumed", "patients", "weeks", "seed", "model", "people", "nature", "mix",
                 "arms", "dependence_harm", "sensitivity_patients"},
                {"factors"}))
    return study;
  const Header header = read_header(top, "study");
  study.id = header.id;
  study.version = header.version;
  study.title = header.title;
  study.sources = header.sources;
  study.question = top["question"].text(600);
  for (Reader sentence : top["assumed"].items(1)) study.assumed.push_back(sentence.text(600));
  study.patients = static_cast<std::uint32_t>(top["patients"].integer(1, most_patients));
  study.weeks = top["weeks"].integer(1, most_weeks);
  study.seed = read_seed(top["seed"]);
  study.model = top["model"].name();
  study.people = read_people(top["people"], parts.populations);
  study.nature = read_all_assumed(top["nature"], header, cohort::nature_fields());
  read_mix(top["mix"], header, parts, study);
  if (top.has("factors")) read_factors(top["factors"], study);
  read_arms(top["arms"], header, study);
  study.dependence_harm = read_stated(top["dependence_harm"], header, 1e-6, 1e6);
  study.sensitivity_patients =
      static_cast<std::uint32_t>(top["sensitivity_patients"].integer(0, most_patients));
  return study;
}

}  // namespace

Result<Study, Errors> read_study(std::string_view text, const StudyParts& parts) {
  return read_file<Study>(text, [&](Reader& top) { return read(top, parts); });
}

}  // namespace evenkeel::content
