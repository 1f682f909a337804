#include "report/plot_exposure.hpp"

#include <algorithm>
#include <array>

#include "report/svg.hpp"

namespace evenkeel::report {
namespace {

using assess::Assessment;
using assess::Comparison;
using assess::SessionExposure;

constexpr double curve_min = 360.0;

double ng_per_mL(Concentration value) {
  return value.in(units::ng / units::mL);
}

struct Measured {
  const Comparison* comparison = nullptr;
  const care::Session* session = nullptr;
  double minutes = 0.0;
  double ng_per_mL = 0.0;  // the value, or the lower limit below which it was
};

// The curve is the parent drug's: a metabolite is set beside its own prediction, never beside the curve.
bool is_metabolite(const Measured& m) {
  const care::Analyte analyte = m.comparison->assay.analyte;
  return analyte == care::Analyte::norketamine || analyte == care::Analyte::esnorketamine;
}

// The measurements that fall on the plots.
std::vector<Measured> measured(const Assessment& a) {
  std::vector<Measured> found;
  for (const Comparison& c : a.exposure.comparisons) {
    const care::Session* session = session_at(a, c.at);
    if (session == nullptr) continue;
    const double minutes = minutes_between(session->start, c.at);
    const auto shown = c.assay.value ? c.assay.value : c.assay.lower_limit;
    if (minutes > curve_min || !shown) continue;
    found.push_back({&c, session, minutes, ng_per_mL(*shown)});
  }
  return found;
}

struct Level {
  std::string name;
  double from = 0.0;
};

std::vector<Level> levels(const Assessment& a) {
  for (const SessionExposure& e : a.exposure.sessions) {
    if (e.refused) continue;
    std::vector<Level> found;
    for (const auto& above : e.above) found.push_back({above.level, ng_per_mL(above.from)});
    std::ranges::sort(found, {}, &Level::from);
    return found;
  }
  return {};
}

// The end of the concentration axis: room for every curve, measurement and the lowest level.
double top_of(const Assessment& a) {
  double top = 1.0;
  for (const SessionExposure& e : a.exposure.sessions) {
    if (!e.refused) top = std::max(top, ng_per_mL(e.peak.value));
  }
  for (const Measured& m : measured(a)) top = std::max(top, m.ng_per_mL);
  if (const auto known = levels(a); !known.empty()) top = std::max(top, known.front().from * 1.1);
  return nice_end(top * 1.04);
}

bool anything_to_plot(const Assessment& a) {
  return std::ranges::any_of(a.exposure.sessions, [](const auto& e) { return !e.refused; }) ||
         !measured(a).empty();
}

bool has_something(const Assessment& a, const care::Session& session) {
  const SessionExposure* e = exposure_of(a, session.id);
  if (e != nullptr && !e->refused) return true;
  return std::ranges::any_of(measured(a), [&](const Measured& m) { return m.session == &session; });
}

std::vector<Point> curve_points(const SessionExposure& e, const Axis& x, const Axis& y) {
  std::vector<Point> points;
  for (const auto& point : e.curve) {
    if (x.holds(point.minutes)) points.push_back({x(point.minutes), y(ng_per_mL(point.value))});
  }
  return points;
}

void draw_infusion(Svg& svg, const care::Session& session, const Axis& x, const Frame& frame) {
  for (const care::RateSegment& run : session.infusion) {
    const double from = std::clamp(minutes_between(session.start, run.from), x.low, x.high);
    const double to = std::clamp(minutes_between(session.start, run.until), x.low, x.high);
    svg.rect({x(from), frame.top}, x(to) - x(from), frame.bottom - frame.top, "infusion");
  }
}

// Each level shades all that lies above it, so a higher level is darker.
void draw_levels(Svg& svg, const Assessment& a, const Axis& y, const Frame& frame, bool with_names) {
  std::vector<Level> shown;
  for (const Level& level : levels(a)) {
    if (level.from < y.high) shown.push_back(level);
  }
  std::ranges::reverse(shown);  // from the top of the plot down
  std::vector<double> heights;
  for (const Level& level : shown) heights.push_back(y(level.from) - 5.0);
  heights = spread(heights, 15.0, frame.bottom);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const double at = y(shown[i].from);
    svg.rect({frame.left, frame.top}, frame.right - frame.left, at - frame.top, "band");
    svg.line({frame.left, at}, {frame.right, at}, "refline");
    if (!with_names) continue;
    svg.text({frame.right - 4.0, heights[i]},
             fmt::format("{}, from {} ng/mL", shown[i].name, number_text(shown[i].from, 1)), "note",
             Anchor::end);
  }
}

void draw_measured(Svg& svg, const Measured& m, const Axis& x, const Axis& y) {
  const bool compared = m.comparison->not_compared.empty();
  Mark shape = is_metabolite(m) ? Mark::diamond : Mark::circle;
  if (!m.comparison->assay.value) shape = Mark::down_triangle;
  svg.mark(shape, {x(m.minutes), y(m.ng_per_mL)}, 4.5, compared ? "measured" : "measured hollow");
}

const SessionExposure* latest_predicted(const Assessment& a) {
  const auto& all = a.exposure.sessions;
  const auto found = std::find_if(all.rbegin(), all.rend(), [](const auto& e) { return !e.refused; });
  return found == all.rend() ? nullptr : &*found;
}

std::string curves_description(const Assessment& a) {
  std::string text = "Concentration in ng/mL against hours from the start of each infusion. ";
  for (const SessionExposure& e : a.exposure.sessions) {
    if (e.refused) continue;
    text += fmt::format("Session {}: highest {} ng/mL at {:.0f} min. ", e.session,
                        ng_per_mL_text(e.peak.value), e.peak.at.in(units::min));
  }
  return text + fmt::format("{} measured value(s) shown.", measured(a).size());
}

Html draw_curves(const Assessment& a, bool wide) {
  const Frame frame{44.0, 12.0, wide ? 692.0 : 338.0, wide ? 300.0 : 230.0};
  Svg svg{wide ? "curves" : "curves-narrow", frame.right + 12.0, frame.bottom + 40.0,
          "Predicted concentration from the start of the infusion, all sessions", curves_description(a)};
  const Axis x{0.0, curve_min, frame.left, frame.right};
  const Axis y{0.0, top_of(a), frame.bottom, frame.top};
  const SessionExposure* latest = latest_predicted(a);
  if (latest != nullptr) {
    for (const auto& view : a.sessions) {
      if (view.session.id == latest->session) draw_infusion(svg, view.session, x, frame);
    }
  }
  draw_levels(svg, a, y, frame, true);
  draw_left_axis(svg, frame, y, nice_ticks(0.0, y.high, 5));
  svg.line({frame.left, frame.bottom}, {frame.right, frame.bottom}, "axis");
  for (int hour = 0; hour <= 6; ++hour) {
    const double at = x(60.0 * hour);
    svg.line({at, frame.bottom}, {at, frame.bottom + 4.0}, "axis");
    svg.text({at, frame.bottom + 18.0}, fmt::format("{} h", hour), "tick", Anchor::middle);
  }
  svg.text({frame.right, frame.bottom + 36.0}, "from the start of the infusion", "note", Anchor::end);
  for (const SessionExposure& e : a.exposure.sessions) {
    if (!e.refused && &e != latest) svg.polyline(curve_points(e, x, y), "curve ghost");
  }
  if (latest != nullptr) {
    svg.polyline(curve_points(*latest, x, y), "curve");
    const double peak_min = std::min(latest->peak.at.in(units::min), curve_min);
    svg.text({x(peak_min) + 8.0, y(ng_per_mL(latest->peak.value)) + 4.0},
             ng_per_mL_text(latest->peak.value) + " ng/mL", "peak");
  }
  for (const Measured& m : measured(a)) draw_measured(svg, m, x, y);
  return svg.finish();
}

// The curve at a few times, a row for each session.
Table curve_table(const Assessment& a) {
  constexpr std::array<double, 9> minutes{0, 20, 40, 60, 90, 120, 180, 240, 360};
  std::vector<Column> columns{{"Session"}};
  for (const double at : minutes) columns.push_back({fmt::format("{:.0f} min", at), true});
  Table table{"Predicted concentration, ng/mL, by minutes from the start of the infusion", columns};
  for (const SessionExposure& e : a.exposure.sessions) {
    std::vector<Cell> cells{e.session};
    if (e.refused) {
      cells.emplace_back(html("not predicted: {}", e.refused->what), minutes.size());
    } else {
      for (const double at : minutes) {
        const auto point = std::ranges::find(e.curve, at, &assess::CurvePoint::minutes);
        cells.emplace_back(point == e.curve.end() ? "not computed" : ng_per_mL_text(point->value));
      }
    }
    table.row(cells);
  }
  return table;
}

}  // namespace

