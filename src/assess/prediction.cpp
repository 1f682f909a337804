#include "assess/prediction.hpp"

#include <algorithm>
#include <vector>

#include "assess/matching.hpp"
#include "base/expects.hpp"
#include "pkpd/population.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::assess {

struct Predictor::Parts {
  pkpd::Structure structure;
  bool has_spread = false;
  std::vector<std::pair<std::size_t, double>>
      own;  // parameters, and this patient's share of the typical value
};

namespace {

using units::h;
using Sessions = std::span<const care::Session>;

constexpr std::uint64_t spread_seed = 1;

// The sessions that still count at `when`: those that began within carry_over_h before it.
Sessions counting(Sessions sessions, Instant when) {
  const auto first = std::ranges::find_if(
      sessions, [&](const care::Session& s) { return when - s.start < carry_over_h * h; });
  const auto last =
      std::find_if(first, sessions.end(), [&](const care::Session& s) { return s.start > when; });
  return {first, last};
}

bool all_known(Sessions sessions) {
  return std::ranges::all_of(sessions, [](const care::Session& s) { return s.infusion_unknown.empty(); });
}

std::vector<pkpd::Dose> doses_of(Sessions sessions, Instant zero) {
  std::vector<pkpd::Dose> doses;
  for (const care::Session& session : sessions) {
    for (const care::RateSegment& run : session.infusion)
      doses.push_back({run.from - zero, run.until - run.from, run.amount});
  }
  return doses;
}

// A typical patient of each day's weight, with this one's own parameters where they were estimated.
template <class Parts>
std::optional<pkpd::Trajectory> course_of(const Parts& parts, Sessions sessions, const care::Facts& facts) {
  const Instant zero = sessions.front().start;
  std::vector<pkpd::Epoch> epochs;
  for (const care::Session& session : sessions) {
    auto values = parts.structure.typical(patient_at(session.weight, session.start, facts));
    if (!values) return std::nullopt;
    for (const auto& [parameter, share] : parts.own) (*values)[parameter] *= share;
    auto system = parts.structure.system(*values);
    if (!system) return std::nullopt;
    epochs.push_back({session.start - zero, *std::move(system)});
  }
  auto course = pkpd::Trajectory::make(std::move(epochs), doses_of(sessions, zero));
  if (!course) return std::nullopt;
  return *std::move(course);
}

// What is left at `when` in each member of the model's spread, at the last session's weight.
std::optional<Concentration> upper_bound(const pkpd::Structure& structure, Sessions sessions,
                                         const care::Facts& facts, Instant when) {
  const care::Session& last = sessions.back();
  const auto people =
      pkpd::Population::make(structure, patient_at(last.weight, last.start, facts), spread_seed);
  if (!people) return std::nullopt;
  const Instant zero = sessions.front().start;
  const auto doses = doses_of(sessions, zero);
  std::vector<Concentration> left;
  for (std::uint32_t member = 0; member < Predictor::members; ++member) {
    const auto values = people->subject(member);
    auto system = values ? structure.system(*values) : Result<pkpd::LinearSystem>{values.error()};
    if (!system) return std::nullopt;
    const auto course = pkpd::Trajectory::make({{Duration{}, *std::move(system)}}, doses);
    if (!course) return std::nullopt;
    left.push_back(course->concentration(when - zero));
  }
  std::ranges::sort(left);
  return left[static_cast<std::size_t>(Predictor::confidence * static_cast<double>(left.size()))];
}

}  // namespace

Predictor::Predictor(const pkpd::Model& model, std::span<const OwnParameter> own) {
  Parts parts{pkpd::Structure(model), !model.variability.blocks.empty(), {}};
  for (const OwnParameter& each : own) {
    const auto parameter = parts.structure.parameter(each.estimate.name);
    expects(parameter.has_value(), "what was estimated is a parameter of the model");
    if (each.estimate.typical > 0.0)
      parts.own.emplace_back(*parameter, each.estimate.most_likely / each.estimate.typical);
  }
  parts_ = std::make_shared<const Parts>(std::move(parts));
}

std::optional<watch::PredictedSession> Predictor::session(Sessions sessions, const care::Facts& facts) const {
  expects(!sessions.empty(), "a session is predicted");
  const care::Session& last = sessions.back();
  const Sessions near = counting(sessions, last.start);
  if (!all_known(near) || last.infusion.empty()) return std::nullopt;
  const auto course = course_of(*parts_, near, facts);
  if (!course) return std::nullopt;
  const Duration start = last.start - near.front().start;
  return watch::PredictedSession{last.id,
                                 course->concentration(last.infusion.back().until - near.front().start),
                                 course->area(start, start + 24.0 * h)};
}

std::optional<watch::PredictedTest> Predictor::test(Sessions sessions, const care::Facts& facts,
                                                    const care::Event& event) const {
  const Sessions near = counting(sessions, event.at);
  if (near.empty()) return watch::PredictedTest{event.id, {}, {}};
  if (!all_known(near) || !parts_->has_spread) return std::nullopt;
  const auto course = course_of(*parts_, near, facts);
  const auto upper = upper_bound(parts_->structure, near, facts, event.at);
  if (!course || !upper) return std::nullopt;
  const Concentration left = course->concentration(event.at - near.front().start);
  // A patient who is known to clear slowly may lie above what most people have.
  return watch::PredictedTest{event.id, left, std::max(left, *upper)};
}

watch::Prediction predict(const ExposureQuestion& q, std::span<const OwnParameter> own) {
  watch::Prediction found;
  found.confidence = Predictor::confidence;
  if (q.sessions.empty()) {
    found.why_not = "no infusion is recorded";
    return found;
  }
  const auto model = choose_model(q);
  if (!model) {
    found.why_not = to_string(model.error());
    return found;
  }
  found.model = (*model)->id + " " + (*model)->version;
  found.own = own.empty() ? "a typical patient of this weight" : "the patient's own parameters";
  const Predictor predictor(**model, own);
  for (std::size_t i = 0; i < q.sessions.size(); ++i) {
    if (auto one = predictor.session(q.sessions.first(i + 1), q.facts))
      found.sessions.push_back(*std::move(one));
  }
  // What was set aside may be an infusion that explains a test.
  if (q.lines_set_aside) return found;
  for (const care::Event& event : q.valid) {
    if (!std::holds_alternative<care::Toxicology>(event.body)) continue;
    if (auto one = predictor.test(q.sessions, q.facts, event)) found.tests.push_back(*std::move(one));
  }
  return found;
}

}  // namespace evenkeel::assess
