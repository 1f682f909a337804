#include "server/follower.hpp"

namespace evenkeel::server {
namespace {

constexpr std::size_t at_a_time = 1'000;

}  // namespace

Result<void> Follower::look() {
  const std::lock_guard alone{looking_};
  while (true) {
    const auto since = log_->arrived(last_, at_a_time);
    if (!since) return since.error();
    last_ = since->last;
    for (const store::Arrival& each : since->entries) {
      if (each.stream.kind == store::StreamKind::patient)
        live_->tell({each.stream.id, each.version, each.kind, each.at});
      if (each.stream.kind == store::StreamKind::account && account_moved_) account_moved_(each.stream.id);
    }
    if (since->entries.size() < at_a_time) return {};
  }
}

}  // namespace evenkeel::server
