#include "server/live.hpp"

#include <fmt/format.h>

#include <random>

#include "json/write.hpp"

namespace evenkeel::server {
namespace {

std::string message_text(std::uint64_t number, const Moved& moved) {
  std::vector<std::pair<std::string, json::Node>> members{{"patient", json::text(moved.patient)}};
  members.emplace_back("version", json::number(static_cast<long long>(moved.version)));
  members.emplace_back("kind", json::text(moved.kind));
  members.emplace_back("at", json::text(moved.at.to_string()));
  return fmt::format("id: {}\nevent: record\ndata: {}\n\n", number,
                     json::dump(json::object(std::move(members))));
}

constexpr const char* signed_out_text = "event: signed_out\ndata: {}\n\n";

}  // namespace

// Below 2^52, for whoever reads it as a double.
std::uint64_t Live::anywhere() {
  std::random_device device;
  return std::uniform_int_distribution<std::uint64_t>{1ULL << 32, 1ULL << 52}(device);
}

std::string beat_text(Instant now) {
  return fmt::format("event: beat\ndata: {{\"now\":\"{}\"}}\n\n", now.to_string());
}

// False when this was the last of it.
bool Live::told(Reader& reader, const Message& message) {
  switch (reader.may_see(message.patient)) {
    case Sight::no:
      return true;
    case Sight::yes:
      return reader.sink->send(message.text);
    case Sight::over:
      break;
  }
  if (reader.sink->send(signed_out_text)) reader.sink->close();
  return false;
}

void Live::tell(const Moved& moved) {
  const std::lock_guard lock{mutex_};
  Message message{++number_, moved.patient, message_text(number_, moved)};
  std::erase_if(readers_, [&](Reader& each) { return !told(each, message); });
  messages_.push_back(std::move(message));
  if (messages_.size() > kept) messages_.pop_front();
}

std::string Live::missed_by(std::uint64_t last_seen, const MaySee& may_see) const {
  const std::uint64_t oldest = messages_.empty() ? number_ + 1 : messages_.front().number;
  if (last_seen > number_ || last_seen + 1 < oldest)
    return fmt::format("id: {}\nevent: reset\ndata: {{}}\n\n", number_);
  std::string text;
  for (const Message& each : messages_) {
    if (each.number > last_seen && may_see(each.patient) == Sight::yes) text += each.text;
  }
  return text;
}

void Live::follow(std::shared_ptr<Sink> sink, std::string sign_in, MaySee may_see,
                  std::optional<std::uint64_t> last_seen, Instant now) {
  const std::lock_guard lock{mutex_};
  // The number first: whoever loses the connection before the first message can say where they were.
  std::string text = fmt::format("id: {}\n{}", number_, beat_text(now));
  if (last_seen) text = missed_by(*last_seen, may_see) + text;
  if (sink->send(std::move(text)))
    readers_.push_back({std::move(sink), std::move(sign_in), std::move(may_see)});
}

void Live::end(const std::string& sign_in) {
  const std::lock_guard lock{mutex_};
  std::erase_if(readers_, [&](const Reader& each) {
    if (each.sign_in != sign_in) return false;
    if (each.sink->send(signed_out_text)) each.sink->close();
    return true;
  });
}

}  // namespace evenkeel::server
