#include "clinic/desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/overloaded.hpp"
#include "care/course.hpp"
#include "care/plan_check.hpp"
#include "clinic/kept_append.hpp"
#include "plan/amount.hpp"

namespace evenkeel::clinic {
namespace {

using care::Protocol;

Error forbidden(std::string where, std::string what) {
  return {ErrorCode::outside_domain, std::move(where), std::move(what)};
}

struct Setting {
  std::vector<care::Event> valid;
  care::PlanInForce plan;
  const Protocol* protocol;
};

Result<Setting> setting_of(const care::Record& record, const assess::Library& library, Instant now) {
  Setting found{record.valid(), {}, nullptr};
  const auto plan = care::plan_at(found.valid, now);
  if (!plan) return Error{ErrorCode::not_found, "plan", "no plan is approved, so nothing says how to treat"};
  found.plan = *plan;
  found.protocol = assess::protocol_of(library, plan->plan);
  if (found.protocol != nullptr) return found;
  return Error{ErrorCode::not_found, "plan",
               fmt::format("the plan follows protocol {} {}, which the library has not", plan->plan.protocol,
                           plan->plan.protocol_version)};
}

// What stands in the way, in one text.
std::string in_the_way(const care::StartAnswer& answer) {
  std::string text;
  for (const care::GateResult& gate : answer.open) {
    text += fmt::format("{}{} ({}): {}", text.empty() ? "" : "; ", care::gate_words(gate.kind),
                        gate.consequence == care::Consequence::decide
                            ? "a clinician may decide about '" + gate.id + "'"
                            : "no decision lifts it",
                        gate.text);
  }
  return text;
}

// By the weight of today; a plan by ideal weight, which no record holds, is held against it as well, for it
// is the larger of the two where that basis is chosen.
Result<void> dose_is_planned(const Setting& set, const Decimal& dose_mg, Duration length,
                             const std::string& remedy) {
  const care::PlanApproved& plan = set.plan.plan;
  if (length < plan.infusion_length)
    return forbidden("body.infusion_length",
                     fmt::format("{:.0f} min is shorter than the plan's {:.0f} min; {}",
                                 length.in(units::min), plan.infusion_length.in(units::min), remedy));
  if (plan.fixed_dose_mg) {
    if (dose_mg <= *plan.fixed_dose_mg) return {};
    return forbidden("body.dose", fmt::format("{} mg is above the plan's {} mg; {}", dose_mg.to_string(),
                                              plan.fixed_dose_mg->to_string(), remedy));
  }
  const auto weight = care::latest_facts(set.valid).weight;
  const auto kg = weight
                      ? plan::decimal_of(weight->in(units::kg), 6)
                      : Result<Decimal>{Error{ErrorCode::invalid_input, "weight", "no weight is recorded"}};
  if (!kg) return kg.error();
  if (plan::at_most({dose_mg, *kg}, {plan.dose_mg_per_kg})) return {};
  return forbidden("body.dose",
                   fmt::format("{} mg at {} kg is above the plan's {} mg/kg; {}", dose_mg.to_string(),
                               kg->to_string(), plan.dose_mg_per_kg.to_string(), remedy));
}

class Judge {
 public:
  Judge(const Desk& desk, const Chart& chart, const Entered& entered)
      : desk_{desk}, chart_{chart}, entered_{entered} {}

