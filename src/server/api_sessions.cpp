// A session as it goes: where it stands, what it is expected to do, and its start after a reading back.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "assess/session_curve.hpp"
#include "base/overloaded.hpp"
#include "care/course.hpp"
#include "clinic/desk.hpp"
#include "clinic/read_back.hpp"
#include "exchange/record_writer.hpp"
#include "report/session_report.hpp"
#include "server/route.hpp"
#include "server/views.hpp"

namespace evenkeel::server {
namespace {

using json::Node;

Node decimal(const Result<Decimal>& value) {
  return value ? json::number(*value) : json::null();
}

Node ready_node(const clinic::DrawnUp& drawn) {
  return json::object({{"base_mg", json::number(drawn.ready.dose_mg)},
                       {"length_min", json::rounded(drawn.ready.length.in(units::min), 6)},
                       {"base_mg_per_mL", json::number(drawn.ready.mg_per_mL)},
                       {"volume_mL", decimal(drawn.volume_mL)},
                       {"rate_base_mg_per_h", decimal(drawn.rate_mg_per_h)},
                       {"rate_mL_per_h", decimal(drawn.rate_mL_per_h)},
                       {"base_mg_per_kg", decimal(drawn.mg_per_kg)},
                       {"weight_kg", decimal(drawn.weight_kg)},
                       {"second", json::text(drawn.ready.second_checker)},
                       {"by", json::text(drawn.by)}});
}

// Before anything is drawn up.
Node planned_node(const std::optional<clinic::PlannedDose>& planned) {
  if (!planned) return json::null();
  const auto number = [](const Decimal& value) { return json::number(value); };
  return json::object(
      {{"base_mg", decimal(planned->base_mg)},
       {"no_dose_because", json::text(planned->base_mg ? "" : planned->base_mg.error().what)},
       {"length_min", json::rounded(planned->length.in(units::min), 6)},
       {"base_mg_per_kg", json::optional(planned->mg_per_kg, number)},
       {"weight_kg", decimal(planned->weight_kg)},
       {"weighed", json::optional(planned->weighed, [](Instant at) { return json::text(at.to_string()); })},
       {"drug", json::text(care::drug_text(planned->drug))},
       {"protocol", json::text(planned->protocol)}});
}

Node reading_node(const care::TimedVitals& reading) {
  std::vector<std::pair<std::string, Node>> members{{"at", json::text(reading.at.to_string())},
                                                    {"event", json::text(reading.event)}};
  const auto add = [&](const char* key, const std::optional<int>& value) {
    if (value) members.emplace_back(key, json::number(static_cast<long long>(*value)));
  };
  add("systolic_mmHg", reading.signs.systolic_mmHg);
  add("diastolic_mmHg", reading.signs.diastolic_mmHg);
  add("heart_rate_per_min", reading.signs.heart_rate_per_min);
  add("spo2_percent", reading.signs.spo2_percent);
  add("respiratory_rate_per_min", reading.signs.respiratory_rate_per_min);
  add("moaas", reading.signs.moaas);
  return json::object(std::move(members));
}

// Those that name the session, before its start too, and those taken around it.
Node readings(std::span<const care::Event> valid, const std::string& session, Instant now) {
  std::vector<care::TimedVitals> found;
  for (const care::Session& each : care::sessions(valid, now)) {
    if (each.id == session) found = each.vitals;
  }
  if (found.empty()) {
    for (const care::Event& event : valid) {
      const auto* signs = std::get_if<care::VitalSigns>(&event.body);
      if (signs != nullptr && signs->session == session) found.push_back({event.id, event.at, *signs});
    }
    std::ranges::stable_sort(found, {}, &care::TimedVitals::at);
  }
  return json::list_of(found, reading_node);
}

const care::Protocol* protocol_named(const assess::Library& library, const std::string& id_and_version) {
  const auto found = std::ranges::find_if(library.protocols, [&](const care::Protocol& each) {
    return each.id + " " + each.version == id_and_version;
  });
  return found == library.protocols.end() ? nullptr : &*found;
}

Node signs_of(const care::Protocol* protocol) {
  if (protocol == nullptr) return json::list({});
  return json::list_of(protocol->session.signs, [](const auto& sign) {
    return json::object({{"id", json::text(sign.id)}, {"text", json::text(sign.words)}});
  });
}

// From its first event to its last, or to now while it goes on.
struct Span {
  Instant from, until;

