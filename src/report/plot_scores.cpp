#include "report/plot_scores.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "report/svg.hpp"

namespace evenkeel::report {
namespace {

using assess::Assessment;
using care::Moment;
using care::TimedScore;

using Scores = std::vector<const TimedScore*>;

Scores of_instrument(const Assessment& a, std::string_view instrument) {
  Scores found;
  for (const TimedScore& timed : a.scores) {
    if (timed.instrument == instrument) found.push_back(&timed);
  }
  return found;
}

const care::Instrument* instrument_of(const Assessment& a, std::string_view id) {
  const auto found = std::ranges::find(a.instruments, id, &care::Instrument::id);
  return found == a.instruments.end() ? nullptr : &*found;
}

// At a dose, an answer is about the dose; the line joins the others.
bool at_a_dose(Moment moment) {
  return moment == Moment::during_dose || moment == Moment::after_dose || moment == Moment::before_dose;
}

std::string_view moment_words(Moment moment) {
  switch (moment) {
    case Moment::baseline:
      return "baseline";
    case Moment::before_dose:
      return "before a dose";
    case Moment::during_dose:
      return "during a dose";
    case Moment::after_dose:
      return "after a dose";
    case Moment::between_doses:
      return "between doses";
  }
  return "";
}

bool is_ten_scale(std::string_view instrument) {
  return instrument.ends_with("-0-10");
}

Axis dates(const Assessment& a, const Frame& frame) {
  double first = day_number(a.now);
  double last = first;
  const auto take = [&](Instant at) {
    first = std::min(first, day_number(at));
    last = std::max(last, day_number(at));
  };
  for (const TimedScore& timed : a.scores) take(timed.at);
  for (const auto& view : a.sessions) take(view.session.start);
  const double room = std::max(0.5, 0.015 * (last - first));
  return {first - room, last + room, frame.left, frame.right};
}

// A short stroke under the axis for each session.
void draw_sessions(Svg& svg, const Assessment& a, const Axis& x, const Frame& frame) {
  for (const auto& view : a.sessions) {
    const double at = x(day_number(view.session.start));
    svg.line({at, frame.bottom - 7.0}, {at, frame.bottom}, "dose-tick");
  }
}

void draw_series(Svg& svg, const Scores& scores, const Axis& x, const Axis& y, bool split) {
  std::vector<Point> joined_points;
  for (const TimedScore* timed : scores) {
    if (timed->score.total && !(split && at_a_dose(timed->moment)))
      joined_points.push_back({x(day_number(timed->at)), y(*timed->score.total)});
  }
  svg.polyline(joined_points, "curve");
  for (const TimedScore* timed : scores) {
    const double at = x(day_number(timed->at));
    if (!timed->score.total) {
      svg.mark(Mark::cross, {at, y(y.low) - 14.0}, 3.5, "no-total");
      continue;
    }
    const bool hollow = split && at_a_dose(timed->moment);
    svg.mark(Mark::circle, {at, y(*timed->score.total)}, 3.5, hollow ? "dot hollow" : "dot");
  }
}

void label_ends(Svg& svg, const Scores& scores, const Axis& x, const Axis& y) {
  const TimedScore* first = nullptr;
  const TimedScore* last = nullptr;
  for (const TimedScore* timed : scores) {
    if (!timed->score.total) continue;
    if (first == nullptr) first = timed;
    last = timed;
  }
  if (first == nullptr) return;
  svg.text({x(day_number(first->at)) + 1.0, y(*first->score.total) - 8.0},
           fmt::format("{}", *first->score.total), "value");
  if (last == first) return;
  svg.text({x(day_number(last->at)), y(*last->score.total) - 8.0}, fmt::format("{}", *last->score.total),
           "value", Anchor::middle);
}

void draw_bands(Svg& svg, const care::Instrument& scale, const Axis& y, const Frame& frame, bool named) {
  for (const care::Band& band : scale.total.bands) {
    if (band.from > scale.total.low)
      svg.line({frame.left, y(band.from)}, {frame.right, y(band.from)}, "bandline");
    if (named) svg.text({frame.right + 8.0, y(band.from) - 4.0}, band.name, "note");
    svg.text({frame.left - 7.0, y(band.from) + 4.0}, fmt::format("{}", band.from), "tick", Anchor::end);
  }
  svg.text({frame.left - 7.0, y(scale.total.high) + 4.0}, number_text(scale.total.high, 0), "tick",
           Anchor::end);
}

// Response and remission of the outcome, where the baseline is known, as its instrument defines them.
void draw_aims(Svg& svg, const Assessment& a, const care::Instrument& scale, const Axis& y,
               const Frame& frame) {
  if (!a.course || a.course->response.instrument != scale.id || !scale.response) return;
  const auto& baseline = a.course->response.baseline;
  if (!baseline || !baseline->score.total) return;
  const double aim = *baseline->score.total * (1.0 - scale.response->value);
  svg.line({frame.left, y(aim)}, {frame.right, y(aim)}, "aim");
  svg.text({frame.left + 6.0, y(aim) - 5.0},
           fmt::format("response: {} or less", number_text(std::floor(aim), 0)), "aim-text");
  if (!scale.remission_below || aim - scale.remission_below->value < 1.0) return;
  svg.text({frame.left + 6.0, y(scale.remission_below->value) + 14.0},
           fmt::format("remission: below {}", scale.remission_below->value), "aim-text");
}

std::string describe(const Scores& scores) {
  std::string text;
  for (const TimedScore* timed : scores) {
    text += fmt::format("{}: {}. ", day_text(timed->at),
                        timed->score.total ? fmt::format("{}", *timed->score.total) : "no total");
  }
  return text;
}

Html draw_questionnaire(const Assessment& a, const Scores& scores, bool wide) {
  const std::string& id = scores.front()->instrument;
  const care::Instrument* scale = instrument_of(a, id);
  // Bands that depend on an answer are no lines that hold for every score.
  const bool banded = scale != nullptr && !scale->total.bands.empty() && scale->total.bands_by.empty();
  const double margin = wide && banded ? 122.0 : 8.0;
  const double width = wide ? 704.0 : 350.0;
  const Frame frame{34.0, 14.0, width - margin, wide ? 250.0 : 180.0};
  const std::string name = instrument_name(id);
  Svg svg{fmt::format("score-{}{}", id, wide ? "" : "-narrow"), width, frame.bottom + 24.0,
          name + " over the course", describe(scores)};
  double high = scale != nullptr ? scale->total.high : 1.0;
  for (const TimedScore* timed : scores) {
    if (timed->score.total) high = std::max(high, static_cast<double>(*timed->score.total));
  }
  const Axis x = dates(a, frame);
  const Axis y{0.0, banded ? high : nice_end(high), frame.bottom, frame.top};
  if (banded)
    draw_bands(svg, *scale, y, frame, wide);
  else
    draw_left_axis(svg, frame, y, nice_ticks(0.0, y.high, 5));
  draw_date_axis(svg, frame, x, wide ? 7 : 4);
  draw_sessions(svg, a, x, frame);
  draw_series(svg, scores, x, y, false);
  if (banded) draw_aims(svg, a, *scale, y, frame);
  label_ends(svg, scores, x, y);
  return svg.finish();
}

Html draw_ten_scale(const Assessment& a, const Scores& scores) {
  const std::string& id = scores.front()->instrument;
  const Frame frame{24.0, 26.0, 344.0, 116.0};
  Svg svg{"score-" + id, 350.0, 140.0, instrument_name(id) + " over the course", describe(scores)};
  const Axis x = dates(a, frame);
  const Axis y{0.0, 10.0, frame.bottom, frame.top};
  svg.text({2.0, 12.0}, instrument_name(id), "head");
  draw_left_axis(svg, frame, y, std::array{0.0, 5.0, 10.0});
  draw_date_axis(svg, frame, x, 4);
  draw_sessions(svg, a, x, frame);
  draw_series(svg, scores, x, y, true);
  return svg.finish();
}

Table score_table(const std::vector<const TimedScore*>& scores, const std::string& caption) {
  Table table{caption, {{"Answered"}, {"Instrument"}, {"When"}, {"Total", true}, {"Band"}, {"Event"}}};
  for (const TimedScore* timed : scores) {
    const std::string total = timed->score.total ? fmt::format("{}", *timed->score.total)
                                                 : "none: " + timed->score.no_total_because;
    table.row({moment(timed->at), instrument_name(timed->instrument),
               std::string(moment_words(timed->moment)), total,
               timed->score.band.empty() ? "no bands" : timed->score.band,
               html("<code>{}</code>", timed->event)});
  }
  return table;
}

// The instruments that have scores: the outcome first, then in the order of their first answer.
std::vector<std::string> instruments(const Assessment& a) {
  std::vector<std::string> found;
  if (a.course && !of_instrument(a, a.course->response.instrument).empty())
    found.push_back(a.course->response.instrument);
  for (const TimedScore& timed : a.scores) {
    if (std::ranges::find(found, timed.instrument) == found.end()) found.push_back(timed.instrument);
  }
  return found;
}

Html ten_scales(const Assessment& a) {
  Html grid;
  Scores all;
  for (const std::string& id : instruments(a)) {
    if (!is_ten_scale(id)) continue;
    const Scores scores = of_instrument(a, id);
    grid += draw_ten_scale(a, scores);
    all.insert(all.end(), scores.begin(), scores.end());
  }
  if (grid.empty()) return {};
  return html(
      "<figure><figcaption>Scales from 0 to 10; filled and joined: baseline or between doses, hollow: at a "
      "dose</figcaption><div class=\"panels\">{}</div>{}</figure>\n",
      grid, data_table(score_table(all, "Scales from 0 to 10")));
}

Html questionnaire_figure(const Scores& scores, const Html& plot) {
  const std::string name = instrument_name(scores.front()->instrument);
  const bool gap = std::ranges::any_of(scores, [](const auto* timed) { return !timed->score.total; });
  return html("<figure><figcaption>{}{}</figcaption>{}{}</figure>\n", name,
              Html{gap ? "; a cross is an evaluation without a total" : ""}, plot,
              data_table(score_table(scores, name)));
}

}  // namespace

Html plot_scores(const Assessment& a) {
  Html first;
  Html second;
  Html others;
  for (const std::string& id : instruments(a)) {
    if (is_ten_scale(id)) continue;
    const Scores scores = of_instrument(a, id);
    const Html plot = first.empty()
                          ? wide_and_narrow([&](bool wide) { return draw_questionnaire(a, scores, wide); })
                          : draw_questionnaire(a, scores, false);
    Html& place = first.empty() ? first : second.empty() ? second : others;
    place += questionnaire_figure(scores, plot);
  }
  if (first.empty() && a.scores.empty()) return {};
  Html out{"<p class=\"fine\">Strokes on the axes of dates are sessions.</p>\n"};
  out += second.empty() ? first
                        : html("<div class=\"beside\">{}<div class=\"side\">{}</div></div>\n", first, second);
  if (!others.empty()) out += html("<div class=\"panels\">{}</div>\n", others);
  return out + ten_scales(a);
}

}  // namespace evenkeel::report
