// One request on its way to a handler: who asks, what the address names, what the body says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "clinic/chart.hpp"
#include "json/reader.hpp"
#include "server/answer.hpp"
#include "server/house.hpp"
#include "server/http_words.hpp"

namespace evenkeel::server {

struct Call {
  House& house;
  const Request& request;
  std::vector<std::string> names;  // what the pattern's {names} stand for, in order
  std::string token;               // of the sign-in; empty where nobody has to be signed in
  std::optional<SignIn> sign_in;   // set where the route asks for one
  clinic::Person who;              // likewise
};

// What somebody enters is small; a text made to cost much is not read to its end.
inline constexpr json::Limits body_limits{.nodes = 50'000};

// Reads the body with `read(json::Reader)`; every fault of it, or of the JSON, is an error.
template <class Read>
[[nodiscard]] auto body_of(const Call& call, Read&& read)
    -> Result<decltype(read(std::declval<json::Reader>())), Errors> {
  const auto tree = json::parse(call.request.body.empty() ? "{}" : call.request.body, body_limits);
  if (!tree) return tree.error();
  Errors faults;
  auto value = read(json::Reader{*tree, faults});
  if (!faults.empty()) return faults;
  return value;
}

// What somebody enters, into a record or into the ledger: {"kind", "body", "at"?}.
struct Said {
  std::string kind;
  std::string body;           // JSON
  std::optional<Instant> at;  // absent: now
};
[[nodiscard]] Said read_said(json::Reader body);

// The whole number of a query's parameter, within low..high; `otherwise` where it is absent.
[[nodiscard]] Result<long long> number_asked(const Call& call, std::string_view name, long long otherwise,
                                             long long low, long long high);

// Whether the caller may see the patient. Restricted accounts see their own patients and those they opened in
// need.
[[nodiscard]] bool may_see(const Call& call, const std::string& patient);

// Adds an event to a record and tells every page. With If-Match only where the record is still at that
// version; else, when others wrote at the same moment, it is tried again on top of theirs.
// `at` absent: now; or, where this request came before, when it did.
[[nodiscard]] Result<clinic::Written> enter(const Call& call, const std::string& patient,
                                            const care::Body& body, std::optional<Instant> at);

// Once, and only on top of this version of the record: who judged by what stood there looks again where
// somebody wrote meanwhile (`stale`).
[[nodiscard]] Result<clinic::Written> enter_on(const Call& call, const std::string& patient,
                                               const care::Body& body, std::optional<Instant> at,
                                               std::uint64_t version);
// How often what others wrote in between is met by another try.
inline constexpr int most_tries = 8;

// The same as enter under a key of the caller's own.
[[nodiscard]] Result<clinic::Written> enter_once(const Call& call, const std::string& patient,
                                                 const care::Body& body, std::optional<Instant> at,
                                                 const std::string& key);

// What this request wrote when it came before, if it did.
[[nodiscard]] std::optional<clinic::Written> written_before(const Call& call, const clinic::Chart& chart);

// The key under which the store keeps what this request writes: it happens once, also over a restart.
[[nodiscard]] std::string store_key(const Call& call);

// The ETag "v12".
[[nodiscard]] std::string tag_of(std::uint64_t version);
// Whether If-Match lets this version be written on; without one, it does.
[[nodiscard]] bool as_seen(const Call& call, std::uint64_t version);
// The answer with its tag, or 304 where the caller has it already.
[[nodiscard]] Response tagged(const Call& call, std::uint64_t version, Response answer);

}  // namespace evenkeel::server
