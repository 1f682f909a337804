#include "server/remembered.hpp"

namespace evenkeel::server {
namespace {

// What an answer takes, about: its texts, and the places where it stands.
std::size_t size_of(const std::string& key, const std::string& print, const Response& answer) {
  constexpr std::size_t places = 300;
  std::size_t size = places + 2 * key.size() + print.size() + answer.type.size() + answer.body.size();
  for (const Header& each : answer.headers) size += each.name.size() + each.value.size();
  return size;
}

}  // namespace

// Also when the handler throws, those who wait for its key go on.
struct Remembered::Working {
  Remembered& all;
  const std::string& key;
  Response answer = {.status = 0, .type = {}, .body = {}, .headers = {}};
  ~Working() { all.finish(key, answer); }
};

Result<Response> Remembered::once(const std::string& key, const std::string& print,
                                  const std::function<Response()>& act) {
  std::unique_lock lock{mutex_};
  while (true) {
    const auto known = by_key_.find(key);
    if (known == by_key_.end()) break;
    if (known->second.print != print)
      return Error{ErrorCode::invalid_input, "Idempotency-Key",
                   "this key was used for another request; give a new one"};
    if (known->second.done) {
      Response again = known->second.answer;
      again.headers.push_back({"Idempotency-Replayed", "true"});
      return again;
    }
    finished_.wait(lock);
  }
  by_key_.emplace(key, Kept{print, false, {}});
  lock.unlock();
  Working working{*this, key};
  working.answer = act();
  return working.answer;
}

void Remembered::finish(const std::string& key, const Response& answer) {
  const std::lock_guard lock{mutex_};
  const bool kept = answer.status >= 200 && answer.status < 300;
  if (kept) {
    Kept& mine = by_key_[key];
    mine.done = true;
    mine.answer = answer;
    in_order_.push_back(key);
    bytes_ += size_of(key, mine.print, answer);
    keep_within_bounds();
  } else {
    by_key_.erase(key);
  }
  finished_.notify_all();
}

// The newest stays, however large.
void Remembered::keep_within_bounds() {
  while (bytes_ > most_bytes && in_order_.size() > 1) {
    const auto oldest = by_key_.find(in_order_.front());
    bytes_ -= size_of(oldest->first, oldest->second.print, oldest->second.answer);
    by_key_.erase(oldest);
    in_order_.pop_front();
  }
}

}  // namespace evenkeel::server
