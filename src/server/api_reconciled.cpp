// What left the syringes by the ledger, held against what the records say was given.
#include <algorithm>
#include <map>
#include <set>

#include "care/ledger_balance.hpp"
#include "clinic/drug_book.hpp"
#include "clinic/visits.hpp"
#include "report/ledger_report.hpp"
#include "server/route.hpp"
#include "server/views.hpp"

namespace evenkeel::server {
namespace {

using care::ledger::GivenCheck;
using Checks = std::vector<GivenCheck>;

constexpr long long most_days = 366;

Result<clinic::DrugBook> book_of(const Call& call) {
  return clinic::drug_book_so_far(call.house.log, call.house.settings.site, call.who);
}

// Somebody for whom something was drawn up and whose record nobody began has an empty one.
Result<SharedChart> chart_of(const Call& call, const std::string& patient) {
  auto open = call.house.charts.open(patient, call.who);
  if (open || open.error().code != ErrorCode::not_found) return open;
  return std::make_shared<const clinic::Chart>(clinic::nothing_yet<clinic::RecordForm>(patient));
}

// Of these sessions.
Result<Checks> checks_of(const Call& call, const clinic::DrugBook& book, const std::string& patient,
                         const std::set<std::string>& sessions) {
  const auto chart = chart_of(call, patient);
  if (!chart) return chart.error();
  auto checks = care::ledger::reconcile(book.record, (*chart)->record);
  if (!checks) return checks.error();
  std::erase_if(*checks, [&](const GivenCheck& each) { return !sessions.contains(each.session); });
  return checks;
}

Response answer_of(const Checks& checks, int unread = 0) {
  Members answer;
  answer.add_text("checks", report::reconciled_json(checks));
  answer.add("unread", json::number(static_cast<long long>(unread)));
  return json_answer(200, answer.take());
}

Answer of_session(const Call& call) {
  const auto book = book_of(call);
  if (!book) return problem(book.error());
  const auto checks = checks_of(call, *book, call.names.front(), {call.names.back()});
  return checks ? answer_of(*checks) : problem(checks.error());
}

// By patient.
using Sessions = std::map<std::string, std::set<std::string>>;

// Those that began since, and those for which something was drawn up, of the patients whom the caller may
// see. A record that cannot be read is counted among the unread, and compared with nothing.
Sessions sessions_since(const Call& call, const clinic::DrugBook& book, const Versions& records,
                        const Summaries::Seen& seen, Instant since) {
  Sessions sessions;
  std::set<std::string> unread;
  for (const auto& [stream, version] : records) unread.insert(stream.id);
  for (const SharedSummary& each : seen.summaries) unread.erase(each->patient);
  for (const auto& [lot, drug] : book.record.lots()) {
    for (const auto& [name, draw] : drug.draws) {
      if (since <= draw.at) sessions[draw.patient].insert(draw.session);
    }
  }
  for (const SharedSummary& each : seen.summaries) {
    for (const Summary::Visit& visit : each->visits) {
      if (since <= visit.at) sessions[each->patient].insert(visit.session);
    }
  }
  std::erase_if(sessions,
                [&](const auto& each) { return unread.contains(each.first) || !may_see(call, each.first); });
  return sessions;
}

Answer of_all(const Call& call) {
  const auto days = number_asked(call, "days", 31, 1, most_days);
  if (!days) return problem(days.error());
  const auto book = book_of(call);
  if (!book) return problem(book.error());
  const auto records = call.house.log.streams(store::StreamKind::patient, call.who.request());
  if (!records) return problem(records.error());
  const auto seen = call.house.summaries.of(*records, call.house.itself());
  if (!seen) return problem(seen.error());
  const Instant since = call.who.now - static_cast<double>(*days) * units::day;
  Checks all;
  for (const auto& [patient, sessions] : sessions_since(call, *book, *records, *seen, since)) {
    const auto checks = checks_of(call, *book, patient, sessions);
    if (!checks) return problem(checks.error());
    all.insert(all.end(), checks->begin(), checks->end());
  }
  std::ranges::stable_sort(all, {}, &GivenCheck::agrees);
  return answer_of(all, seen->unread);
}

}  // namespace

std::vector<Route> reconciled_routes() {
  const auto ledger = clinic::Right::read_ledger;
  return {{Method::get, "/api/ledger/reconciled", Door::signed_in, ledger, "reconciled_asked", "reconciled",
           "Each session's drug, held against the records", &of_all},
          {Method::get, "/api/patients/{patient}/sessions/{session}/reconciled", Door::signed_in, ledger, "",
           "reconciled", "This session's drug, held against its record", &of_session}};
}

}  // namespace evenkeel::server
