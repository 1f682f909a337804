#include "server/countersign.hpp"

#include <fmt/format.h>

#include "clinic/chart.hpp"
#include "clinic/drug_book.hpp"
#include "exchange/ledger_reader.hpp"
#include "exchange/ledger_writer.hpp"
#include "exchange/record_reader.hpp"
#include "exchange/record_writer.hpp"
#include "server/hashing.hpp"
#include "server/route.hpp"
#include "store/audit.hpp"

namespace evenkeel::server {
namespace {

// Where the entry goes: a patient's record, or the ledger.
std::string subject_of(const Call& call) {
  return clinic::subject_of(call.names.empty()
                                ? clinic::stream_of<clinic::LedgerForm>(call.house.settings.site)
                                : clinic::stream_of<clinic::RecordForm>(call.names.front()));
}

// An entry as it would be kept; what the store adds to it is left open.
std::string text_of(const care::Body& body, Instant at) {
  return exchange::write_event({"-", "-", at, {}, "-", body});
}
std::string text_of(const care::ledger::Body& body, Instant at) {
  return exchange::write_ledger_event({"-", "-", at, {}, "-", body});
}

// `at` absent: the moment of its writing.
template <class Body>
SignedEntry entry_of(const Call& call, const clinic::Second& second, const Body& body,
                     std::optional<Instant> at) {
  const std::string text =
      fmt::format("{}\n{}\n{}", subject_of(call), at ? "at" : "now", text_of(body, at.value_or(Instant{})));
  return {call.sign_in->id, clinic::account_name_of(second.name), store::hex(store::sha256(text))};
}

template <class Body>
Result<void> has_signed(const Call& call, const clinic::Second& second, const Body& body,
                        std::optional<Instant> at) {
  const auto book = clinic::account_book(call.house.log, clinic::account_name_of(second.name));
  if (!book) return book.error();
  if (!clinic::takes_password(book->record.account(), call.house.passwords())) return {};
  const SignedEntry entry = entry_of(call, second, body, at);
  if (call.house.countersigned.claim(entry, store_key(call), call.who.now)) return {};
  return Error{ErrorCode::not_permitted, second.where,
               fmt::format("'{}' has not signed this entry in the last {:g} minutes", second.name,
                           Countersigned::holds.in(units::min))};
}

template <class Body>
Result<void> stands(const Call& call, const Body& body, std::optional<Instant> at) {
  auto good = clinic::two_people(call.house.log, body, call.who);
  const auto second = clinic::second_of(body);
  if (good && second) good = has_signed(call, *second, body, at);
  if (good || good.error().code == ErrorCode::storage) return good;
  return clinic::refused(call.house.log, call.who, subject_of(call), kind_text(body), good.error());
}

struct Countersigning {
  clinic::SignIn by;
  std::string kind;
  std::string body;
  std::optional<Instant> at;
};

Countersigning read_countersigning(json::Reader body) {
  Countersigning given;
  if (!body.object({"password", "kind", "body"}, {"code", "at"})) return given;
  given.by.password = clinic::Secret{body["password"].text(200)};
  if (body.has("code")) given.by.code = body["code"].text(20);
  given.kind = body["kind"].name();
  if (body["body"].node() != nullptr) given.body = json::dump(*body["body"].node());
  if (body.has("at")) given.at = body["at"].instant();
  return given;
}

// The one who is signed in stays so: these are about the other.
Response not_signed(const Error& error) {
  if (error.code == ErrorCode::stale)
    return problem(Problem{423, "locked", "Too many attempts", error.what, "password"});
  if (error.code != ErrorCode::not_permitted) return problem(error);
  if (error.where == "code")
    return problem(Problem{403, "code_needed", "The second factor is needed", error.what, "code"});
  return problem(Problem{403, "countersign", "Not signed by the second person", error.what, "password"});
}

// Whom the entry names signs it.
template <class Body>
Response sign_entry(const Call& call, Countersigning asked, const Result<Body, Errors>& body) {
  if (!body) return problem(body.error());
  if (auto two = clinic::two_people(call.house.log, *body, call.who); !two) return problem(two.error());
  const auto second = clinic::second_of(*body);
  if (!second) return problem(Error{ErrorCode::invalid_input, "body", "names no second person"});
  asked.by.name = second->name;
  asked.by.passwords = call.house.passwords();
  const auto factor =
      call.house.settings.second_factor_required ? clinic::Factor::demanded : clinic::Factor::by_choice;
  const HashingPlace place{call.house};
  if (!place) return too_many_hashes();
  const auto is_signed = clinic::countersign(call.house.log, call.house.key, asked.by, factor,
                                             {kind_text(*body), subject_of(call)}, call.who);
  if (!is_signed) return not_signed(is_signed.error());
  const SignedEntry entry = entry_of(call, *second, *body, asked.at);
  const Instant until = call.house.countersigned.add(entry, call.who.now);
  return json_answer(
      200, json::object({{"second", json::text(entry.second)}, {"until", json::text(until.to_string())}}));
}

Answer sign_for_record(const Call& call) {
  auto asked = body_of(call, read_countersigning);
  if (!asked) return problem(asked.error());
  const auto body = exchange::read_body_text(asked->kind, asked->body);
  return sign_entry(call, *std::move(asked), body);
}

Answer sign_for_ledger(const Call& call) {
  auto asked = body_of(call, read_countersigning);
  if (!asked) return problem(asked.error());
  const auto body = exchange::read_ledger_body_text(asked->kind, asked->body);
  return sign_entry(call, *std::move(asked), body);
}

}  // namespace

Result<void> second_person_stands(const Call& call, const care::Body& body, std::optional<Instant> at) {
  return stands(call, body, at);
}

Result<void> second_person_stands(const Call& call, const care::ledger::Body& body,
                                  std::optional<Instant> at) {
  return stands(call, body, at);
}

void signature_used(const Call& call, const clinic::Second& second, std::string_view kind,
                    std::uint64_t version, bool repeated) {
  const bool is_signed = call.house.countersigned.spend(store_key(call));
  if (repeated && !is_signed) return;  // noted when it was written
  // The entry stands, also where this cannot be noted; the signature has an entry of its own.
  static_cast<void>(clinic::note_written_by_two(call.house.log, {kind, subject_of(call)}, version,
                                                clinic::account_name_of(second.name), is_signed, call.who));
}

std::vector<Route> countersign_routes() {
  const auto route = [](std::string_view pattern, Answer (*handle)(const Call&)) {
    return Route{Method::post,
                 pattern,
                 Door::signed_in,
                 clinic::Right::write_ledger,
                 "countersigning",
                 "countersigned",
                 "The second person signs what the first is about to enter",
                 handle,
                 false};
  };
  return {route("/api/ledger/countersign", &sign_for_ledger),
          route("/api/patients/{patient}/countersign", &sign_for_record)};
}

}  // namespace evenkeel::server
