#include "assess/individualise.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "assess/matching.hpp"
#include "assess/own_draws.hpp"
#include "assess/sampling.hpp"
#include "individual/compare.hpp"
#include "individual/predict.hpp"

namespace evenkeel::assess {
namespace {

using units::min;

constexpr double curve_min = 360.0;
constexpr std::array probabilities{0.05, 0.5, 0.95};

individual::Percentiles scaled(const individual::Percentiles& p, double by) {
  return {p.p5 * by, p.p50 * by, p.p95 * by};
}

Result<std::vector<OwnParameter>> parameters(const individual::Problem& problem,
                                             const individual::Estimate& estimate,
                                             const individual::Posterior& posterior) {
  const pkpd::Structure& structure = *problem.question().structure;
  auto summary = individual::summarise(problem, estimate, posterior);
  if (!summary) return summary.error();
  std::vector<OwnParameter> own;
  for (individual::ParameterEstimate& each : *summary) {
    const auto place = structure.parameter(each.name);
    const double by = 1.0 / structure.unit_of(*place);
    each.typical *= by;
    each.most_likely *= by;
    each.population = scaled(each.population, by);
    each.posterior = scaled(each.posterior, by);
    own.push_back({each, structure.model().parameters[*place].unit});
  }
  return own;
}

// Every 5 min, every 2 min in the first hour, and the moments at which a rate changes: peaks lie there.
std::vector<double> minutes_of(const care::Session& session, double until_min) {
  std::vector<double> minutes;
  for (double at = 0.0; at <= until_min; at += at < 60.0 ? 2.0 : 5.0) minutes.push_back(at);
  for (const care::RateSegment& run : session.infusion) {
    const double end = (run.until - session.start).in(min);
    if (0.0 < end && end <= until_min) minutes.push_back(end);
  }
  std::ranges::sort(minutes);
  minutes.erase(std::unique(minutes.begin(), minutes.end(), [](double a, double b) { return b - a < 1e-9; }),
                minutes.end());
  return minutes;
}

individual::Percentiles of_row(const Eigen::MatrixXd& bands, Eigen::Index row) {
  return {bands(row, 0), bands(row, 1), bands(row, 2)};
}

struct Bands {
  Eigen::MatrixXd at;  // a row for each time
  individual::Percentiles peak;
};

Result<Bands> bands_of(const individual::Problem& problem, const individual::Posterior& posterior,
                       std::span<const individual::ReadAt> read_at, const IndividualOptions& options) {
  const auto curves = individual::curves(problem, posterior, read_at, options.members, options.threads);
  if (!curves) return curves.error();
  const Eigen::MatrixXd peaks = curves->colwise().maxCoeff();
  return Bands{individual::bands(*curves, probabilities), of_row(individual::bands(peaks, probabilities), 0)};
}

std::vector<SeenPoint> seen_in(const individual::Question& question, Duration start, double until_min) {
  std::vector<SeenPoint> seen;
  for (const individual::Measured& m : question.measured) {
    const double minutes = (m.at - start).in(min);
    if (m.output != 0 || minutes < 0.0 || minutes > until_min) continue;
    const auto* below = std::get_if<individual::Below>(&m.what);
    const auto* value = std::get_if<individual::Assayed>(&m.what);
    if (below != nullptr) seen.push_back({m.id, minutes, below->limit.canonical(), true});
    if (value != nullptr) seen.push_back({m.id, minutes, value->value.canonical(), false});
  }
  return seen;
}

Result<SessionBands> session_bands(const care::Session& session, Duration start, double until_min,
                                   const OwnDraws& population, const OwnDraws& patient,
                                   const IndividualOptions& options) {
  SessionBands found{session.id, {}, seen_in(patient.asked.question, start, until_min), {}, {}, {}};
  if (!session.infusion.empty()) found.length = session.infusion.back().until - session.start;
  const std::vector<double> minutes = minutes_of(session, until_min);
  std::vector<individual::ReadAt> read_at;
  for (const double at : minutes) read_at.push_back({start + at * min, 0, std::nullopt});
  const auto of_population = bands_of(population.problem, population.posterior, read_at, options);
  if (!of_population) return of_population.error();
  const auto of_patient = bands_of(patient.problem, patient.posterior, read_at, options);
  if (!of_patient) return of_patient.error();
  for (std::size_t i = 0; i < minutes.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    found.points.push_back({minutes[i], of_row(of_population->at, row), of_row(of_patient->at, row)});
  }
  found.peak_population = of_population->peak;
  found.peak_patient = of_patient->peak;
  return found;
}

bool has_measurement(const individual::Question& question, std::size_t session) {
  const auto& spans = question.spans;
  return std::ranges::any_of(question.measured, [&](const individual::Measured& m) {
    return m.at >= spans[session].from && (session + 1 == spans.size() || m.at < spans[session + 1].from);
  });
}

Result<void> add_sessions(const ExposureQuestion& record, const pkpd::Model& model, const OwnDraws& patient,
                          const IndividualOptions& options, Individual& into) {
  const auto population = population_draws(record, model, {{}, options.seed});
  if (!population) return population.error();
  const PatientQuestion& asked = patient.asked;
  for (std::size_t i = 0; i < asked.sessions; ++i) {
    const bool latest = i + 1 == asked.sessions;
    if (!latest && !has_measurement(asked.question, i)) continue;
    const Duration start = asked.question.spans[i].from;
    double until_min = curve_min;
    if (!latest) until_min = std::min(until_min, (asked.question.spans[i + 1].from - start).in(min));
    auto bands = session_bands(record.sessions[i], start, until_min, *population, patient, options);
    if (!bands) return bands.error();
    into.sessions.push_back(*std::move(bands));
  }
  return {};
}

void add_fit(const OwnDraws& own, Individual& into) {
  if (!own.fit) return;
  const individual::Fit& fit = *own.fit;
  into.fit_words = fit.words;
  into.fits = fit.fits;
  into.p_value = fit.p_value;
  for (const individual::Suspicion& each : own.suspicions) into.suspicions.push_back(each.words);
  const auto& measured = own.asked.question.measured;
  for (std::size_t i = 0; i < measured.size(); ++i) {
    const bool used = std::ranges::find(fit.left_out, i) == fit.left_out.end();
    into.measurements.push_back({measured[i].id, own.asked.zero + measured[i].at,
                                 own.structure->model().outputs[measured[i].output].id,
                                 individual::seen_words(measured[i]), fit.measurements[i], used});
  }
}

Result<Individual> view_of(const ExposureQuestion& record, const pkpd::Model& model, const OwnDraws& own,
                           const IndividualOptions& options) {
  if (own.problem.effects().effects().empty()) {
    return Error{ErrorCode::outside_domain, model.id,
                 fmt::format("model {} does not say how patients differ, so nothing of this one can be told",
                             model.id)};
  }
  Individual found;
  found.model = describe(model, moiety_of(record.sessions.front().drug));
  auto values = parameters(own.problem, own.estimate, own.posterior);
  if (!values) return values.error();
  found.parameters = *std::move(values);
  const auto& measured = own.problem.question().measured;
  found.measured = measured.size();
  found.below = static_cast<std::size_t>(std::ranges::count_if(
      measured, [](const auto& m) { return std::holds_alternative<individual::Below>(m.what); }));
  found.left_out = own.asked.left_out;
  found.notes = own.asked.cautions;
  if (!model.variability.note.empty()) found.notes.push_back(model.variability.note);
  found.effective = own.posterior.effective;
  found.log_likelihood = own.posterior.log_likelihood;
  found.seed = options.seed;
  add_fit(own, found);
  if (options.next_sample) {
    auto next = when_to_sample(own, record.facts, *options.next_sample, options.threads);
    if (next)
      found.next_sample = *std::move(next);
    else
      found.no_next_sample_because = to_string(next.error());
  }
  if (const auto added = add_sessions(record, model, own, options, found); !added) return added.error();
  return found;
}

}  // namespace

Result<Individual> individualise(const ExposureQuestion& record, const pkpd::Model& model,
                                 const IndividualOptions& options) {
  const auto own =
      own_draws(record, model, {options.assumed_sd, options.seed, options.effective, options.threads});
  if (!own) return own.error();
  return view_of(record, model, *own, options);
}

namespace {

Result<std::vector<const pkpd::Model*>> models_of(const IndividualQuestion& q, ExposureQuestion& record) {
  std::vector<const pkpd::Model*> chosen;
  for (const std::string& name : q.models) {
    record.model = name;
    const auto named = choose_model(record);
    if (!named) return named.error();
    chosen.push_back(*named);
  }
  if (!chosen.empty()) return chosen;
  record.model.clear();
  const auto preferred = choose_model(record);
  if (preferred) chosen.push_back(*preferred);
  for (const pkpd::Model* model : applicable_models(q.library, moiety_of(record.sessions.front().drug))) {
    if (chosen.empty() || model != chosen.front()) chosen.push_back(model);
  }
  if (chosen.empty()) return preferred.error();
  return chosen;
}

AskedModel asked_model(const ExposureQuestion& record, const pkpd::Model& model, const Result<OwnDraws>& own,
                       const IndividualOptions& options) {
  AskedModel asked{model.id, model.version, model.title, {}, {}, {}, {}};
  auto found = own ? view_of(record, model, *own, options) : Result<Individual>{own.error()};
  if (found)
    asked.found = *std::move(found);
  else
    asked.refused = found.error();
  return asked;
}

// The weights of those that could use what was measured.
void weigh(const std::vector<const pkpd::Model*>& models, const std::vector<Result<OwnDraws>>& draws,
           IndividualAnswer& answer) {
  std::vector<individual::Candidate> candidates;
  for (std::size_t i = 0; i < models.size(); ++i) {
    individual::Candidate each{models[i]->id, models[i]->preferred && i == 0, nullptr, nullptr, {}};
    if (!draws[i])
      each.reason = draws[i].error().what;
    else if (draws[i]->problem.question().measured.empty())
      each.reason = "it predicts nothing of what was measured";
    else
      each = {each.model, each.preferred, &draws[i]->problem, &draws[i]->posterior, {}};
    candidates.push_back(std::move(each));
  }
  const individual::Comparison compared = individual::compare(candidates);
  answer.weighed = compared.words;
  for (AskedModel& asked : answer.models) {
    const auto weight = std::ranges::find(compared.models, asked.id, &individual::ModelWeight::model);
    if (weight == compared.models.end()) continue;
    asked.weight = weight->weight;
    asked.remark = weight->remark;
  }
}

}  // namespace

Result<IndividualAnswer> individualise(const IndividualQuestion& q) {
  const care::Record known = q.record.as_known_at(q.now);
  const std::vector<care::Event> valid = known.valid();
  const std::vector<care::Session> sessions = care::sessions(valid, q.now);
  if (sessions.empty())
    return Error{ErrorCode::invalid_input, "record", "no infusion is recorded, so nothing can be estimated"};
  ExposureQuestion record{valid, sessions, q.library, {}, care::latest_facts(valid), q.lines_set_aside};
  const auto models = models_of(q, record);
  if (!models) return models.error();
  IndividualAnswer answer{known.patient(), q.now, {}, {}};
  std::vector<Result<OwnDraws>> draws;
  for (const pkpd::Model* model : *models) {
    draws.push_back(own_draws(
        record, *model, {q.options.assumed_sd, q.options.seed, q.options.effective, q.options.threads}));
    answer.models.push_back(asked_model(record, *model, draws.back(), q.options));
  }
  weigh(*models, draws, answer);
  // The first that answered from most measurements is shown in full.
  std::ranges::stable_sort(answer.models, std::greater<>{},
                           [](const AskedModel& m) { return m.found ? m.found->measured + 1 : 0; });
  return answer;
}

}  // namespace evenkeel::assess
