#include "server/sign_ins.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "store/audit.hpp"

namespace evenkeel::server {
namespace {

std::string hash_of(std::string_view token) {
  return store::hex(store::sha256(token));
}

}  // namespace

std::string random_token() {
  store::Hash bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return store::hex(bytes);
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && !a.empty() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

template <class Is>
std::vector<std::string> SignIns::erase_where(Is&& is) {
  std::vector<std::string> over;
  std::erase_if(by_hash_, [&](const auto& each) {
    const bool ends = is(each.first, each.second);
    if (ends) over.push_back(each.second.id);
    return ends;
  });
  return over;
}

template <class Is>
void SignIns::end_where(Is&& is) {
  std::unique_lock lock{mutex_};
  const auto over = erase_where(is);
  lock.unlock();
  tell(over);
}

void SignIns::tell(const std::vector<std::string>& over) const {
  if (!ended_) return;
  for (const std::string& id : over) ended_(id);
}

SignIns::Begun SignIns::begin(clinic::Account account, Instant now, bool by_provider) {
  Begun begun{random_token(),
              {std::move(account), random_token(), random_token(), now, now, false, by_provider}};
  std::unique_lock lock{mutex_};
  auto over = erase_where([&](const std::string&, const SignIn& each) { return ends(each) <= now; });
  std::vector<std::pair<Instant, std::string>> of_this;
  for (const auto& [hash, each] : by_hash_) {
    if (each.account.name == begun.sign_in.account.name) of_this.emplace_back(each.since, hash);
  }
  if (of_this.size() >= most_of_one) {
    const auto oldest = by_hash_.find(std::ranges::min(of_this).second);
    over.push_back(oldest->second.id);
    by_hash_.erase(oldest);
  }
  by_hash_.emplace(hash_of(begun.token), begun.sign_in);
  lock.unlock();
  tell(over);
  return begun;
}

std::optional<SignIn> SignIns::find(std::string_view token, Instant now, bool acting) {
  const std::lock_guard lock{mutex_};
  const auto found = by_hash_.find(hash_of(token));
  if (found == by_hash_.end()) return std::nullopt;
  SignIn& each = found->second;
  if (ends(each) <= now) {
    by_hash_.erase(found);
    return std::nullopt;
  }
  if (now - each.seen >= times_.idle_lock) each.locked = true;
  if (acting && !each.locked) each.seen = now;
  return each;
}

void SignIns::lock(std::string_view token) {
  const std::lock_guard lock{mutex_};
  if (const auto found = by_hash_.find(hash_of(token)); found != by_hash_.end()) found->second.locked = true;
}

void SignIns::unlock(std::string_view token, Instant now) {
  const std::lock_guard lock{mutex_};
  const auto found = by_hash_.find(hash_of(token));
  if (found == by_hash_.end()) return;
  found->second.locked = false;
  found->second.seen = now;
}

std::optional<SignIn> SignIns::with_id(std::string_view id, Instant now) {
  const std::lock_guard lock{mutex_};
  const auto found = std::ranges::find_if(by_hash_, [&](const auto& each) { return each.second.id == id; });
  if (found == by_hash_.end() || ends(found->second) <= now) return std::nullopt;
  return found->second;
}

void SignIns::unlock_id(std::string_view id, clinic::Account account, Instant now) {
  const std::lock_guard lock{mutex_};
  const auto found = std::ranges::find_if(by_hash_, [&](const auto& each) { return each.second.id == id; });
  if (found == by_hash_.end()) return;
  found->second.account = std::move(account);
  found->second.locked = false;
  found->second.seen = now;
}

std::vector<SignIn> SignIns::of(const std::string& name) {
  std::vector<SignIn> theirs;
  const std::lock_guard lock{mutex_};
  for (const auto& [hash, each] : by_hash_) {
    if (each.account.name == name) theirs.push_back(each);
  }
  return theirs;
}

void SignIns::end_id(std::string_view id) {
  end_where([&](const std::string&, const SignIn& each) { return each.id == id; });
}

void SignIns::end(std::string_view token) {
  end_where([hash = hash_of(token)](const std::string& each, const SignIn&) { return each == hash; });
}

void SignIns::end_all_of(const std::string& name, std::string_view except) {
  end_where([&, kept = hash_of(except)](const std::string& hash, const SignIn& each) {
    return each.account.name == name && (except.empty() || hash != kept);
  });
}

void SignIns::refresh(std::string_view token, clinic::Account account) {
  const std::lock_guard lock{mutex_};
  const auto found = by_hash_.find(hash_of(token));
  if (found == by_hash_.end() || account.version < found->second.account.version) return;
  found->second.account = std::move(account);
}

}  // namespace evenkeel::server