Html curves_legend(const Assessment& a) {
  std::vector<Html> keys;
  if (!anything_to_plot(a)) return {};
  const SessionExposure* latest = latest_predicted(a);
  if (latest != nullptr) {
    keys.push_back(html("<span class=\"key line\"></span>latest predicted session, {}", latest->session));
    if (a.exposure.sessions.size() > 1)
      keys.push_back(Html{"<span class=\"key line ghost\"></span>the other sessions"});
    keys.push_back(Html{"<span class=\"key box infusion\"></span>infusion running"});
    if (!levels(a).empty())
      keys.push_back(Html{"<span class=\"key box band\"></span>at or above a published level"});
  }
  for (const Level& level : levels(a)) {
    if (level.from >= top_of(a))
      keys.push_back(html("{}, from {} ng/mL, lies above this plot", level.name, number_text(level.from, 1)));
  }
  if (latest != nullptr && levels(a).empty())
    keys.push_back(Html{"no published level is known for this model's drug and site, so none is drawn"});
  const auto shown = measured(a);
  const auto key = [&](auto wanted, std::string_view glyph, std::string_view words) {
    if (std::ranges::any_of(shown, wanted))
      keys.push_back(html("<span class=\"key glyph\">{}</span>{}", glyph, words));
  };
  const auto value = [](const Measured& m) { return m.comparison->assay.value.has_value(); };
  const auto compared = [](const Measured& m) { return m.comparison->not_compared.empty(); };
  key([&](const Measured& m) { return value(m) && compared(m) && !is_metabolite(m); }, "●",
      "measured, beside the curve");
  key([&](const Measured& m) { return value(m) && compared(m) && is_metabolite(m); }, "◆",
      "metabolite measured; its own prediction is in the table, not on this curve");
  key([&](const Measured& m) { return value(m) && !compared(m) && !is_metabolite(m); }, "○",
      "measured, not comparable with the curve: the table says why");
  key([&](const Measured& m) { return value(m) && !compared(m) && is_metabolite(m); }, "◇",
      "metabolite measured, not comparable: the table says why");
  key([&](const Measured& m) { return !value(m); }, "▼",
      "below the assay's lower limit, drawn at the limit (hollow where not comparable)");
  if (shown.size() < a.exposure.comparisons.size()) {
    keys.push_back(html("{} more in the table only: later than 6 h, or without a limit",
                        a.exposure.comparisons.size() - shown.size()));
  }
  return bullet_list(keys, "legend");
}

