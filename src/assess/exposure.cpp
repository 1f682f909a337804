#include "assess/exposure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "assess/matching.hpp"

namespace evenkeel::assess {
namespace {

using units::h;
using units::mg;

constexpr double longest_window_h = 24.0;
constexpr double curve_h = 6.0;

// Far below any assay: a ratio to less than this says nothing.
constexpr Concentration smallest_compared = 0.01 * (units::ng / units::mL);

// The course on the model's axis: hours from the first session's start.
struct Course {
  std::optional<pkpd::Trajectory> trajectory;
  Instant zero;
  std::size_t covered = 0;       // sessions, from the first on
  std::optional<Error> stopped;  // why the next one is not covered
};

Error refuse(ErrorCode code, std::string where, std::string what) {
  return {code, std::move(where), std::move(what)};
}

// The trajectory of the sessions that the model covers, up to the first that it does not.
Course solve(const ExposureQuestion& q, const pkpd::Model& model) {
  Course course{std::nullopt, q.sessions.front().start, 0, std::nullopt};
  std::vector<pkpd::Epoch> epochs;
  std::vector<pkpd::Dose> doses;
  for (const care::Session& session : q.sessions) {
    auto system = pkpd::make_system(model, patient_at(session.weight, session.start, q.facts));
    if (!system) {
      course.stopped = system.error();
      course.stopped->where = "session " + session.id;
      break;
    }
    epochs.push_back({session.start - course.zero, std::move(*system)});
    for (const care::RateSegment& run : session.infusion) {
      doses.push_back({run.from - course.zero, run.until - run.from, run.amount});
    }
    ++course.covered;
  }
  if (epochs.empty()) return course;
  auto trajectory = pkpd::Trajectory::make(std::move(epochs), doses);
  if (trajectory) {
    course.trajectory = std::move(*trajectory);
  } else {
    course.stopped = trajectory.error();
    course.covered = 0;
  }
  return course;
}

// Why session `i` has no prediction, if it has none.
std::optional<Error> refusal(const ExposureQuestion& q, const Course& course, std::size_t i) {
  const std::string where = "session " + q.sessions[i].id;
  if (i == course.covered) return course.stopped;
  if (i > course.covered) {
    return refuse(
        course.stopped->code, where,
        fmt::format("not predicted, because {} is not: {}", course.stopped->where, course.stopped->what));
  }
  if (!q.sessions[i].infusion_unknown.empty()) {
    return refuse(ErrorCode::invalid_input, where, q.sessions[i].infusion_unknown);
  }
  return std::nullopt;
}

std::vector<CurvePoint> curve(const Course& course, Duration start) {
  std::vector<CurvePoint> points;
  for (double minutes = 0.0; minutes <= curve_h * 60.0; minutes += minutes < 120.0 ? 2.0 : 5.0) {
    points.push_back({minutes, course.trajectory->concentration(start + minutes * units::min)});
  }
  return points;
}

void add_cautions(const ExposureQuestion& q, const care::Session& session, SessionExposure& exposure) {
  if (session.running)
    exposure.cautions.push_back("the infusion is still running: shown as ordered to its end");
  if (q.lines_set_aside) {
    exposure.cautions.push_back(
        "lines of the record were set aside; an infusion among them is not in these numbers");
  }
  for (const care::Session& other : q.sessions) {
    const double gap_h = (session.start - other.start).in(h);
    if (other.infusion_unknown.empty() || !(gap_h > 0.0 && gap_h < carry_over_h)) continue;
    exposure.cautions.push_back(
        fmt::format("too low by what is left of session {}, whose infusion is not known", other.id));
  }
}

SessionExposure session_exposure(const ExposureQuestion& q, const pkpd::Model& model, const Course& course,
                                 std::size_t i) {
  const care::Session& session = q.sessions[i];
  SessionExposure found;
  found.session = session.id;
  found.refused = refusal(q, course, i);
  if (found.refused) return found;
  const Duration start = session.start - course.zero;
  found.window = longest_window_h * h;
  if (i + 1 < q.sessions.size())
    found.window = std::min(found.window, q.sessions[i + 1].start - session.start);
  const Duration end = start + found.window;
  found.peak = course.trajectory->peak(start, end);
  found.peak.at = found.peak.at - start;
  found.area = course.trajectory->area(start, end);
  const bool levels_apply = moiety_of(session.drug) == model.dosed.front();
  if (!levels_apply && !model.levels.empty()) {
    found.cautions.push_back(fmt::format("the reference levels are for {}: times above them are not given",
                                         pkpd::moiety_text(model.dosed.front())));
  }
  for (const pkpd::ReferenceLevel& level : model.levels) {
    if (!levels_apply) break;
    found.above.push_back({level.name, level.from.value, level.to, level.from.from.label,
                           course.trajectory->time_above(level.from.value, start, end)});
  }
  found.curve = curve(course, start);
  add_cautions(q, session, found);
  return found;
}

Comparison compare(const ExposureQuestion& q, const pkpd::Model& model, const Course& course,
                   const care::Event& event, const care::Assay& assay) {
  Comparison found{event.id, event.at, assay, {}, {}, {}};
  const Match match = match_assay(model, moiety_of(q.sessions.front().drug), assay);
  if (!match.output) {
    found.not_compared = match.why_not;
    return found;
  }
  const auto gap_in_record = std::ranges::find_if(q.sessions, [&](const care::Session& s) {
    return !s.infusion_unknown.empty() && s.start <= event.at && event.at - s.start < carry_over_h * h;
  });
  if (gap_in_record != q.sessions.end()) {
    found.not_compared = "the infusion of session " + gap_in_record->id + " is not known";
    return found;
  }
  const bool beyond = course.covered < q.sessions.size() && event.at >= q.sessions[course.covered].start;
  if (!course.trajectory || beyond) {
    found.not_compared = course.stopped->what;
    return found;
  }
  found.predicted = course.trajectory->concentration(event.at - course.zero, *match.output);
  if (*found.predicted < smallest_compared) {
    found.not_compared =
        assay.value ? "practically none is expected by then: another source, a mix-up or a drawn line?" : "";
  } else if (assay.value) {
    found.ratio = *assay.value / *found.predicted;
  }
  return found;
}

// Every assay of the record, by time, as `make` compares it: none is left out.
template <class Make>
std::vector<Comparison> comparisons(const ExposureQuestion& q, Make&& make) {
  std::vector<Comparison> found;
  for (const care::Event& event : q.valid) {
    if (const auto* assay = std::get_if<care::Assay>(&event.body)) found.push_back(make(event, *assay));
  }
  std::ranges::stable_sort(found, {}, &Comparison::at);
  return found;
}

std::vector<Comparison> without_prediction(const ExposureQuestion& q, const std::string& why) {
  return comparisons(q, [&](const care::Event& event, const care::Assay& assay) {
    return Comparison{event.id, event.at, assay, {}, {}, why};
  });
}

}  // namespace

Exposure expose(const ExposureQuestion& q) {
  Exposure exposure;
  if (q.sessions.empty()) {
    exposure.comparisons = without_prediction(q, "no infusion is recorded");
    return exposure;
  }
  const auto model = choose_model(q);
  if (!model) {
    exposure.refused = model.error();
    exposure.comparisons = without_prediction(q, model.error().what);
    return exposure;
  }
  exposure.model = describe(**model, moiety_of(q.sessions.front().drug));
  const Course course = solve(q, **model);
  if (course.covered == 0) exposure.refused = course.stopped;
  for (std::size_t i = 0; i < q.sessions.size(); ++i) {
    exposure.sessions.push_back(session_exposure(q, **model, course, i));
  }
  exposure.comparisons = comparisons(q, [&](const care::Event& event, const care::Assay& assay) {
    return compare(q, **model, course, event, assay);
  });
  return exposure;
}

}  // namespace evenkeel::assess
