#include "server/call.hpp"

#include <fmt/format.h>

#include <charconv>

#include "clinic/desk.hpp"
#include "server/countersign.hpp"

namespace evenkeel::server {
namespace {

// The tags of the header are a list, or "*" for any (RFC 9110, 13.1).
bool names(std::string_view list, std::string_view tag, bool weak_too) {
  for (std::size_t from = 0; from <= list.size();) {
    const std::size_t comma = std::min(list.find(',', from), list.size());
    std::string_view one = list.substr(from, comma - from);
    while (!one.empty() && (one.front() == ' ' || one.front() == '\t')) one.remove_prefix(1);
    while (!one.empty() && (one.back() == ' ' || one.back() == '\t')) one.remove_suffix(1);
    if (weak_too && one.starts_with("W/")) one.remove_prefix(2);
    if (one == tag || one == "*") return true;
    from = comma + 1;
  }
  return false;
}

Error moved_on(const std::string& patient, std::uint64_t version) {
  return {ErrorCode::stale, "If-Match",
          fmt::format("the record of {} is at version {} by now; read it again", patient, version)};
}

// A record is begun for whom the register knows: a mistyped id would part somebody's history.
Result<clinic::Written> begin(const Call& call, const std::string& patient, const clinic::Entered& entered,
                              std::optional<Instant> at) {
  const auto registered = call.house.people.find(patient, call.who);
  if (!registered) return registered.error();
  if (!*registered)
    return Error{ErrorCode::not_found, "patient",
                 "nobody of this id is in the register; register them first"};
  if (call.request.header("If-Match")) return moved_on(patient, 0);
  if (auto two = second_person_stands(call, entered.body, at); !two) return two.error();
  return clinic::begin({call.house.log, call.house.library, call.who}, patient, entered);
}

// Once. `stale` where somebody else wrote in between, or the record is not at the version asked for.
Result<clinic::Written> try_to_enter(const Call& call, const std::string& patient, const care::Body& body,
                                     std::optional<Instant> at, const std::string& key,
                                     std::optional<std::uint64_t> version = {}) {
  clinic::Entered entered{body, at.value_or(call.who.now), key};
  auto known = call.house.charts.open_to_write(patient, body, call.who);
  if (!known && known.error().code == ErrorCode::not_found) return begin(call, patient, entered, at);
  if (!known) return known.error();
  auto chart = std::make_shared<clinic::Chart>(**known);
  const care::Event* before = clinic::entry_of_key(*chart, key).first;
  if (before != nullptr && !at) entered.at = before->at;
  if (before == nullptr &&
      (!as_seen(call, chart->version) || version.value_or(chart->version) != chart->version))
    return moved_on(patient, chart->version);
  if (before == nullptr) {
    if (auto two = second_person_stands(call, body, at); !two) return two.error();
  }
  const clinic::Desk desk{call.house.log, call.house.library, call.who};
  auto written = clinic::enter(desk, *chart, entered);
  if (written) call.house.charts.keep(std::move(chart));
  return written;
}

// What was acknowledged has been told. Where the log cannot be read now, the next look tells it.
Result<clinic::Written> told(const Call& call, Result<clinic::Written> written) {
  if (written && !written->repeated) static_cast<void>(call.house.follower.look());
  return written;
}

}  // namespace

Said read_said(json::Reader body) {
  Said said;
  if (!body.object({"kind", "body"}, {"at"})) return said;
  said.kind = body["kind"].name();
  if (body["body"].node() != nullptr) said.body = json::dump(*body["body"].node());
  if (body.has("at")) said.at = body["at"].instant();
  return said;
}

Result<long long> number_asked(const Call& call, std::string_view name, long long otherwise, long long low,
                               long long high) {
  const auto text = call.request.target.parameter(name);
  if (!text) return otherwise;
  long long value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error == std::errc{} && end == text->data() + text->size() && low <= value && value <= high)
    return value;
  return Error{ErrorCode::invalid_input, std::string{name},
               fmt::format("a whole number from {} to {} is asked for", low, high)};
}

bool may_see(const Call& call, const std::string& patient) {
  return clinic::may_see(call.sign_in->account, patient, call.who.now);
}

Result<clinic::Written> enter_once(const Call& call, const std::string& patient, const care::Body& body,
                                   std::optional<Instant> at, const std::string& key) {
  const bool again = !call.request.header("If-Match");
  auto written = try_to_enter(call, patient, body, at, key);
  for (int i = 1; again && i < most_tries && !written && written.error().code == ErrorCode::stale; ++i)
    written = try_to_enter(call, patient, body, at, key);
  return told(call, signature_settled(call, body, std::move(written)));
}

Result<clinic::Written> enter_on(const Call& call, const std::string& patient, const care::Body& body,
                                 std::optional<Instant> at, std::uint64_t version) {
  return told(call,
              signature_settled(call, body, try_to_enter(call, patient, body, at, store_key(call), version)));
}

Result<clinic::Written> enter(const Call& call, const std::string& patient, const care::Body& body,
                              std::optional<Instant> at) {
  return enter_once(call, patient, body, at, store_key(call));
}

std::optional<clinic::Written> written_before(const Call& call, const clinic::Chart& chart) {
  const auto [event, version] = clinic::entry_of_key(chart, store_key(call));
  if (event == nullptr) return std::nullopt;
  return clinic::Written{*event, version, true};
}

std::string store_key(const Call& call) {
  const auto given = call.request.header("Idempotency-Key");
  return given ? fmt::format("{}:{}", call.who.name, *given) : std::string{};
}

std::string tag_of(std::uint64_t version) {
  return fmt::format("\"v{}\"", version);
}

bool as_seen(const Call& call, std::uint64_t version) {
  const auto given = call.request.header("If-Match");
  return !given || names(*given, tag_of(version), false);
}

Response tagged(const Call& call, std::uint64_t version, Response answer) {
  const std::string tag = tag_of(version);
  answer.headers.push_back({"ETag", tag});
  if (!names(call.request.header("If-None-Match").value_or(""), tag, true)) return answer;
  return {304, "", "", std::move(answer.headers)};
}

}  // namespace evenkeel::server
