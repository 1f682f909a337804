#include "server/countersigned.hpp"

#include <algorithm>

namespace evenkeel::server {

Instant Countersigned::add(SignedEntry entry, Instant now) {
  const std::lock_guard lock{mutex_};
  std::erase_if(all_, [&](const Kept& each) {
    const bool in_use = !each.key.empty() && now < each.until + holds;
    return !in_use && (each.until <= now || each.entry == entry);
  });
  all_.push_back({std::move(entry), now + holds, {}});
  return all_.back().until;
}

bool Countersigned::claim(const SignedEntry& entry, const std::string& key, Instant now) {
  const std::lock_guard lock{mutex_};
  const auto found = std::ranges::find_if(all_, [&](const Kept& each) {
    return each.entry == entry && now < each.until && (each.key.empty() || each.key == key);
  });
  if (found == all_.end()) return false;
  found->key = key;
  return true;
}

void Countersigned::give_back(const std::string& key) {
  const std::lock_guard lock{mutex_};
  for (Kept& each : all_) {
    if (each.key == key) each.key.clear();
  }
}

bool Countersigned::spend(const std::string& key) {
  if (key.empty()) return false;
  const std::lock_guard lock{mutex_};
  return std::erase_if(all_, [&](const Kept& each) { return each.key == key; }) > 0;
}

}  // namespace evenkeel::server