  [[nodiscard]] bool has(Instant at) const { return from <= at && at <= until; }
};

Span span_of(const clinic::Chart& chart, const std::string& session, Instant now) {
  Span span{now, now};
  Instant last;
  for (const care::Event& event : chart.record.events()) {
    if (care::session_of(event.body) != session) continue;
    span.from = std::min(span.from, event.at);
    last = std::max(last, event.at);
  }
  if (care::is_final(chart.record.session(session))) span.until = last;
  return span;
}

// Those of the session, what the patient felt in its time, and what marks one of them as entered in error.
std::string events_of(const clinic::Chart& chart, const std::string& session, Instant now) {
  std::string list = "[";
  std::uint64_t version = 0;
  std::set<std::string> theirs;
  const Span span = span_of(chart, session, now);
  for (const care::Event& event : chart.record.events()) {
    ++version;
    const auto* correction = std::get_if<care::EnteredInError>(&event.body);
    const bool corrects = correction != nullptr && theirs.contains(correction->event);
    const bool felt = std::holds_alternative<care::SymptomReport>(event.body) && span.has(event.at);
    if (!corrects && !felt && care::session_of(event.body) != session) continue;
    theirs.insert(event.id);
    list += (list.size() > 1 ? "," : "") + versioned(version, exchange::write_event(event));
  }
  return list + "]";
}

std::string place_of(const care::SessionState& state) {
  return std::visit(Overloaded{[](const care::NotArrived&) { return std::string{}; },
                               [](const auto& other) { return other.visit.place; }},
                    state);
}

Answer session(const Call& call) {
  const std::string& patient = call.names.front();
  const auto open = call.house.charts.open(patient, call.who);
  if (!open) return problem(open.error());
  const auto known = call.house.people.find(patient, call.who);
  if (!known) return problem(known.error());
  const clinic::Chart& chart = **open;
  const auto standing = clinic::standing(chart, call.names.back(), call.house.library, call.who.now);
  if (!standing) return problem(standing.error());
  const care::Protocol* protocol = protocol_named(call.house.library, standing->protocol);
  report::SessionReport shown{patient,         standing->session, standing->protocol,  call.who.now,
                              standing->state, standing->gates,   standing->flowsheet, {}};
  if (protocol != nullptr) shown.sources = protocol->sources;
  const auto valid = chart.record.valid();
  const auto* ready = std::get_if<care::Ready>(&standing->state);
  Members answer;
  answer.add("person", person_node(patient, *known));
  answer.add("version", json::number(static_cast<long long>(chart.version)));
  answer.add_text("session", report::session_json(shown));
  answer.add("place", json::text(place_of(standing->state)));
  answer.add("writes", json::list_of(clinic::kinds_written_by(call.who.role),
                                     [](std::string_view kind) { return json::text(kind); }));
  answer.add("planned", planned_node(clinic::planned_dose(valid, call.who.now)));
  answer.add("ready", ready != nullptr ? ready_node(clinic::drawn_up(*ready, valid)) : json::null());
  answer.add("vitals", readings(valid, standing->session, call.who.now));
  answer.add("signs", signs_of(protocol));
  answer.add_text("events", events_of(chart, standing->session, call.who.now));
  Response response = json_answer(200, answer.take());
  response.headers.push_back({"ETag", tag_of(chart.version)});
  return response;
}

std::optional<care::SessionStarted> as_planned(const Call& call, const clinic::Chart& chart) {
  auto start = clinic::start_of(chart, call.names.back(), call.house.library, call.who.now);
  if (start) return *std::move(start);
  return std::nullopt;
}

std::string curve_text(const assess::SessionCurve& curve) {
  const auto minutes = [](const auto& point) { return json::rounded(point.minutes, 6); };
  const auto of = [&](auto which, double individual::Percentiles::*at) {
    return json::list_of(curve.bands.points, [&, which, at](const assess::BandPoint& point) {
      return json::rounded(1000.0 * (point.*which).*at, 6);
    });
  };
  const bool own = curve.measured > 0;
  const auto which = own ? &assess::BandPoint::patient : &assess::BandPoint::population;
  const auto measured = json::list_of(curve.bands.seen, [](const assess::SeenPoint& seen) {
    return json::object({{"at_min", json::rounded(seen.minutes, 6)},
                         {"value", json::rounded(1000.0 * seen.mg_L, 6)},
                         {"below", json::boolean(seen.below)}});
  });
  return json::dump(json::object(
      {{"model", json::text(curve.model.id + " " + curve.model.version)},
       {"analyte", json::text(pkpd::moiety_text(curve.model.moiety))},
       {"site", json::text(pkpd::site_text(curve.model.site))},
       {"unit", json::text("ng/mL")},
       {"start", json::text(curve.start.to_string())},
       {"of", json::text(own ? "patient" : "population")},
       {"caveats", json::list_of(curve.model.caveats, [](const auto& each) { return json::text(each); })},
       {"minutes", json::list_of(curve.bands.points, minutes)},
       {"median", of(which, &individual::Percentiles::p50)},
       {"low", of(which, &individual::Percentiles::p5)},
       {"high", of(which, &individual::Percentiles::p95)},
       {"measured", measured}}));
}

// What cannot be predicted is said in place of the curve; that is no error.
Answer curve(const Call& call) {
  const auto open = call.house.charts.open(call.names.front(), call.who);
  if (!open) return problem(open.error());
  const std::string& session = call.names.back();
  if (auto kept = call.house.curves.of(**open, session, call.who.now))
    return json_answer(200, *std::move(kept));
  const auto planned = as_planned(call, **open);
  const auto found =
      assess::session_curve({(*open)->record, call.house.library, call.who.now, session, planned});
  if (!found) return json_answer(200, json::object({{"reason", json::text(found.error().what)}}));
  std::string text = curve_text(*found);
  if (!planned) call.house.curves.keep(**open, session, {text, found->runs_until}, call.who.now);
  return json_answer(200, std::move(text));
}

clinic::ReadBack read_back(json::Reader body) {
  if (!body.object({"base_mg", "volume_mL", "rate_mL_per_h"})) return {};
  return {body["base_mg"].decimal(), body["volume_mL"].decimal(), body["rate_mL_per_h"].decimal()};
}

// Judged on the chart on top of which it is written: whoever drew up anew meanwhile is read back anew.
Result<clinic::Written, Errors> start_on(const Call& call, const clinic::Chart& chart,
                                         const clinic::ReadBack& said) {
  const std::string& session = call.names.back();
  const auto body = clinic::start_of(chart, session, call.house.library, call.who.now);
  if (!body) return Errors{body.error()};
  const auto valid = chart.record.valid();
  const auto state = care::session_state(valid, session);
  const auto* ready = std::get_if<care::Ready>(&state);
  if (ready == nullptr) return Errors{{ErrorCode::invalid_input, "session", "it is not ready"}};
  if (Errors wrong = clinic::differences(said, clinic::drawn_up(*ready, valid)); !wrong.empty()) return wrong;
  auto written = enter_on(call, call.names.front(), *body, call.who.now, chart.version);
  if (!written) return Errors{written.error()};
  return *std::move(written);
}

// The key wrote this start of this session with this dose, or something else.
Answer started_before(const Call& call, const clinic::Written& before, const clinic::ReadBack& said) {
  const auto* start = std::get_if<care::SessionStarted>(&before.event.body);
  if (start != nullptr && start->session == call.names.back() && start->dose.mg == said.base_mg)
    return json_answer(201, written_text(before, {}));
  return problem(Error{ErrorCode::invalid_input, "Idempotency-Key",
                       "this key was used for something else; give a new one"});
}

Answer start(const Call& call) {
  const auto said = body_of(call, read_back);
  if (!said) return problem(said.error());
  for (int i = 1;; ++i) {
    const auto open = call.house.charts.open_to_write(call.names.front(), care::SessionStarted{}, call.who);
    if (!open) return problem(open.error());
    if (const auto before = written_before(call, **open)) return started_before(call, *before, *said);
    const auto written = start_on(call, **open, *said);
    if (written) return json_answer(201, written_text(*written, {}));
    const bool moved_on = written.error().front().code == ErrorCode::stale;
    if (!moved_on || i == most_tries || call.request.header("If-Match")) return problem(written.error());
  }
}

}  // namespace

std::vector<Route> session_routes() {
  using enum Method;
  using enum clinic::Right;
  const auto in = Door::signed_in;
  return {
      {get, "/api/patients/{patient}/sessions/{session}", in, read_chart, "", "session",
       "Where a session stands", &session},
      {get, "/api/patients/{patient}/sessions/{session}/curve", in, read_chart, "", "curve",
       "What is expected in the blood", &curve},
      {post,
       "/api/patients/{patient}/sessions/{session}/start",
       in,
       {},
       "read_back",
       "written",
       "The infusion begins, once the dose is read back",
       &start},
  };
}

}  // namespace evenkeel::server
