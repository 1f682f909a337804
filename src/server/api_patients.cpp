// Patients and their records: found, begun, read, added to, taken out.
#include <fmt/format.h>

#include <algorithm>

#include "assess/assess.hpp"
#include "care/course.hpp"
#include "care/plan_check.hpp"
#include "clinic/break_glass.hpp"
#include "clinic/register.hpp"
#include "clinic/visits.hpp"
#include "exchange/record_reader.hpp"
#include "exchange/record_writer.hpp"
#include "exchange/words.hpp"
#include "report/dose_report.hpp"
#include "report/html.hpp"
#include "report/json.hpp"
#include "report/session_report.hpp"
#include "server/route.hpp"
#include "server/views.hpp"

namespace evenkeel::server {
namespace {

constexpr int most_patients = 200;
constexpr long long most_events = 5'000;
// The printed chart is one file that brings its style with it and has no script.
constexpr const char* report_policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

struct Search {
  std::string prefix;
  std::string after;
  int limit = 50;
};

// A name is sought in the body: it stands in no address and no proxy's log.
Answer find_patients(const Call& call) {
  const auto said = body_of(call, [](json::Reader body) {
    Search search;
    if (!body.object({}, {"q", "after", "limit"})) return search;
    if (body.has("q")) search.prefix = body["q"].text(200);
    if (body.has("after")) search.after = body["after"].name();
    if (body.has("limit")) search.limit = body["limit"].integer(1, most_patients);
    return search;
  });
  if (!said) return problem(said.error());
  const auto people = call.house.people.all(call.who);
  if (!people) return problem(people.error());
  std::vector<json::Node> found;
  std::string last;
  bool more = false;
  std::vector<clinic::Registered> theirs;
  for (const auto& [id, person] : **people) {
    if (id > said->after && may_see(call, id)) theirs.push_back(person);
  }
  for (const clinic::Registered& each : clinic::with_prefix(theirs, said->prefix)) {
    more = std::ssize(found) == said->limit;
    if (more) break;
    found.push_back(person_node(each.id, each));
    last = each.id;
  }
  std::vector<std::pair<std::string, json::Node>> answer{{"patients", json::list(std::move(found))}};
  if (more) answer.emplace_back("next", json::text(last));
  return json_answer(200, json::object(std::move(answer)));
}

clinic::Identity identity_in(json::Reader body) {
  clinic::Identity identity{body["name"].text(200), body["born"].date()};
  if (body.has("sex")) identity.sex = body["sex"].one_of(exchange::words::sexes);
  return identity;
}

clinic::Identity read_identity(json::Reader body) {
  return body.object({"name", "born"}, {"sex"}) ? identity_in(body) : clinic::Identity{};
}

clinic::Registering read_registering(json::Reader body) {
  clinic::Registering person;
  if (!body.object({"name", "born"}, {"sex", "another_of_the_name"})) return person;
  person.identity = identity_in(body);
  if (body.has("another_of_the_name")) person.another_of_the_name = body["another_of_the_name"].boolean();
  return person;
}

Answer register_patient(const Call& call) {
  auto said = body_of(call, read_registering);
  if (!said) return problem(said.error());
  said->key = store_key(call);
  const std::lock_guard alone{call.house.keeping};
  const auto person = clinic::register_patient(call.house.log, *said, call.who);
  const bool namesake = !person && person.error().where == "another_of_the_name";
  if (namesake && call.sign_in->account.patients)  // whose id is not theirs to learn
    return problem(Error{ErrorCode::invalid_input, "another_of_the_name",
                         "somebody of this name and birth date is registered; is it another person?"});
  if (!person) return problem(person.error());
  call.house.people.moved_on();
  return json_answer(201, person_node(person->id, *person));
}

// From elsewhere, of somebody who is not registered yet.
Result<void> has_record(const Call& call, const std::string& patient) {
  clinic::Person asking = call.house.itself();
  asking.purpose = "whether there is such a record";
  const auto record = call.house.charts.at_least(patient, 1, asking);
  return record ? Result<void>{} : record.error();
}

// Puts right who somebody is; who came with a record from elsewhere is registered by it.
Answer correct(const Call& call) {
  const std::string& patient = call.names.front();
  const auto said = body_of(call, read_identity);
  if (!said) return problem(said.error());
  const std::lock_guard alone{call.house.keeping};
  auto person = clinic::correct_patient(call.house.log, patient, *said, call.who);
  if (!person && person.error().code == ErrorCode::not_found) {
    if (auto there = has_record(call, patient); !there) return problem(there.error());
    person = clinic::register_patient(call.house.log, {*said, patient, true}, call.who);
  }
  if (!person) return problem(person.error());
  call.house.people.moved_on();
  return json_answer(200, person_node(person->id, *person));
}

Answer person(const Call& call) {
  const auto known = call.house.people.find(call.names.front(), call.who);
  if (!known) return problem(known.error());
  if (!*known)
    return problem(Error{ErrorCode::not_found, "patient", "nobody of this name is in the register"});
  const auto noted = call.house.log.note(store::Action::read, "person/" + call.names.front(), "who it is",
                                         call.who.request());
  if (!noted) return problem(noted.error());
  return json_answer(200, person_node(call.names.front(), *known));
}

json::Node plan_of(const clinic::Chart& chart, Instant now) {
  const auto valid = chart.record.valid();
  const auto plan = care::plan_at(valid, now);
  if (!plan) return json::null();
  const care::Event as_event{plan->event, chart.record.patient(), plan->approved, plan->approved, "-",
                             plan->plan};
  auto tree = json::parse(exchange::write_event(as_event));
  if (!tree) return json::null();
  for (json::Member& member : tree->members) {
    if (member.key == "body") return std::move(member.value);
  }
  return json::null();
}

json::Node signature_of(const Call& call, const clinic::Chart& chart) {
  const auto valid = chart.record.valid();
  const auto plan = care::plan_at(valid, call.who.now);
  const care::Event* approval = plan ? care::to_sign(valid, *plan) : nullptr;
  if (approval == nullptr) return json::null();
  const care::Protocol* protocol = assess::protocol_of(call.house.library, plan->plan);
  const care::Event* signature = care::signature_of(valid, *plan, call.who.now);
  const auto* body = signature == nullptr ? nullptr : std::get_if<care::PlanSigned>(&signature->body);
  const bool needed = protocol == nullptr || care::needs_second_signature(plan->plan, *protocol);
  return json::object(
      {{"of", json::text(approval->id)},
       {"recorded_by", json::text(approval->recorded_by)},
       {"responsible", json::text(plan->plan.responsible_clinician)},
       {"set_at", json::text(approval->at.to_string())},
       {"needed", json::boolean(needed)},
       {"clinician", body == nullptr ? json::null() : json::text(body->clinician)},
       {"signed_at", body == nullptr ? json::null() : json::text(signature->at.to_string())}});
}

json::Node visit_node(const clinic::Visit& visit) {
  return json::object({{"session", json::text(visit.session)},
                       {"at", json::text(visit.at.to_string())},
                       {"place", json::text(visit.place)},
                       {"state", json::text(report::state_code(visit.state))},
                       {"over", json::boolean(visit.over())}});
}

// Of somebody registered whose record nobody has begun, an empty one.
Result<SharedChart> opened(const Call& call) {
  const std::string& patient = call.names.front();
  auto open = call.house.charts.open(patient, call.who);
  if (open || open.error().code != ErrorCode::not_found) return open;
  const auto known = call.house.people.find(patient, call.who);
  if (!known) return known.error();
  if (!*known) return open;
  return std::make_shared<const clinic::Chart>(clinic::nothing_yet<clinic::RecordForm>(patient));
}

Answer chart(const Call& call) {
  const std::string& patient = call.names.front();
  const auto open = opened(call);
  if (!open) return problem(open.error());
  const auto known = call.house.people.find(patient, call.who);
  if (!known) return problem(known.error());
  const clinic::Chart& kept = **open;
  const assess::Question question{kept.record, call.house.library, call.who.now, {}, {}};
  Members answer;
  answer.add("person", person_node(patient, *known));
  answer.add("version", json::number(static_cast<long long>(kept.version)));
  answer.add("now", json::text(call.who.now.to_string()));
  answer.add_text("assessment", report::to_json(assess::assess(question)));
  answer.add("plan", plan_of(kept, call.who.now));
  answer.add("signature", signature_of(call, kept));
  answer.add("visits", json::list_of(clinic::visits(kept), visit_node));
  answer.add("opened_until",
             json::optional(clinic::opened_until(call.sign_in->account, patient, call.who.now),
                            [](Instant at) { return json::text(at.to_string()); }));
  answer.add("events", json::number(static_cast<long long>(kept.record.size())));
  Response response = json_answer(200, answer.take());
  response.headers.push_back({"ETag", tag_of(kept.version)});
  return response;
}

Answer events(const Call& call) {
  const auto after = number_asked(call, "after", 0, 0, 1'000'000'000);
  if (!after) return problem(after.error());
  const auto limit = number_asked(call, "limit", 500, 1, most_events);
  if (!limit) return problem(limit.error());
  const auto open = opened(call);
  if (!open) return problem(open.error());
  const auto& all = (*open)->record.events();
  std::string list = "[";
  const auto end = std::min<std::size_t>(all.size(), static_cast<std::size_t>(*after + *limit));
  for (auto i = static_cast<std::size_t>(*after); i < end; ++i)
    list += (list.size() > 1 ? "," : "") + versioned(i + 1, exchange::write_event(all[i]));
  Members answer;
  answer.add("version", json::number(static_cast<long long>((*open)->version)));
  answer.add_text("events", list + "]");
  return tagged(call, (*open)->version, json_answer(200, answer.take()));
}

std::optional<care::Score> score_of(const Call& call, const care::Body& body) {
  const auto* evaluation = std::get_if<care::Evaluation>(&body);
  if (evaluation == nullptr) return std::nullopt;
  const care::Instrument* known = assess::find_instrument(call.house.library, evaluation->instrument);
  if (known == nullptr) return std::nullopt;
  return care::score(*known, *evaluation);
}

Answer add_event(const Call& call) {
  const auto said = body_of(call, read_said);
  if (!said) return problem(said.error());
  auto body = exchange::read_body_text(said->kind, said->body);
  if (!body) return problem(body.error());
  if (std::holds_alternative<care::SessionStarted>(*body))
    return problem(Error{ErrorCode::outside_domain, "kind",
                         "an infusion starts by its own address, once the dose is read back"});
  const auto score = score_of(call, *body);
  const auto written = enter(call, call.names.front(), *std::move(body), said->at);
  if (!written) return problem(written.error());
  Response answer = json_answer(201, written_text(*written, score));
  answer.headers.push_back({"ETag", tag_of(written->version)});
  return answer;
}

assess::Assessment with_next_dose(const Call& call, const clinic::Chart& chart) {
  assess::NextDoseOptions options;
  options.site = *call.house.settings.limits;
  options.threads = 1;  // others are being served
  return assess::assess({chart.record, call.house.library, call.who.now, {}, {}, options});
}

Answer dose(const Call& call) {
  if (!call.house.settings.limits)
    return problem(Error{ErrorCode::outside_domain, "site",
                         "no dose can be proposed: the server was started without --site, so the clinic's "
                         "limits, syringe and pump are not known"});
  const auto open = opened(call);
  if (!open) return problem(open.error());
  Members answer;
  answer.add("asked_at", json::text(call.who.now.to_string()));
  answer.add_text("report", report::dose_json(with_next_dose(call, **open)));
  return json_answer(200, answer.take());
}

Answer printed(const Call& call) {
  const auto open = call.house.charts.open(call.names.front(), call.who);
  if (!open) return problem(open.error());
  const assess::Question question{(*open)->record, call.house.library, call.who.now, {}, {}};
  // The report brings its styles with it.
  return Response{200,
                  "text/html; charset=utf-8",
                  report::to_html(assess::assess(question)),
                  {{"Cache-Control", "no-store"}, {"Content-Security-Policy", report_policy}}};
}

Answer take_out(const Call& call) {
  const std::string recipient{call.request.target.parameter("recipient").value_or("")};
  if (recipient.empty() || recipient.size() > 200)
    return problem(
        Error{ErrorCode::invalid_input, "recipient", "say who gets the record, in at most 200 bytes"});
  const auto text = clinic::export_record(call.house.log, call.names.front(), recipient, call.who);
  if (!text) return problem(text.error());
  return Response{
      200,
      "application/jsonl",
      *text,
      {{"Cache-Control", "no-store"}, {"Content-Disposition", "attachment; filename=\"record.jsonl\""}}};
}

Answer break_the_glass(const Call& call) {
  const auto reason = body_of(call, [](json::Reader body) {
    return body.object({"reason"}) ? body["reason"].text(clinic::most_reason_bytes) : std::string{};
  });
  if (!reason) return problem(reason.error());
  const std::string& patient = call.names.front();
  if (const auto registered = call.house.people.find(patient, call.who); !registered || !*registered) {
    if (!registered) return problem(registered.error());
    if (auto there = has_record(call, patient); !there) return problem(there.error());
  }
  const auto account = clinic::break_glass(call.house.log, patient, *reason, call.who);
  if (!account) return problem(account.error());
  call.house.sign_ins.refresh(call.token, *account);
  for (const clinic::Opening& each : account->openings) {
    if (each.patient == patient && each.until > call.who.now)
      return json_answer(201, json::object({{"until", json::text(each.until.to_string())}}));
  }
  return problem(Error{ErrorCode::storage, "patient", "the opening was not kept"});
}

}  // namespace

std::vector<Route> patient_routes() {
  using enum Method;
  using enum clinic::Right;
  const auto in = Door::signed_in;
  return {
      {post, "/api/patients/search", in, read_register, "patients_asked", "patients", "The register, by name",
       &find_patients, false},
      {post, "/api/patients", in, open_chart, "registering", "person", "Register a patient",
       &register_patient},
      {post, "/api/patients/{patient}/identity", in, open_chart, "identity", "person",
       "Put right who this is", &correct},
      {get, "/api/patients/{patient}", in, read_register, "", "person", "Who this is", &person},
      {get, "/api/patients/{patient}/chart", in, read_chart, "", "chart", "The assessment of now", &chart},
      {get, "/api/patients/{patient}/events", in, read_chart, "events_asked", "events", "The record's events",
       &events},
      {post, "/api/patients/{patient}/events", in, {}, "said_event", "written", "Add an event", &add_event},
      {get, "/api/patients/{patient}/dose", in, read_chart, "", "dose", "Candidates for the next dose",
       &dose},
      {get, "/api/patients/{patient}/report", in, read_chart, "", "text/html", "The chart to print",
       &printed},
      {get, "/api/patients/{patient}/export", in, export_chart, "export_asked", "application/jsonl",
       "The record as it was entered", &take_out},
      {post, "/api/patients/{patient}/break-glass", in, break_glass, "reason", "opening",
       "Open a patient who is not among one's own", &break_the_glass},
  };
}

}  // namespace evenkeel::server
