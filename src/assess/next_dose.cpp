#include "assess/next_dose.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "assess/assess.hpp"
#include "assess/dose_state.hpp"
#include "assess/matching.hpp"
#include "assess/own_draws.hpp"
#include "individual/predict.hpp"
#include "pkpd/interaction.hpp"
#include "plan/amount.hpp"
#include "plan/propose.hpp"

namespace evenkeel::assess {
namespace {

const care::Protocol* protocol_of(const Library& library, const std::string& id_and_version) {
  const auto found = std::ranges::find_if(
      library.protocols, [&](const care::Protocol& p) { return p.id + " " + p.version == id_and_version; });
  return found == library.protocols.end() ? nullptr : &*found;
}

// A model with the patient's draws: measured where that can be, else the population's.
struct AskedOf {
  const pkpd::Model* model = nullptr;
  OwnDraws draws;
  std::string how;  // "own parameters, from 4 measurements"
};

// The measurements first; without them, and with the reason, where the model cannot take them.
Result<AskedOf> ask(const ExposureQuestion& record, const pkpd::Model& model,
                    const NextDoseOptions& options) {
  const DrawOptions draw{options.assumed_sd, options.seed, 1000.0, options.threads};
  auto own = own_draws(record, model, draw);
  const std::size_t readings = own ? own->problem.question().measured.size() : 0;
  if (readings > 0)
    return AskedOf{
        &model, *std::move(own),
        fmt::format("{}: the patient's own parameters, from {} measurement(s)", model.id, readings)};
  const std::string without =
      own ? std::string{} : fmt::format("; what was measured is not used: {}", own.error().what);
  auto population = population_draws(record, model, draw);
  if (!population) return population.error();
  const char* basis =
      model.variability.blocks.empty() ? "typical values" : "the spread between patients like this one";
  return AskedOf{&model, *std::move(population), fmt::format("{}: {}{}", model.id, basis, without)};
}

// The effects that an aim is about and that may be read off the model's first output.
std::vector<plan::ReadOut> read_outs(const Library& library, const pkpd::Model& model, pkpd::Moiety given,
                                     const std::vector<plan::Aim>& aims) {
  std::vector<plan::ReadOut> found;
  const pkpd::Output& output = model.outputs.front();
  const pkpd::Moiety moiety = output.moiety == model.dosed.front() ? given : output.moiety;
  for (const pkpd::Effect& effect : library.effects) {
    const bool asked = std::ranges::any_of(aims, [&](const plan::Aim& aim) {
      const auto* below = std::get_if<plan::EffectBelow>(&aim);
      return below != nullptr && below->effect == effect.id;
    });
    if (!asked) continue;
    if (auto paired = pkpd::PairedEffect::make(effect, {model.id, moiety, output.site}))
      found.push_back({*std::move(paired), 0});
  }
  return found;
}

// What every model is asked with.
struct Asking {
  const Library& library;
  const ExposureQuestion& record;
  pkpd::Moiety given;  // what the protocol gives
  Instant now;
  const NextDoseOptions& options;
};

Result<plan::ModelForecast> forecast_of(const Asking& asking, const AskedOf& one,
                                        const individual::ChangeOfValues& change = {}) {
  const care::Facts& facts = asking.record.facts;
  const int occasion = static_cast<int>(one.draws.asked.sessions) + 1;
  const individual::Span from_now{asking.now - one.draws.asked.zero,
                                  patient_at(*facts.weight, asking.now, facts), occasion};
  auto forecast =
      individual::forecast(one.draws.problem, one.draws.posterior, from_now, asking.options.members, change);
  if (!forecast) return forecast.error();
  forecast->caveats = describe(*one.model, asking.given).caveats;
  if (!one.model->variability.note.empty()) forecast->caveats.push_back(one.model->variability.note);
  for (const std::string& caution : one.draws.asked.cautions) forecast->caveats.push_back(caution);
  return plan::ModelForecast{*std::move(forecast), asking.now, 0,
                             read_outs(asking.library, *one.model, asking.given, asking.options.aims)};
}

struct Asked {
  std::vector<AskedOf> models;
  std::vector<plan::ModelForecast> forecasts;  // as models
};

Asked ask_all(const Asking& asking, NextDose& out) {
  const NextDoseOptions& options = asking.options;
  Asked all;
  for (const pkpd::Model* model : applicable_models(asking.record.models, asking.given)) {
    const bool wanted =
        options.models.empty() || std::ranges::find(options.models, model->id) != options.models.end();
    if (!wanted) continue;
    auto one = ask(asking.record, *model, options);
    if (!one) {
      out.not_asked.push_back({model->id, one.error().what});
      continue;
    }
    auto forecast = forecast_of(asking, *one);
    if (!forecast) {
      out.not_asked.push_back({model->id, forecast.error().what});
      continue;
    }
    out.notes.push_back(one->how);
    all.models.push_back(*std::move(one));
    all.forecasts.push_back(*std::move(forecast));
  }
  return all;
}

// The forecasts with another medicine beside the next dose; models that the interaction does not fit are left
// out, with the reason.
plan::Alternative beside(const Asking& asking, const pkpd::Interaction& interaction, const Asked& all,
                         plan::Alternative same, NextDose& out) {
  same.change = plan::Change::interaction;
  same.words = fmt::format("the same, with {} beside it ({})", interaction.with, interaction.id);
  for (const AskedOf& one : all.models) {
    const auto change = [&](const pkpd::Values& values) -> Result<pkpd::Values> {
      auto applied = pkpd::apply(interaction, *one.draws.structure, values, 0, asking.given);
      if (!applied) return applied.error();
      return std::move(applied->values);
    };
    auto changed = forecast_of(asking, one, change);
    if (changed)
      same.models.push_back(*std::move(changed));
    else
      out.not_asked.push_back({one.model->id + " with " + interaction.with, changed.error().what});
  }
  return same;
}

void look(const Asking& asking, const plan::DoseQuestion& question, const Asked& all, NextDose& out) {
  const NextDoseOptions& options = asking.options;
  const auto& interactions = asking.library.interactions;
  const bool given = options.step_mg_per_kg > Decimal{};
  const Decimal step = given ? options.step_mg_per_kg : *Decimal::parse("0.1");
  auto alternatives = plan::usual_alternatives(question, step, options.longer);
  if (!alternatives) {
    out.no_what_if_because = to_string(alternatives.error());
    return;
  }
  for (const std::string& id : options.interactions) {
    const auto found = std::ranges::find(interactions, id, &pkpd::Interaction::id);
    if (found == interactions.end()) {
      out.not_asked.push_back({id, "there is no such interaction"});
      continue;
    }
    auto row = beside(asking, *found, all, alternatives->front(), out);
    if (!row.models.empty()) alternatives->push_back(std::move(row));
  }
  auto rows = plan::what_if(question, *alternatives);
  if (rows)
    out.what_if = *std::move(rows);
  else
    out.no_what_if_because = to_string(rows.error());
}

// Assays that no model which uses them can explain: what is wrong with them comes before a dose.
std::vector<std::string> unexplained(const Asked& all) {
  std::vector<std::string> words;
  const OwnDraws* first = nullptr;
  for (const AskedOf& one : all.models) {
    if (!one.draws.fit) continue;
    if (one.draws.fit->outliers.empty()) return {};
    if (first == nullptr) first = &one.draws;
  }
  if (first == nullptr) return words;
  for (const individual::Suspicion& each : first->suspicions) words.push_back(each.words);
  return words;
}

Result<std::vector<plan::Limit>> binding_limits(const plan::DoseQuestion& q) {
  std::vector<plan::Limit> all = plan::compiled_in();
  const auto add = [&](const std::vector<plan::Limit>& more) {
    all.insert(all.end(), more.begin(), more.end());
  };
  add(q.site.limits);
  add(plan::limits_of(q.protocol, q.patient.phase));
  add(q.limits);
  if (q.patient.plan) {
    const auto own = plan::limits_of(*q.patient.plan);
    if (!own) return own.error();
    add(*own);
  }
  const auto set = plan::LimitSet::make(std::move(all));
  if (!set) return set.error();
  return set->binding();
}

plan::Grid plan_alone(const care::PlanInForce& in_force) {
  const Decimal& dose = in_force.plan.dose_mg_per_kg;
  const auto minutes = plan::decimal_of(in_force.plan.infusion_length.in(units::min), 3);
  return {dose, dose, dose, {minutes.value_or(Decimal{})}, {plan::Profile{}}};
}

// When the course says that the next session is due, or now where it is overdue; moved on to the clinic's
// hours.
Instant next_start(Instant now, const Assessment& a, const plan::Site& site) {
  Instant start = now;
  if (a.course && a.course->next_session && a.course->next_session->next)
    start = std::max(now, *a.course->next_session->next);
  if (plan::is_open(site, start)) return start;
  using Quarter = std::chrono::duration<std::int64_t, std::ratio<900>>;
  Instant tried{std::chrono::ceil<Quarter>(start.time())};
  for (int i = 0; i < 14 * 24 * 4; ++i, tried = tried + 15.0 * units::min) {
    if (plan::is_open(site, tried)) return tried;
  }
  return start;
}

}  // namespace

Result<NextDose> next_dose(const Question& q, const Assessment& a, const NextDoseOptions& options) {
  const care::Protocol* protocol = protocol_of(q.library, a.protocol);
  if (protocol == nullptr)
    return Error{ErrorCode::outside_domain, "plan", "no dose can be proposed: " + a.no_course_because};
  const std::vector<care::Event> valid = q.record.as_known_at(q.now).valid();
  const std::vector<care::Session> sessions = care::sessions(valid, q.now);
  NextDose out;
  out.start = options.start ? *options.start : next_start(q.now, a, options.site);

  plan::DoseQuestion question;
  question.now = q.now;
  question.start = out.start;
  question.purpose = options.purpose;
  question.drug = protocol->drug;
  question.patient = patient_state(a, valid, sessions, *protocol);
  question.protocol = *protocol;
  question.site = options.site;
  question.aims = options.aims.empty() ? std::vector<plan::Aim>{plan::LeastDose{}} : options.aims;
  question.grid = options.grid;
  // Without an aim nothing ranks one dose before another: the plan's own is held against the limits.
  if (options.aims.empty() && !options.grid && question.patient.plan)
    question.grid = plan_alone(*question.patient.plan);
  question.seed = options.seed;
  question.versions = a.versions;
  question.threads = options.threads;
  const ExposureQuestion record{valid, sessions, q.library.models, {}, a.facts, !q.set_aside.empty()};
  Asked all;
  const Asking asking{q.library, record, moiety_of(protocol->drug), q.now, options};
  if (a.facts.weight && !question.patient.session_running) all = ask_all(asking, out);
  question.models = all.forecasts;
  for (std::string& words : unexplained(all)) question.patient.contradictions.push_back(std::move(words));

  const auto limits = binding_limits(question);
  if (!limits) return limits.error();
  out.limits = *limits;
  auto answer = plan::propose(question);
  if (!answer) return answer.error();
  out.answer = *std::move(answer);
  if (std::holds_alternative<plan::Advice>(out.answer.outcome))
    look(asking, question, all, out);
  else
    out.no_what_if_because = "no advice is possible, for the reasons above";
  return out;
}

}  // namespace evenkeel::assess
