// What the pharmacist and the auditor work with: the drug ledger, the audit chain, the site's own limits.
#include <fmt/format.h>

#include <algorithm>

#include "care/ledger_balance.hpp"
#include "clinic/break_glass.hpp"
#include "clinic/drug_book.hpp"
#include "clinic/keeping.hpp"
#include "exchange/ledger_reader.hpp"
#include "exchange/ledger_writer.hpp"
#include "plan/limit.hpp"
#include "report/ledger_report.hpp"
#include "server/countersign.hpp"
#include "server/route.hpp"
#include "server/views.hpp"

namespace evenkeel::server {
namespace {

using json::Node;

constexpr std::size_t shown_events = 200;
constexpr long long most_audit = 1'000;

Node whole(std::uint64_t n) {
  return json::number(static_cast<long long>(n));
}

std::string latest_events(const clinic::DrugBook& book) {
  const auto& all = book.record.events();
  std::string list = "[";
  for (std::size_t i = all.size() > shown_events ? all.size() - shown_events : 0; i < all.size(); ++i)
    list += (list.size() > 1 ? "," : "") + versioned(i + 1, exchange::write_ledger_event(all[i]));
  return list + "]";
}

Answer ledger(const Call& call) {
  const auto book = clinic::drug_book_so_far(call.house.log, call.house.settings.site, call.who);
  if (!book) return problem(book.error());
  Members answer;
  answer.add("version", whole(book->version));
  answer.add_text("balance",
                  report::ledger_json({care::ledger::balance(book->record, call.who.now), {}, {}}));
  answer.add_text("events", latest_events(*book));
  // What is late or out of date depends on the hour, so nobody is told that it is as it was.
  Response response = json_answer(200, answer.take());
  response.headers.push_back({"ETag", tag_of(book->version)});
  return response;
}

// Two people, and on top of the version that the request names.
Result<void> fits(const Call& call, const care::ledger::Body& body, std::optional<Instant> at,
                  std::uint64_t version) {
  if (auto two = second_person_stands(call, body, at); !two) return two;
  if (as_seen(call, version)) return {};
  return Error{ErrorCode::stale, "If-Match",
               fmt::format("the ledger is at version {} by now; read it again", version)};
}

Answer add_to_ledger(const Call& call) {
  const auto said = body_of(call, read_said);
  if (!said) return problem(said.error());
  auto body = exchange::read_ledger_body_text(said->kind, said->body);
  if (!body) return problem(body.error());
  store::EventLog& log = call.house.log;
  const auto judge = [&](const clinic::DrugBook& book) { return fits(call, *body, said->at, book.version); };
  const std::string& site = call.house.settings.site;
  const auto written = signature_settled(
      call, *body,
      said->at ? clinic::write_drug(log, site, {*body, *said->at, store_key(call)}, call.who, judge)
               : clinic::write_drug_now(log, site, *body, store_key(call), call.who, judge));
  if (!written) return problem(written.error());
  Members answer;
  answer.add_text("event", exchange::write_ledger_event(written->event));
  answer.add("version", whole(written->version));
  answer.add("repeated", json::boolean(written->repeated));
  return json_answer(201, answer.take());
}

Node entry_node(const store::AuditEntry& entry) {
  return json::object({{"number", whole(entry.number)},
                       {"action", json::text(store::action_words(entry.action))},
                       {"actor", json::text(entry.actor)},
                       {"role", json::text(entry.role)},
                       {"purpose", json::text(entry.purpose)},
                       {"subject", json::text(entry.subject)},
                       {"detail", json::text(entry.detail)},
                       {"at", json::text(entry.at.to_string())},
                       {"written", json::text(entry.written.to_string())},
                       {"clock_stepped_back", json::boolean(entry.clock_stepped_back)},
                       {"hash", json::text(store::hex(entry.hash))}});
}

Answer audit(const Call& call) {
  const auto last = number_asked(call, "last", 100, 1, most_audit);
  if (!last) return problem(last.error());
  const auto asked = [&call](std::string_view name) {
    return std::string{call.request.target.parameter(name).value_or("")};
  };
  const auto before =
      number_asked(call, "before", store::EventLog::from_the_end, 1, store::EventLog::from_the_end);
  if (!before) return problem(before.error());
  clinic::AuditQuestion question{
      asked("about"), asked("by"), {}, static_cast<std::size_t>(*last), static_cast<std::uint64_t>(*before)};
  if (const std::string words = asked("action"); !words.empty()) {
    question.action = store::action_of_words(words);
    if (!question.action)
      return problem(Error{ErrorCode::invalid_input, "action", "no entry of the audit has these words"});
  }
  const auto entries = clinic::audit_entries(call.house.log, question, call.who);
  if (!entries) return problem(entries.error());
  std::vector<std::pair<std::string, Node>> answer{{"entries", json::list_of(*entries, entry_node)}};
  // As many as were asked for: there may be older ones.
  if (entries->size() == question.last) answer.emplace_back("next", whole(entries->front().number));
  return json_answer(200, json::object(std::move(answer)));
}

// The latest first.
Answer openings(const Call& call) {
  const auto days = number_asked(call, "days", 30, 1, 3'650);
  if (!days) return problem(days.error());
  // To the end of this moment: what was opened just now is shown.
  const Instant until = call.who.now + 1.0 * units::s;
  auto found =
      clinic::openings(call.house.log, until - static_cast<double>(*days) * units::day, until, call.who);
  if (!found) return problem(found.error());
  std::ranges::reverse(*found);
  return json_answer(
      200, json::object({{"openings", json::list_of(*found, [](const clinic::OpenedBy& each) {
                            return json::object({{"account", json::text(each.account)},
                                                 {"patient", json::text(each.opening.patient)},
                                                 {"reason", json::text(each.opening.reason)},
                                                 {"at", json::text(each.opening.at.to_string())},
                                                 {"until", json::text(each.opening.until.to_string())}});
                          })}}));
}

Node head_node(const store::Head& head) {
  return json::object({{"number", whole(head.number)}, {"hash", json::text(store::hex(head.hash))}});
}

Answer verify_store(const Call& call) {
  const auto found = clinic::verify(call.house.log, {}, call.who);
  if (!found) return problem(found.error());
  const auto words = [](const store::Flaw& flaw) { return json::text(store::to_string(flaw)); };
  return json_answer(200, json::object({{"good", json::boolean(found->sound())},
                                        {"entries", whole(found->entries)},
                                        {"head", head_node(found->head)},
                                        {"flaws", whole(found->flaws)},
                                        {"faults", json::list_of(found->first, words)}}));
}

Answer audit_head(const Call& call) {
  const auto found = clinic::head_to_export(call.house.log, call.who);
  if (!found) return problem(found.error());
  return json_answer(200, head_node(*found));
}

Node limit_node(const plan::Limit& limit) {
  return json::object({{"kind", json::text(plan::limit_name(limit.kind))},
                       {"what", json::text(plan::limit_words(limit.kind))},
                       {"value", json::number(limit.value)},
                       {"unit", json::text(plan::limit_unit(limit.kind))},
                       {"least", json::boolean(plan::is_least(limit.kind))},
                       {"from", json::text(plan::origin_words(limit.origin))},
                       {"label", json::text(label_text(limit.from.label))},
                       {"source", json::text(limit.source)}});
}

// The limits that nobody can lift, beside the clinic's own: the most restrictive wins.
Answer site(const Call& call) {
  std::vector<plan::Limit> limits = plan::compiled_in();
  const auto& own = call.house.settings.limits;
  if (own) limits.insert(limits.end(), own->limits.begin(), own->limits.end());
  std::ranges::stable_sort(limits, {}, &plan::Limit::kind);
  Members answer;
  answer.add_text("site", own ? std::string_view{call.house.settings.limits_text} : "null");
  answer.add("limits", json::list_of(limits, limit_node));
  return json_answer(200, answer.take());
}

}  // namespace

std::vector<Route> keeping_routes() {
  using enum Method;
  using enum clinic::Right;
  const auto in = Door::signed_in;
  return {
      {get, "/api/ledger", in, read_ledger, "", "ledger", "The drug ledger: what there is, what was done",
       &ledger},
      {post, "/api/ledger/events", in, write_ledger, "said_event", "ledger_written", "Add to the ledger",
       &add_to_ledger},
      {get, "/api/audit", in, read_audit, "audit_asked", "audit", "The latest entries of the audit", &audit},
      {get, "/api/audit/openings", in, read_audit, "openings_asked", "openings",
       "Who broke the glass, for whom and why", &openings},
      {post, "/api/audit/verify", in, clinic::Right::verify, "", "verification",
       "Check that nothing was altered", &verify_store, false},
      {get, "/api/audit/head", in, clinic::Right::verify, "", "head",
       "The head of the chain, to be kept elsewhere", &audit_head},
      {get, "/api/site", in, {}, "", "site", "Limits: compiled in, and the clinic's own", &site},
  };
}

}  // namespace evenkeel::server
