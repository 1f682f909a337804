// The course of a protocol: induction, reviews, maintenance whose intervals lengthen, taper, and when to
// stop.

#include "content/protocol_parts.hpp"

namespace evenkeel::content {
namespace {

using json::Reader;

constexpr int most_sessions = 1000;

void read_reviews(Reader list, const Header& header, care::CourseRules& course) {
  for (Reader each : list.items(1)) {
    const auto after = whole_number(each, header, "sessions", 1, most_sessions);
    if (!course.review_after_sessions.empty() && !(after.value > course.review_after_sessions.back().value))
      each["value"].fault("review points rise from one to the next");
    if (!(after.value <= course.induction_sessions.value))
      each["value"].fault("after the end of induction; from there on the calendar asks for reviews");
    course.review_after_sessions.push_back(after);
  }
}

void read_maintenance(Reader list, const Header& header, Duration least_interval, care::CourseRules& course) {
  for (Reader each : list.items(1)) {
    if (!each.object({"from_session", "interval"})) continue;
    const care::MaintenanceStep step{whole_number(each["from_session"], header, "sessions", 1, most_sessions),
                                     time_above_zero(each["interval"], header)};
    if (course.maintenance.empty() && step.from_session.value != 1)
      each["from_session"].fault("the first step is from session 1 of maintenance on");
    if (!course.maintenance.empty()) {
      if (!(step.from_session.value > course.maintenance.back().from_session.value))
        each["from_session"].fault("steps rise from one to the next");
      if (!(step.interval.value >= course.maintenance.back().interval.value))
        each["interval"].fault("shorter than the interval of the step before: intervals lengthen");
    }
    if (!(step.interval.value >= least_interval))
      each["interval"].fault("shorter than the least interval of the bounds");
    course.maintenance.push_back(step);
  }
}

void read_taper(Reader place, const Header& header, care::CourseRules& course) {
  if (!place.object({"sessions", "stretch"})) return;
  course.taper_sessions = whole_number(place["sessions"], header, "sessions", 1, most_sessions);
  course.taper_stretch = plain_number(place["stretch"], header, "times", 1.0, 10.0);
  if (!(course.taper_stretch.value > 1.0))
    place["stretch"].fault("each interval is longer than the one before");
}

Duration least_interval_of(const care::Protocol& protocol) {
  if (protocol.dosing) return protocol.dosing->bounds.least_interval.value;
  return protocol.fixed ? protocol.fixed->least_interval.value : Duration{};
}

}  // namespace

void read_course(Reader place, const Header& header, care::Protocol& out) {
  if (!place.object({"induction_sessions", "induction_per_week_most", "review_after_sessions", "maintenance",
                     "maintenance_prompt_below", "maintenance_prompt_after", "taper", "longest_course",
                     "outcome_instrument", "least_gain", "stop_when"})) {
    return;
  }
  constexpr std::pair<std::string_view, care::Consequence> consequences[] = {
      {"decide", care::Consequence::decide}, {"stop", care::Consequence::stop}};
  const int most_a_week = static_cast<int>(compiled_cap(plan::LimitKind::sessions_per_week));
  care::CourseRules& course = out.course;
  course.induction_sessions = whole_number(place["induction_sessions"], header, "sessions", 1, most_sessions);
  course.induction_per_week_most =
      whole_number(place["induction_per_week_most"], header, "sessions", 1, most_a_week);
  read_reviews(place["review_after_sessions"], header, course);
  read_maintenance(place["maintenance"], header, least_interval_of(out), course);
  course.maintenance_prompt_below = time_above_zero(place["maintenance_prompt_below"], header);
  course.maintenance_prompt_after = time_from_zero(place["maintenance_prompt_after"], header);
  read_taper(place["taper"], header, course);
  course.longest_course = time_above_zero(place["longest_course"], header);
  course.outcome_instrument = place["outcome_instrument"].name();
  course.least_gain = protocol_number<Fraction>(place["least_gain"], header);
  if (!(course.least_gain.value <= 1.0)) place["least_gain"].fault("a gain of more than the whole score");
  UniqueIds ids;
  course.stop_when = read_signs(place["stop_when"], header, consequences, ids);
}

}  // namespace evenkeel::content
