#include "server/people.hpp"

namespace evenkeel::server {

Result<std::shared_ptr<const People::All>> People::all(const clinic::Person& who) {
  if (!clinic::permits(who.role, clinic::Right::read_register)) return std::make_shared<const All>();
  const std::uint64_t moves = moves_so_far();
  const auto versions = log_->streams(store::StreamKind::person, who.request());
  if (!versions) return versions.error();
  {
    const std::lock_guard lock{mutex_};
    if (*versions == versions_) {
      if (moves == moves_) read_at_ = who.now;
      return all_;
    }
  }
  const auto patients = clinic::patients(*log_, who);
  if (!patients) return patients.error();
  auto every = std::make_shared<All>();
  for (const clinic::Registered& each : *patients) every->emplace(each.id, each);
  const std::lock_guard lock{mutex_};
  versions_ = *versions;
  all_ = every;
  if (moves == moves_) read_at_ = who.now;
  return std::shared_ptr<const All>{std::move(every)};
}

Result<std::shared_ptr<const People::All>> People::names(const clinic::Person& who) {
  if (!clinic::permits(who.role, clinic::Right::read_register)) return std::make_shared<const All>();
  {
    const std::lock_guard lock{mutex_};
    if (read_at_ && who.now - *read_at_ < fresh) return all_;
  }
  return all(who);
}

void People::moved_on() {
  const std::lock_guard lock{mutex_};
  ++moves_;
  read_at_.reset();
}

std::uint64_t People::moves_so_far() {
  const std::lock_guard lock{mutex_};
  return moves_;
}

Result<std::optional<clinic::Registered>> People::find(const std::string& patient,
                                                       const clinic::Person& who) {
  const auto in = [&](const All& everybody) {
    const auto found = everybody.find(patient);
    return found == everybody.end() ? std::optional<clinic::Registered>{} : std::optional{found->second};
  };
  const auto lately = names(who);
  if (!lately) return lately.error();
  if (auto known = in(**lately)) return known;
  const auto now = all(who);  // they may have been registered since, at another server
  if (!now) return now.error();
  return in(**now);
}

}  // namespace evenkeel::server