  // Nothing where the protocol lets it happen.
  [[nodiscard]] Result<void> operator()(const care::PlanApproved&) const { return plan_fits(); }
  [[nodiscard]] Result<void> operator()(const care::PlanChanged&) const { return plan_fits(); }
  [[nodiscard]] Result<void> operator()(const care::SessionReady& ready) const {
    const auto set = setting();
    if (!set) return set.error();
    if (auto start = gates_let_start(*set, ready.session); !start) return start;
    return dose_is_planned(*set, ready.dose_mg, ready.length, "change the plan first");
  }
  [[nodiscard]] Result<void> operator()(const care::SessionStarted& start) const {
    const auto set = setting();
    if (!set) return set.error();
    if (auto gates = gates_let_start(*set, start.session); !gates) return gates;
    return start_is_planned(*set, start);
  }
  [[nodiscard]] Result<void> operator()(const care::RateChanged& change) const {
    const auto set = setting();
    if (!set) return set.error();
    return care::may_run_at(question(*set, set->valid, change.session), change.rate_mg_per_h);
  }
  [[nodiscard]] Result<void> operator()(const care::SessionEnded& end) const {
    if (end.more_than_drawn_up) return {};
    return was_drawn_up(end.session, end.given.mg);
  }
  [[nodiscard]] Result<void> operator()(const care::SessionStopped& stop) const {
    if (stop.more_than_drawn_up || !stop.given_mg) return {};
    return was_drawn_up(stop.session, *stop.given_mg);
  }
  [[nodiscard]] Result<void> operator()(const care::SessionDischarged& out) const;
  [[nodiscard]] Result<void> operator()(const care::SessionDecision& decision) const;
  [[nodiscard]] Result<void> operator()(const care::PlanSigned& signature) const {
    return in_own_name(signature.clinician);
  }
  [[nodiscard]] Result<void> operator()(const care::Review& review) const {
    return in_own_name(review.clinician);
  }
  [[nodiscard]] Result<void> operator()(const care::EnteredInError& correction) const {
    return theirs_to_void(correction);
  }
  // Facts are never refused: what happened is written down.
  template <class Body>
  [[nodiscard]] Result<void> operator()(const Body&) const {
    return {};
  }

 private:
  [[nodiscard]] Result<Setting> setting() const {
    return setting_of(chart_.record, desk_.library, entered_.at);
  }
  [[nodiscard]] care::GateQuestion question(const Setting& set, std::span<const care::Event> valid,
                                            const std::string& session) const {
    return {valid, *set.protocol, desk_.library.instruments, session, entered_.at};
  }
  [[nodiscard]] Result<void> gates_let_start(const Setting& set, const std::string& session) const {
    const auto answer = care::may_start(care::gates(question(set, set.valid, session)));
    if (answer.kind == care::StartAnswer::Kind::clear) return {};
    return forbidden("gates", in_the_way(answer));
  }
  [[nodiscard]] Result<void> plan_fits() const;
  // Nobody signs or decides for another.
  [[nodiscard]] Result<void> in_own_name(const std::string& clinician) const {
    if (clinician == desk_.who.name) return {};
    return Error{ErrorCode::not_permitted, "body.clinician",
                 fmt::format("'{}' is named, but '{}' is at work: one signs and decides for oneself",
                             clinician, desk_.who.name)};
  }
  [[nodiscard]] Result<void> theirs_to_void(const care::EnteredInError& correction) const;
  [[nodiscard]] std::vector<care::Event> with_this() const;
  [[nodiscard]] Result<void> start_is_planned(const Setting& set, const care::SessionStarted& start) const;
  [[nodiscard]] Result<void> was_drawn_up(const std::string& session, const Decimal& given_mg) const;

