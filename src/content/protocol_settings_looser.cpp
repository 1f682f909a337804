// Which way a number of a protocol is looser.

#include <algorithm>
#include <vector>

#include "content/protocol_settings.hpp"

namespace evenkeel::content {
namespace {

enum class Looser { higher, lower, never };

struct Row {
  std::string_view place;  // "*" is any item of a list
  Looser looser;
};

constexpr Row rows[] = {
    {"dosing.standard", Looser::higher},
    {"dosing.infusion_length", Looser::lower},
    {"dosing.step_up_monitoring_above", Looser::higher},
    {"dosing.second_signature_above", Looser::higher},
    {"dosing.ideal_weight_from_bmi", Looser::higher},
    {"dosing.bounds.lowest", Looser::never},
    {"dosing.bounds.highest", Looser::higher},
    {"dosing.bounds.highest_rate", Looser::higher},
    {"dosing.bounds.per_week", Looser::higher},
    {"dosing.bounds.least_interval", Looser::lower},
    {"fixed_dosing.doses.*", Looser::higher},
    {"fixed_dosing.second_signature_above", Looser::higher},
    {"fixed_dosing.per_week", Looser::higher},
    {"fixed_dosing.least_interval", Looser::lower},
    {"fixed_dosing.giving_length", Looser::lower},
    {"course.induction_sessions", Looser::higher},
    {"course.induction_per_week_most", Looser::higher},
    {"course.review_after_sessions.*", Looser::higher},
    {"course.maintenance.*.from_session", Looser::higher},
    {"course.maintenance.*.interval", Looser::lower},
    {"course.maintenance_prompt_below", Looser::lower},
    {"course.maintenance_prompt_after", Looser::higher},
    {"course.longest_course", Looser::higher},
    {"course.least_gain", Looser::lower},
    {"session.gates.*.not_older_than", Looser::higher},
    {"session.vitals_every", Looser::higher},
    {"session.vitals_late_after", Looser::higher},
    {"session.before_start.*.lasting", Looser::higher},
    {"session.during.*.lasting", Looser::higher},
    {"session.discharge.after_end", Looser::lower},
    {"session.discharge.after_start", Looser::lower},
    {"session.discharge.moaas", Looser::lower},
    {"session.discharge.scored.least_total", Looser::lower},
    {"calendar.*.every", Looser::higher},
    {"levels.*.within", Looser::higher},
};

std::vector<std::string_view> steps_of(std::string_view place) {
  std::vector<std::string_view> steps;
  while (true) {
    const auto dot = place.find('.');
    steps.push_back(place.substr(0, dot));
    if (dot == std::string_view::npos) return steps;
    place.remove_prefix(dot + 1);
  }
}

bool matches(std::string_view pattern, const std::vector<std::string_view>& place) {
  const auto wanted = steps_of(pattern);
  return std::ranges::equal(wanted, place,
                            [](std::string_view a, std::string_view b) { return a == "*" || a == b; });
}

}  // namespace

bool makes_looser(std::string_view place, bool higher, bool when_above) {
  const auto steps = steps_of(place);
  if (matches("session.during.*.limit", steps) || matches("session.before_start.*.limit", steps))
    return higher == when_above;
  for (const Row& row : rows) {
    if (matches(row.place, steps)) return row.looser == (higher ? Looser::higher : Looser::lower);
  }
  return true;
}

}  // namespace evenkeel::content
