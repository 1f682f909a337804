#include "cohort/chronicle.hpp"

#include <algorithm>

#include "base/expects.hpp"

namespace evenkeel::cohort {
namespace {

constexpr std::size_t usual_events = 1024;  // more than most write in a year

}  // namespace

Chronicle::Chronicle(const assess::Library& library, const assess::Predictor& predictor,
                     const pkpd::Model& model, std::string patient)
    : library_(library),
      predictor_(predictor),
      patient_(std::move(patient)),
      model_(model.id + " " + model.version) {
  events_.reserve(usual_events);
  prediction_.why_not = "no infusion is recorded";
  prediction_.confidence = assess::Predictor::confidence;
}

const care::Instrument* Chronicle::find(std::string_view instrument) const {
  const auto found = std::ranges::find(library_.instruments, instrument, &care::Instrument::id);
  return found == library_.instruments.end() ? nullptr : &*found;
}

const care::Event& Chronicle::write(Instant at, std::string_view by, care::Body body) {
  expects(events_.empty() || events_.back().at <= at, "events come in the order of time");
  const bool moved = events_.size() == events_.capacity();
  events_.push_back(
      {"e" + std::to_string(events_.size() + 1), patient_, at, at, std::string(by), std::move(body)});
  if (moved)
    kinds_ = watch::Kinds(events_);
  else
    kinds_.add(events_.back());
  follow(events_.back());
  return events_.back();
}

void Chronicle::follow(const care::Event& event) {
  if (std::holds_alternative<care::PlanApproved>(event.body) ||
      std::holds_alternative<care::PlanChanged>(event.body)) {
    plans_ = care::Plans(events_);
    plan_ = care::plan_at(events_, event.at);
  }
  if (std::holds_alternative<care::PatientFacts>(event.body)) facts_ = care::latest_facts(events_);
  if (std::holds_alternative<care::SessionDischarged>(event.body)) end_visit(event.at);
  if (const auto* evaluation = std::get_if<care::Evaluation>(&event.body)) {
    if (const care::Instrument* instrument = find(evaluation->instrument)) {
      scores_.push_back(
          {event.id, event.at, evaluation->moment, instrument->id, care::score(*instrument, *evaluation)});
    }
  }
  if (!sessions_.empty()) predict_test(event);
}

void Chronicle::predict_test(const care::Event& event) {
  if (!std::holds_alternative<care::Toxicology>(event.body)) return;
  if (auto test = predictor_.test(sessions_, facts_, event)) prediction_.tests.push_back(*std::move(test));
}

void Chronicle::end_visit(Instant now) {
  auto ended = care::sessions(std::span{events_}.subspan(visit_), now);
  expects(ended.size() == 1, "a visit has one infusion");
  sessions_.push_back(std::move(ended.front()));
  if (sessions_.size() == 1) {
    prediction_.why_not.clear();
    prediction_.model = model_;
    prediction_.own = "a typical patient of this weight";  // nothing is measured here
    for (const care::Event& event : events_) predict_test(event);
  }
  if (auto session = predictor_.session(sessions_, facts_))
    prediction_.sessions.push_back(*std::move(session));
}

assess::Noticed Chronicle::look(Instant now) const {
  return assess::notice({events_, sessions_, scores_, plan_, library_.rules, library_.instruments,
                         prediction_, now, &kinds_, &plans_});
}

std::vector<int> Chronicle::totals(std::string_view instrument) const {
  std::vector<int> found;
  for (const care::TimedScore& timed : scores_) {
    if (timed.instrument == instrument && timed.score.total) found.push_back(*timed.score.total);
  }
  return found;
}

}  // namespace evenkeel::cohort