  const Desk& desk_;
  const Chart& chart_;
  const Entered& entered_;
};

// Who may not write such an entry may not take it back: a plan that a nurse voids would bring the one before
// it into force.
Result<void> Judge::theirs_to_void(const care::EnteredInError& correction) const {
  const auto& events = chart_.record.events();
  const auto wrong = std::ranges::find(events, correction.event, &care::Event::id);
  if (wrong == events.end() || may_write(desk_.who.role, wrong->body)) return {};
  return Error{ErrorCode::not_permitted, "body.event",
               fmt::format("{} may not write {}, nor mark it as entered in error", a_role(desk_.who.role),
                           care::kind_text(wrong->body))};
}

// What counts, and this as if it were written.
std::vector<care::Event> Judge::with_this() const {
  std::vector<care::Event> with = chart_.record.valid();
  with.push_back({"-", chart_.record.patient(), entered_.at, in_turn(chart_, desk_.who.now), desk_.who.name,
                  entered_.body});
  return with;
}

// The plan as it would be in force.
Result<void> Judge::plan_fits() const {
  care::Record next = chart_.record;
  if (auto added = next.add(with_this().back()); !added) return added;
  const auto set = setting_of(next, desk_.library, entered_.at);
  if (!set) return set.error();
  const std::vector<care::Event> valid = chart_.record.valid();
  care::PlanApproved plan = set->plan.plan;
  if (const auto* change = std::get_if<care::PlanChanged>(&entered_.body)) {
    plan.change_reason = change->reason;  // what a plan that replaces another says of itself
    plan.change_note = change->note;
  }
  const auto faults =
      care::check_plan({plan, *set->protocol, entered_.at, valid, desk_.library.instruments, {}});
  std::string text;
  for (const care::PlanFault& fault : faults)
    text += (text.empty() ? "" : "; ") + fault.field + ": " + fault.words;
  if (text.empty()) return {};
  return forbidden("plan", text);
}

// What was drawn up was within the plan then; the weight or the plan may be another now.
Result<void> Judge::start_is_planned(const Setting& set, const care::SessionStarted& start) const {
  const auto known = care::latest_facts(set.valid).weight;
  if (known && std::abs((*known - start.weight).in(units::kg)) > 1e-6)
    return forbidden("body.weight", fmt::format("the start states {:g} kg, the weight of today is {:g} kg",
                                                start.weight.in(units::kg), known->in(units::kg)));
  const auto drawn_up = std::ranges::find_if(set.valid.rbegin(), set.valid.rend(), [&](const auto& event) {
    const auto* ready = std::get_if<care::SessionReady>(&event.body);
    return ready != nullptr && ready->session == start.session;
  });
  const auto then = care::latest_facts(std::span{set.valid.begin(), drawn_up.base()}).weight;
  return dose_is_planned(set, start.dose.mg, start.length,
                         fmt::format("the {} was changed after the dose was drawn up: draw up anew",
                                     then != known ? "weight" : "plan"));
}

// What ran in came out of the syringe. More is a slip of the keys, or something that wants to be said.
Result<void> Judge::was_drawn_up(const std::string& session, const Decimal& given_mg) const {
  const care::SessionState state = chart_.record.session(session);
  const care::Infusion* infusion = care::infusion_of(state);
  if (infusion == nullptr || given_mg <= infusion->order.dose.mg) return {};
  return forbidden(
      "body.given",
      fmt::format("{} mg are said to be given, but {} mg were drawn up; where it is no slip, say "
                  "more_than_drawn_up",
                  given_mg.to_string(), infusion->order.dose.mg.to_string()));
}

// Judged as if the patient had just left: the event itself tells of the escort and the alertness.
Result<void> Judge::operator()(const care::SessionDischarged& out) const {
  const auto set = setting();
  if (!set) return set.error();
  const std::vector<care::Event> with = with_this();
  const auto sheet = care::flowsheet(question(*set, with, out.session));
  if (!sheet) return sheet.error();
  if (care::may_discharge(*sheet)) return {};
  std::string text;
  for (const care::DischargeCriterion& each : sheet->discharge) {
    if (each.met != care::Met::met) text += (text.empty() ? "" : "; ") + each.text;
  }
  return forbidden("discharge", text);
}

// A decision is about something that asks for one.
Result<void> Judge::operator()(const care::SessionDecision& decision) const {
  if (auto own = in_own_name(decision.clinician); !own) return own;
  const auto set = setting();
  if (!set) return set.error();
  const auto q = question(*set, set->valid, decision.session);
  const auto results = care::gates(q);
  const auto gate = std::ranges::find(results, decision.about, &care::GateResult::id);
  if (gate != results.end()) {
    if (gate->consequence != care::Consequence::block || !decision.go_on) return {};
    return forbidden("body.about", fmt::format("'{}' bars the start, and no decision lifts it: {}",
                                               decision.about, gate->text));
  }
  const auto sheet = care::flowsheet(q);
  const auto waits = [&](const care::Firing& firing) {
    return firing.rule == decision.about && firing.waits();
  };
  if (sheet && std::ranges::any_of(sheet->firings, waits)) return {};  // also a sign that nobody listed
  const auto is_about = [&](const auto& rule) { return rule.id == decision.about; };
  if (std::ranges::any_of(set->protocol->session.during, is_about) ||
      std::ranges::any_of(set->protocol->session.signs, is_about))
    return {};
  return Error{
      ErrorCode::not_found, "body.about",
      fmt::format("'{}' is no gate, rule or sign of protocol {}", decision.about, set->protocol->id)};
}

Result<void> permitted_by_protocol(const Desk& desk, const Chart& chart, const Entered& entered) {
  auto judged = std::visit(Judge{desk, chart, entered}, entered.body);
  if (judged) return judged;
  return refused(desk.log, desk.who, subject_of(chart.stream), care::kind_text(entered.body), judged.error());
}

}  // namespace

Result<Written> enter(const Desk& desk, Chart& chart, const Entered& entered) {
  if (auto allowed = require_to_write(desk.log, desk.who, entered.body, subject_of(chart.stream)); !allowed)
    return allowed.error();
  const auto before = written_before(chart, entered, desk.who);
  if (!before) return before.error();
  if (*before) return **before;
  if (auto permitted = permitted_by_protocol(desk, chart, entered); !permitted) return permitted.error();
  return write(desk.log, chart, entered, desk.who);
}

Result<Written> enter_anywhere(const Desk& desk, const std::string& patient, const Entered& entered) {
  auto chart = chart_to_write(desk.log, patient, entered.body, desk.who);
  if (chart) return enter(desk, *chart, entered);
  if (chart.error().code != ErrorCode::not_found) return chart.error();
  return begin(desk, patient, entered);
}

Result<Written> begin(const Desk& desk, const std::string& patient, const Entered& entered) {
  Chart chart = nothing_yet<RecordForm>(patient);
  if (auto allowed = require(desk.log, desk.who, Right::open_chart, subject_of(chart.stream)); !allowed)
    return allowed.error();
  return enter(desk, chart, entered);
}

Result<care::SessionStarted> start_of(const Chart& chart, const std::string& session,
                                      const assess::Library& library, Instant now) {
  const auto set = setting_of(chart.record, library, now);
  if (!set) return set.error();
  const auto state = care::session_state(set->valid, session);
  const auto* ready = std::get_if<care::Ready>(&state);
  if (ready == nullptr)
    return Error{
        ErrorCode::invalid_input, "session",
        fmt::format("session {} is {}; it starts once it is ready", session, care::state_words(state))};
  const auto weight = care::latest_facts(set->valid).weight;
  if (!weight) return Error{ErrorCode::invalid_input, "weight", "no weight is recorded"};
  care::SessionStarted start;
  start.session = session;
  start.drug = set->plan.plan.drug;
  start.route = set->protocol->route;
  start.dose = {ready->drawn_up.dose_mg};
  start.length = ready->drawn_up.length;
  start.weight = *weight;
  return start;
}

Result<Standing> standing(const Chart& chart, const std::string& session, const assess::Library& library,
                          Instant now) {
  const auto set = setting_of(chart.record, library, now);
  if (!set) return set.error();
  Standing found{session,
                 care::session_state(set->valid, session),
                 set->protocol->id + " " + set->protocol->version,
                 {},
                 {}};
  const care::GateQuestion question{set->valid, *set->protocol, library.instruments, session, now};
  if (care::infusion_of(found.state) == nullptr) {
    if (!care::is_final(found.state)) found.gates = care::gates(question);
    return found;
  }
  auto sheet = care::flowsheet(question);
  if (!sheet) return sheet.error();
  found.flowsheet = *std::move(sheet);
  return found;
}

}  // namespace evenkeel::clinic
