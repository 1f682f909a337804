#include "server/call.hpp"

#include <fmt/format.h>

#include <charconv>

#include "clinic/desk.hpp"

namespace evenkeel::server {
namespace {

constexpr int tries = 8;

Error moved_on(const std::string& patient, std::uint64_t version) {
  return {ErrorCode::stale, "If-Match",
          fmt::format("the record of {} is at version {} by now; read it again", patient, version)};
}

// Once. `stale` where somebody else wrote in between.
Result<clinic::Written> try_to_enter(const Call& call, const std::string& patient, const care::Body& body,
                                     std::optional<Instant> at, const std::string& key) {
  clinic::Entered entered{body, at.value_or(call.who.now), key};
  auto known = call.house.charts.open_to_write(patient, body, call.who);
  if (!known && known.error().code == ErrorCode::not_found)
    return clinic::begin_chart(call.house.log, patient, entered, call.who);
  if (!known) return known.error();
  auto chart = std::make_shared<clinic::Chart>(**known);
  const care::Event* before = clinic::entry_of_key(*chart, key).first;
  if (before != nullptr && !at) entered.at = before->at;
  if (before == nullptr && call.request.header("If-Match") &&
      !asks_for(call, "If-Match", tag_of(chart->version)))
    return moved_on(patient, chart->version);
  const clinic::Desk desk{call.house.log, call.house.library, call.who};
  auto written = clinic::enter(desk, *chart, entered);
  if (written) call.house.charts.keep(std::move(chart));
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
  for (int i = 1; again && i < tries && !written && written.error().code == ErrorCode::stale; ++i)
    written = try_to_enter(call, patient, body, at, key);
  // What was acknowledged has been told. Where the log cannot be read now, the next look tells it.
  if (written && !written->repeated) static_cast<void>(call.house.follower.look());
  return written;
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

bool asks_for(const Call& call, std::string_view header, const std::string& tag) {
  const auto given = call.request.header(header);
  return given && (*given == tag || *given == "W/" + tag);
}

Response tagged(const Call& call, std::uint64_t version, Response answer) {
  const std::string tag = tag_of(version);
  answer.headers.push_back({"ETag", tag});
  if (!asks_for(call, "If-None-Match", tag)) return answer;
  return {304, "", "", std::move(answer.headers)};
}

}  // namespace evenkeel::server
