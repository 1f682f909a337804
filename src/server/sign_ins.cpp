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
void SignIns::end_where(Is&& is) {
  std::vector<std::string> over;
  {
    const std::lock_guard lock{mutex_};
    std::erase_if(by_hash_, [&](const auto& each) {
      const bool ends = is(each.first, each.second);
      if (ends) over.push_back(each.second.id);
      return ends;
    });
  }
  if (!ended_) return;
  for (const std::string& id : over) ended_(id);
}

SignIns::Begun SignIns::begin(clinic::Account account, Instant now, bool by_provider) {
  Begun begun{random_token(),
              {std::move(account), random_token(), random_token(), now, now, false, by_provider}};
  std::vector<SignIn> others = of(begun.sign_in.account.name);
  std::erase_if(others, [&](const SignIn& each) { return ends(each) <= now; });
  const bool too_many = others.size() >= most_of_one;
  const std::string oldest = too_many ? std::ranges::min(others, {}, &SignIn::since).id : std::string{};
  end_where([&](const std::string&, const SignIn& each) {
    return ends(each) <= now || (too_many && each.id == oldest);
  });
  const std::lock_guard lock{mutex_};
  by_hash_.emplace(hash_of(begun.token), begun.sign_in);
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
