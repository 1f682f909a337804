#include "report/plot_pressure.hpp"

#include <algorithm>
#include <array>

#include "care/crossing.hpp"
#include "report/svg.hpp"

namespace evenkeel::report {
namespace {

using assess::Assessment;
using assess::SessionView;
using care::TimedVitals;
using care::Vital;

constexpr double earliest_min = -60.0;
constexpr double latest_min = 360.0;

// The axes that all sessions share.
struct Scale {
  double from_min = -15.0;
  double to_min = 90.0;
  double low_mmHg = 50.0;
  double high_mmHg = 160.0;
};

Scale scale_of(const Assessment& a) {
  Scale scale;
  for (const SessionView& view : a.sessions) {
    for (const TimedVitals& v : view.session.vitals) {
      const double minutes = minutes_between(view.session.start, v.at);
      if (minutes < earliest_min || minutes > latest_min) continue;
      scale.from_min = std::min(scale.from_min, minutes - 4.0);
      scale.to_min = std::max(scale.to_min, minutes + 4.0);
      for (const auto& seen : {v.signs.systolic_mmHg, v.signs.diastolic_mmHg}) {
        if (!seen) continue;
        scale.low_mmHg = std::min(scale.low_mmHg, *seen - 5.0);
        scale.high_mmHg = std::max(scale.high_mmHg, *seen + 18.0);
      }
    }
  }
  return scale;
}

// check_session() begins a crossing's text with the vital sign, its value and its time.
bool crossed(const SessionView& view, const TimedVitals& reading, Vital vital) {
  const auto seen = care::vital_value(reading.signs, vital);
  if (!seen) return false;
  const std::string begins = fmt::format("{} {} {} at {},", care::vital_words(vital), *seen,
                                         care::vital_unit(vital), care::clock_text(reading.at));
  return std::ranges::any_of(view.notes, [&](const care::SessionNote& note) {
    return note.kind == care::SessionNote::Kind::crossed && note.text.starts_with(begins);
  });
}

void draw_reading(Svg& svg, const SessionView& view, const TimedVitals& v, const Axis& x, const Axis& y) {
  const double at = x(minutes_between(view.session.start, v.at));
  const auto& high = v.signs.systolic_mmHg;
  const auto& low = v.signs.diastolic_mmHg;
  if (high && low) svg.line({at, y(*high)}, {at, y(*low)}, "pressure");
  for (const Vital vital : {Vital::systolic, Vital::diastolic}) {
    const auto seen = care::vital_value(v.signs, vital);
    if (!seen) continue;
    const bool over = crossed(view, v, vital);
    svg.line({at - 3.5, y(*seen)}, {at + 3.5, y(*seen)}, "pressure");
    if (!over) continue;
    svg.mark(Mark::circle, {at, y(*seen)}, 5.5, "crossed");
    svg.text({at, y(*seen) + (vital == Vital::systolic ? -9.0 : 17.0)}, fmt::format("{}", *seen), "crossing",
             Anchor::middle);
  }
}

std::string describe(const SessionView& view) {
  std::string text;
  for (const TimedVitals& v : view.session.vitals) {
    if (!v.signs.systolic_mmHg) continue;
    text +=
        fmt::format("{:.0f} min: {}/{}. ", minutes_between(view.session.start, v.at), *v.signs.systolic_mmHg,
                    v.signs.diastolic_mmHg ? fmt::format("{}", *v.signs.diastolic_mmHg) : "not recorded");
  }
  return text.empty() ? "No blood pressure is recorded." : "Systolic/diastolic in mmHg. " + text;
}

Html draw_session(const SessionView& view, const Scale& scale, std::size_t index) {
  const care::Session& session = view.session;
  const Frame frame{32.0, 28.0, 188.0, 122.0};
  Svg svg{fmt::format("pressure-{}", index), 200.0, 142.0,
          fmt::format("Session {}: blood pressure", session.id), describe(view)};
  const Axis x{scale.from_min, scale.to_min, frame.left, frame.right};
  const Axis y{scale.low_mmHg, scale.high_mmHg, frame.bottom, frame.top};
  svg.text({2.0, 12.0}, fmt::format("{} · {}", shortened(session.id, 14), day_text(session.start)), "head");
  for (const care::RateSegment& run : session.infusion) {
    const double from = std::clamp(minutes_between(session.start, run.from), x.low, x.high);
    const double to = std::clamp(minutes_between(session.start, run.until), x.low, x.high);
    svg.rect({x(from), frame.top}, x(to) - x(from), frame.bottom - frame.top, "infusion");
  }
  draw_left_axis(svg, frame, y, nice_ticks(scale.low_mmHg, scale.high_mmHg, 4));
  svg.line({frame.left, frame.bottom}, {frame.right, frame.bottom}, "axis");
  for (const double tick : nice_ticks(scale.from_min, scale.to_min, 5)) {
    svg.text({x(tick), frame.bottom + 15.0}, fmt::format("{:.0f}", tick), "tick", Anchor::middle);
  }
  bool any = false;
  for (const TimedVitals& v : session.vitals) {
    const bool has = v.signs.systolic_mmHg || v.signs.diastolic_mmHg;
    if (!has || !x.holds(minutes_between(session.start, v.at))) continue;
    any = true;
    draw_reading(svg, view, v, x, y);
  }
  if (!any) {
    svg.text({(frame.left + frame.right) / 2.0, (frame.top + frame.bottom) / 2.0}, "none recorded", "note",
             Anchor::middle);
  }
  return svg.finish();
}

}  // namespace

Table vitals_table(const care::Session& session) {
  Table table{fmt::format("Vital signs of session {}, begun {} UTC", session.id, minute_text(session.start)),
              {{"Time"},
               {"min from start", true},
               {"Systolic, mmHg", true},
               {"Diastolic, mmHg", true},
               {"Heart rate, /min", true},
               {"SpO₂, %", true},
               {"Breathing, /min", true},
               {"MOAA/S, of 5", true}}};
  const auto cell = [](std::optional<int> value) {
    return value ? fmt::format("{}", *value) : std::string("not recorded");
  };
  for (const TimedVitals& v : session.vitals) {
    table.row({clock_text(v.at), number_text(minutes_between(session.start, v.at), 0),
               cell(v.signs.systolic_mmHg), cell(v.signs.diastolic_mmHg), cell(v.signs.heart_rate_per_min),
               cell(v.signs.spo2_percent), cell(v.signs.respiratory_rate_per_min), cell(v.signs.moaas)});
  }
  return table;
}

Html plot_pressures(const Assessment& a) {
  if (a.sessions.empty()) return {};
  const Scale scale = scale_of(a);
  Html grid;
  Html tables;
  for (std::size_t i = 0; i < a.sessions.size(); ++i) {
    grid += draw_session(a.sessions[i], scale, i);
    if (!a.sessions[i].session.vitals.empty()) tables += vitals_table(a.sessions[i].session).finish();
  }
  const Html numbers =
      tables.empty() ? Html{}
                     : html("<details><summary>The numbers of this plot</summary>{}</details>\n", tables);
  return html(
      "<figure><figcaption>Blood pressure, mmHg, by minutes from the start; each bar runs from diastolic to "
      "systolic, a ring marks a protocol limit crossed, the shade is the infusion</figcaption>"
      "<div class=\"multiples\">{}</div>{}</figure>\n",
      grid, numbers);
}

}  // namespace evenkeel::report
