#include "openid/pending.hpp"

#include "openid/words.hpp"

namespace evenkeel::openid {

void Pendings::drop_oldest_of(const std::string& peer) {
  std::size_t count = 0;
  auto oldest = by_state_.end();
  for (auto it = by_state_.begin(); it != by_state_.end(); ++it) {
    if (it->second.peer != peer) continue;
    ++count;
    if (oldest == by_state_.end() || it->second.pending.begun < oldest->second.pending.begun) oldest = it;
  }
  if (count >= most_of_one) by_state_.erase(oldest);
}

std::optional<Pendings::Begun> Pendings::begin(std::string about, bool anew, const std::string& peer,
                                               Instant now) {
  Begun begun{{random_word(), random_word(), random_word(), std::move(about), anew, now}, random_word()};
  const std::lock_guard lock{mutex_};
  std::erase_if(by_state_, [&](const auto& each) { return now - each.second.pending.begun >= longest; });
  drop_oldest_of(peer);
  if (by_state_.size() >= most) return std::nullopt;
  by_state_.emplace(begun.pending.state, Kept{begun.pending, digest_of(begun.browser), peer});
  return begun;
}

std::optional<Pending> Pendings::take(std::string_view state, std::string_view browser, Instant now) {
  const std::lock_guard lock{mutex_};
  const auto found = by_state_.find(state);
  if (found == by_state_.end() || !same_word(found->second.browser_digest, digest_of(browser)))
    return std::nullopt;
  Pending pending = std::move(found->second.pending);
  by_state_.erase(found);
  if (now - pending.begun >= longest) return std::nullopt;
  return pending;
}

}  // namespace evenkeel::openid
