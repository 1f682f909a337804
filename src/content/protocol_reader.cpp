// content/protocols/: see schema.json in that folder for the form.

#include "content/readers.hpp"
#include "content/sourced.hpp"

namespace evenkeel::content {
namespace {

using care::CalendarItem;
using care::Protocol;
using json::Reader;

constexpr std::pair<std::string_view, care::Drug> drugs[] = {
    {"racemic-ketamine", care::Drug::racemic_ketamine}, {"esketamine", care::Drug::esketamine}};
constexpr std::pair<std::string_view, care::Vital> vitals[] = {
    {"systolic", care::Vital::systolic},     {"diastolic", care::Vital::diastolic},
    {"heart_rate", care::Vital::heart_rate}, {"spo2", care::Vital::spo2},
    {"moaas", care::Vital::moaas},           {"respiratory_rate", care::Vital::respiratory_rate}};
constexpr std::pair<std::string_view, care::Phase> phases[] = {
    {"before_treatment", care::Phase::before_treatment},
    {"induction", care::Phase::induction},
    {"maintenance", care::Phase::maintenance}};
constexpr std::pair<std::string_view, CalendarItem::Kind> calendar_kinds[] = {
    {"instrument", CalendarItem::Kind::instrument},
    {"bladder_check", CalendarItem::Kind::bladder_check},
    {"other_source_check", CalendarItem::Kind::other_source_check},
    {"plan_review", CalendarItem::Kind::plan_review}};

// Above this a limit of the vital sign can only be a slip.
int highest_limit(care::Vital vital) {
  switch (vital) {
    case care::Vital::spo2:
      return 100;
    case care::Vital::moaas:
      return 5;
    case care::Vital::respiratory_rate:
      return 99;
    case care::Vital::systolic:
    case care::Vital::diastolic:
    case care::Vital::heart_rate:
      return 350;
  }
  return 0;
}

std::vector<care::VitalRule> read_vital_rules(Reader list, const Header& header) {
  constexpr std::pair<std::string_view, bool> sides[] = {{"above", true}, {"below", false}};
  std::vector<care::VitalRule> rules;
  for (Reader place : list.items()) {
    if (!place.object({"vital", "when", "limit", "action"})) continue;
    care::VitalRule rule;
    rule.vital = place["vital"].one_of(vitals);
    rule.when_above = place["when"].one_of(sides);
    rule.value = read_count(place["limit"], header, care::vital_unit(rule.vital));
    static_cast<void>(place["limit"]["value"].integer(0, highest_limit(rule.vital)));
    rule.action = place["action"].text(200);
    rules.push_back(std::move(rule));
  }
  return rules;
}

std::vector<Sourced<Duration>> read_durations(Reader list, const Header& header) {
  std::vector<Sourced<Duration>> found;
  for (Reader place : list.items()) found.push_back(read_sourced<Duration>(place, header));
  return found;
}

void read_dose(Reader place, const Header& header, Protocol& out) {
  if (!place.object({"per_session", "infusion_length", "step_up_monitoring_above", "second_signature_above"}))
    return;
  out.dosing.emplace();
  out.dosing->standard = read_sourced<DosePerBody>(place["per_session"], header);
  out.dosing->infusion_length = read_sourced<Duration>(place["infusion_length"], header);
  out.dosing->step_up_monitoring_above = read_sourced<RatePerBody>(place["step_up_monitoring_above"], header);
  out.dosing->second_signature_above = read_sourced<DosePerBody>(place["second_signature_above"], header);
  if (!(out.dosing->infusion_length.value > Duration{}))
    place["infusion_length"].fault("an infusion lasts longer than zero");
}

void read_course(Reader place, const Header& header, Protocol& out) {
  if (!place.object({"induction_sessions", "induction_per_week_most", "review_after_sessions",
                     "maintenance_prompt_below", "maintenance_prompt_after", "outcome_instrument",
                     "least_gain"})) {
    return;
  }
  out.course.induction_sessions = read_count(place["induction_sessions"], header, "sessions");
  out.course.induction_per_week_most = read_count(place["induction_per_week_most"], header, "sessions");
  for (Reader each : place["review_after_sessions"].items()) {
    out.course.review_after_sessions.push_back(read_count(each, header, "sessions"));
    if (out.course.review_after_sessions.back().value < 1)
      each.fault("a review comes after session 1 at the earliest");
  }
  out.course.maintenance_prompt_below = read_sourced<Duration>(place["maintenance_prompt_below"], header);
  out.course.maintenance_prompt_after = read_sourced<Duration>(place["maintenance_prompt_after"], header);
  out.course.outcome_instrument = place["outcome_instrument"].name();
  out.course.least_gain = read_sourced<Fraction>(place["least_gain"], header);
}

void read_session(Reader place, const Header& header, Protocol& out) {
  if (!place.object({"vitals_every", "vitals_late_after", "vitals_after_end", "before_start", "stop_rules",
                     "observe_after_end", "discharge_moaas"})) {
    return;
  }
  out.session.vitals_every = read_sourced<Duration>(place["vitals_every"], header);
  out.session.vitals_late_after = read_sourced<Duration>(place["vitals_late_after"], header);
  out.session.vitals_after_end = read_durations(place["vitals_after_end"], header);
  out.session.before_start = read_vital_rules(place["before_start"], header);
  out.session.during = read_vital_rules(place["stop_rules"], header);
  out.session.discharge.after_end = read_sourced<Duration>(place["observe_after_end"], header);
  out.session.discharge.moaas = read_count(place["discharge_moaas"], header, "of 5");
}

void read_calendar(Reader list, const Header& header, Protocol& out) {
  for (Reader place : list.items()) {
    if (!place.object({"kind", "phases", "every"}, {"instrument"})) continue;
    CalendarItem item;
    item.kind = place["kind"].one_of(calendar_kinds);
    const bool names_instrument = place.has("instrument");
    if (names_instrument) item.id = place["instrument"].name();
    if (names_instrument != (item.kind == CalendarItem::Kind::instrument)) {
      place.fault("'instrument' belongs to the kind 'instrument', and only there");
    }
    for (Reader phase : place["phases"].items(1)) item.phases.push_back(phase.one_of(phases));
    item.every = read_sourced<Duration>(place["every"], header);
    if (!(item.every.value > Duration{})) place["every"].fault("a time between two checks is above zero");
    out.calendar.push_back(std::move(item));
  }
}

void read_levels(Reader list, const Header& header, Protocol& out) {
  int expected = 0;
  for (Reader place : list.items()) {
    if (!place.object({"level", "name", "who", "action"}, {"within"})) continue;
    care::LevelResponse level;
    level.level = place["level"].integer(0, 4);
    if (level.level != expected++) place["level"].fault("levels are 0 to 4, in order");
    level.name = place["name"].text(40);
    level.who = place["who"].text(100);
    level.action = place["action"].text(300);
    if (place.has("within")) level.within = read_sourced<Duration>(place["within"], header);
    out.levels.push_back(std::move(level));
  }
  if (out.levels.size() != 5)
    list.fault(fmt::format("{} levels where 0 to 4 are expected", out.levels.size()));
}

}  // namespace

Result<Protocol, Errors> read_protocol(std::string_view text) {
  return read_file<Protocol>(text, [](Reader& top) {
    Protocol protocol;
    static_cast<void>(top_keys(top, {"drug", "dose", "course", "session", "calendar", "levels"}));
    const Header header = read_header(top, "protocol");
    protocol.id = header.id;
    protocol.version = header.version;
    protocol.status = header.status;
    protocol.title = header.title;
    protocol.sources = header.sources;
    protocol.drug = top["drug"].one_of(drugs);
    read_dose(top["dose"], header, protocol);
    read_course(top["course"], header, protocol);
    read_session(top["session"], header, protocol);
    read_calendar(top["calendar"], header, protocol);
    read_levels(top["levels"], header, protocol);
    return protocol;
  });
}

}  // namespace evenkeel::content