namespace {

Html draw_session(const Assessment& a, const care::Session& session, double top, std::size_t index) {
  const Frame frame{32.0, 24.0, 188.0, 108.0};
  const SessionExposure* e = exposure_of(a, session.id);
  const bool predicted = e != nullptr && !e->refused;
  const std::string peak = predicted ? fmt::format("highest {} ng/mL at {:.0f} min",
                                                   ng_per_mL_text(e->peak.value), e->peak.at.in(units::min))
                                     : std::string("not predicted");
  Svg svg{fmt::format("curve-{}", index), 200.0, 126.0, fmt::format("Session {}: concentration", session.id),
          fmt::format("{}, {}", day_text(session.start), peak)};
  const Axis x{0.0, curve_min, frame.left, frame.right};
  const Axis y{0.0, top, frame.bottom, frame.top};
  svg.text({2.0, 12.0}, fmt::format("{} · {}", shortened(session.id, 14), day_text(session.start)), "head");
  draw_infusion(svg, session, x, frame);
  draw_levels(svg, a, y, frame, false);
  draw_left_axis(svg, frame, y, std::array{0.0, top / 2.0, top});
  svg.line({frame.left, frame.bottom}, {frame.right, frame.bottom}, "axis");
  for (const int hour : {0, 2, 4, 6}) {
    svg.text({x(60.0 * hour), frame.bottom + 15.0}, fmt::format("{} h", hour), "tick", Anchor::middle);
  }
  if (predicted) {
    svg.polyline(curve_points(*e, x, y), "curve");
    svg.text({frame.right, frame.top + 12.0}, ng_per_mL_text(e->peak.value), "peak", Anchor::end);
  } else {
    svg.text({(frame.left + frame.right) / 2.0, (frame.top + frame.bottom) / 2.0}, "not predicted", "note",
             Anchor::middle);
  }
  for (const Measured& m : measured(a)) {
    if (m.session == &session) draw_measured(svg, m, x, y);
  }
  return svg.finish();
}

// The end of a course's time axis, with a little room on both sides.
Axis date_axis(const Assessment& a, const Frame& frame) {
  double first = day_number(a.sessions.front().session.start);
  const double last = std::max(day_number(a.sessions.back().session.start), day_number(a.now));
  if (a.course && a.course->plan) first = std::min(first, day_number(a.course->plan->approved));
  const double room = std::max(0.5, 0.02 * (last - first));
  return {first - room, last + room, frame.left, frame.right};
}

void draw_plan(Svg& svg, const Assessment& a, const Axis& x, const Axis& y) {
  if (!a.course || !a.course->plan) return;
  const auto& doses = a.course->plan->doses;
  std::vector<Point> steps;
  for (std::size_t i = 0; i < doses.size(); ++i) {
    const double height = y(doses[i].dose.in(units::mg / units::kg));
    const double until = i + 1 < doses.size() ? day_number(doses[i + 1].at) : x.high;
    steps.push_back({x(std::clamp(day_number(doses[i].at), x.low, x.high)), height});
    steps.push_back({x(std::clamp(until, x.low, x.high)), height});
  }
  svg.polyline(steps, "plan-line");
  if (steps.empty()) return;
  svg.text({x.to_px, steps.back().y - 6.0},
           fmt::format("plan {}", number_text(doses.back().dose.in(units::mg / units::kg), 3)), "aim-text",
           Anchor::end);
}

Html draw_doses(const Assessment& a) {
  const Frame frame{34.0, 14.0, 338.0, 140.0};
  std::string described = "Dose in mg/kg at each session. ";
  double most = 0.0;
  for (const auto& view : a.sessions) {
    const double dose = view.session.dose_per_body().in(units::mg / units::kg);
    described += fmt::format("{}: {}. ", day_text(view.session.start), number_text(dose, 2));
    most = std::max(most, dose);
  }
  if (a.course && a.course->plan) {
    for (const auto& dose : a.course->plan->doses) most = std::max(most, dose.dose.in(units::mg / units::kg));
  }
  Svg svg{"doses", frame.right + 12.0, frame.bottom + 24.0, "Dose at each session against the plan",
          described};
  const Axis x = date_axis(a, frame);
  const Axis y{0.0, nice_end(std::max(most, 0.01) * 1.2), frame.bottom, frame.top};
  draw_left_axis(svg, frame, y, nice_ticks(0.0, y.high, 3));
  draw_date_axis(svg, frame, x, 4);
  draw_plan(svg, a, x, y);
  for (const auto& view : a.sessions) {
    const double at = x(day_number(view.session.start));
    const double height = y(view.session.dose_per_body().in(units::mg / units::kg));
    svg.line({at, frame.bottom}, {at, height}, "stem");
    svg.mark(Mark::circle, {at, height}, 4.0, view.session.stopped ? "dot hollow" : "dot");
  }
  return svg.finish();
}

}  // namespace

