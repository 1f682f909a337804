#include "assess/exposure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "assess/library.hpp"

namespace evenkeel::assess {
namespace {

using units::h;
using units::mg;

constexpr double longest_window_h = 24.0;
constexpr double curve_h = 6.0;
constexpr double carry_over_h = 7 * 24.0;  // an unknown infusion may still show this long after

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

// The recorded sessions are infusions by vein, and solve() gives them whole and at once to the first
// route's compartment.
bool takes_infusions(const pkpd::Model& model) {
  const pkpd::Route& first = model.routes.front();
  const pkpd::Path& path = first.paths.front();
  return first.id == "intravenous" && first.paths.size() == 1 && path.fraction.empty() && path.lag.empty() &&
         path.over.empty();
}

Result<const pkpd::Model*> named_model(const ExposureQuestion& q, pkpd::Moiety given) {
  const pkpd::Model* named = find_model(q.models, q.model);
  if (named == nullptr)
    return refuse(ErrorCode::not_found, "model", fmt::format("there is no model '{}'", q.model));
  if (std::ranges::find(named->dosed, given) == named->dosed.end()) {
    return refuse(ErrorCode::outside_domain, "model",
                  fmt::format("model {} is not for {}", named->id, pkpd::moiety_text(given)));
  }
  return named;
}

Result<const pkpd::Model*> choose_model(const ExposureQuestion& q) {
  const auto other_drug =
      std::ranges::find_if(q.sessions, [&](const auto& s) { return s.drug != q.sessions.front().drug; });
  if (other_drug != q.sessions.end()) {
    return refuse(ErrorCode::outside_domain, "session " + other_drug->id,
                  "racemic ketamine and esketamine in one course: no model here predicts their sum");
  }
  const pkpd::Moiety given = moiety_of(q.sessions.front().drug);
  const auto preferred = std::ranges::find_if(
      q.models, [&](const pkpd::Model& m) { return m.preferred && m.dosed.front() == given; });
  if (q.model.empty() && preferred == q.models.end()) {
    return refuse(ErrorCode::not_found, "model",
                  fmt::format("no model in the library is preferred for {}", pkpd::moiety_text(given)));
  }
  auto chosen = q.model.empty() ? Result<const pkpd::Model*>{&*preferred} : named_model(q, given);
  if (chosen && !takes_infusions(**chosen)) {
    return refuse(ErrorCode::outside_domain, "model",
                  fmt::format("model {} takes no infusion by vein as its first route", (*chosen)->id));
  }
  return chosen;
}

pkpd::Patient patient_at(const care::Session& session, const care::Facts& facts) {
  pkpd::Patient patient{session.weight, std::nullopt};
  if (facts.born) patient.age_years = years_between(*facts.born, Date::of(session.start));
  return patient;
}

// The trajectory of the sessions that the model covers, up to the first that it does not.
Course solve(const ExposureQuestion& q, const pkpd::Model& model) {
  Course course{std::nullopt, q.sessions.front().start, 0, std::nullopt};
  std::vector<pkpd::Epoch> epochs;
  std::vector<pkpd::Dose> doses;
  for (const care::Session& session : q.sessions) {
    auto system = pkpd::make_system(model, patient_at(session, q.facts));
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

// The moieties an assay's analyte stands for when `dosed` was given.
std::optional<pkpd::Moiety> moiety_measured(care::Analyte analyte, pkpd::Moiety dosed) {
  const bool pure_s = dosed == pkpd::Moiety::esketamine;
  switch (analyte) {
    case care::Analyte::ketamine:
      return dosed;
    case care::Analyte::esketamine:
      return pure_s ? std::optional{pkpd::Moiety::esketamine} : std::nullopt;
    case care::Analyte::norketamine:
      return pure_s ? pkpd::Moiety::esnorketamine : pkpd::Moiety::norketamine;
    case care::Analyte::esnorketamine:
      return pure_s ? std::optional{pkpd::Moiety::esnorketamine} : std::nullopt;
  }
  return std::nullopt;
}

pkpd::SamplingSite site_of(care::Site site) {
  return site == care::Site::arterial ? pkpd::SamplingSite::arterial : pkpd::SamplingSite::venous;
}

// What an output stands for when `given` was dosed: the parent drug is then what was given.
pkpd::Moiety output_moiety(const pkpd::Model& model, const pkpd::Output& output, pkpd::Moiety given) {
  return output.moiety == model.dosed.front() ? given : output.moiety;
}

std::string why_no_output(const pkpd::Model& model, pkpd::Moiety given, const care::Assay& assay,
                          std::optional<pkpd::Moiety> moiety) {
  if (!moiety) {
    return fmt::format("{} alone is not predicted where the racemate was given",
                       care::analyte_text(assay.analyte));
  }
  const bool same_moiety = std::ranges::any_of(
      model.outputs, [&](const auto& o) { return output_moiety(model, o, given) == *moiety; });
  if (!same_moiety) return fmt::format("model {} does not predict {}", model.id, pkpd::moiety_text(*moiety));
  return fmt::format("drawn {}, but model {} predicts {} concentrations", care::site_text(assay.site),
                     model.id, pkpd::site_text(model.outputs.front().site));
}

Comparison compare(const ExposureQuestion& q, const pkpd::Model& model, const Course& course,
                   const care::Event& event, const care::Assay& assay) {
  Comparison found{event.id, event.at, assay, {}, {}, {}};
  const pkpd::Moiety given = moiety_of(q.sessions.front().drug);
  const auto moiety = moiety_measured(assay.analyte, given);
  const auto output = std::ranges::find_if(model.outputs, [&](const pkpd::Output& o) {
    return moiety && output_moiety(model, o, given) == *moiety && o.site == site_of(assay.site);
  });
  if (output == model.outputs.end()) {
    found.not_compared = why_no_output(model, given, assay, moiety);
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
  found.predicted = course.trajectory->concentration(
      event.at - course.zero, static_cast<std::size_t>(output - model.outputs.begin()));
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

ModelUsed describe(const pkpd::Model& model, pkpd::Moiety given) {
  ModelUsed used{model.id,     model.version, model.status, model.title, given, model.outputs.front().site,
                 model.caveats};
  if (given != model.dosed.front()) {
    used.caveats.push_back(fmt::format("estimated for {}, used here for {}",
                                       pkpd::moiety_text(model.dosed.front()), pkpd::moiety_text(given)));
  }
  return used;
}

}  // namespace

pkpd::Moiety moiety_of(care::Drug drug) {
  return drug == care::Drug::esketamine ? pkpd::Moiety::esketamine : pkpd::Moiety::racemic_ketamine;
}

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