const care::Session* session_at(const Assessment& assessment, Instant at) {
  const care::Session* found = nullptr;
  for (const auto& view : assessment.sessions) {
    if (view.session.start <= at) found = &view.session;
  }
  return found;
}

Html plot_curves(const Assessment& a) {
  if (!anything_to_plot(a)) return {};
  const Html plot = wide_and_narrow([&](bool wide) { return draw_curves(a, wide); });
  return html(
      "<figure><figcaption>Plasma concentration, ng/mL, predicted from the start of each infusion"
      "</figcaption>{}{}</figure>\n",
      plot, data_table(curve_table(a)));
}

Html plot_each_session(const Assessment& a) {
  if (!anything_to_plot(a) || a.sessions.size() < 2) return {};
  Html grid;
  const double top = top_of(a);
  for (std::size_t i = 0; i < a.sessions.size(); ++i) {
    if (has_something(a, a.sessions[i].session)) grid += draw_session(a, a.sessions[i].session, top, i);
  }
  return html(
      "<figure><figcaption>The same, session by session; the number is the highest predicted value, ng/mL"
      "</figcaption><div class=\"multiples\">{}</div></figure>\n",
      grid);
}

Html plot_doses(const Assessment& a) {
  if (a.sessions.empty()) return {};
  const bool stopped = std::ranges::any_of(a.sessions, [](const auto& v) { return v.session.stopped; });
  return html(
      "<figure><figcaption>Dose at each session, mg/kg of the day's weight{}</figcaption>{}</figure>\n",
      Html{stopped ? "; hollow: the infusion was stopped early" : ""}, draw_doses(a));
}

}  // namespace evenkeel::report
