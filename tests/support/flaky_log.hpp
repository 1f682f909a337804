// A log whose store can be away for a while: then it gives nothing and takes nothing.
#pragma once

#include <atomic>

#include "store/event_log.hpp"

namespace evenkeel::test {

class FlakyLog final : public store::EventLog {
 public:
  explicit FlakyLog(store::EventLog& log) : log_(&log) {}

  std::atomic<bool> away = false;

  Result<store::Appended> append(const store::Append& what, const store::Request& who) override {
    if (away) return gone();
    return log_->append(what, who);
  }
  Result<std::vector<store::Entry>> read(const store::StreamName& stream, std::uint64_t after,
                                         const store::Request& who) override {
    if (away) return gone();
    return log_->read(stream, after, who);
  }
  Result<std::vector<store::Entry>> peek(const store::StreamName& account, std::uint64_t after) override {
    if (away) return gone();
    return log_->peek(account, after);
  }
  Result<store::Arrivals> arrived(std::optional<std::uint64_t> after, std::size_t most) override {
    if (away) return gone();
    return log_->arrived(after, most);
  }
  Result<std::vector<store::Found>> find(store::StreamKind streams, const std::string& kind, Instant from,
                                         Instant until, std::size_t most,
                                         const store::Request& who) override {
    if (away) return gone();
    return log_->find(streams, kind, from, until, most, who);
  }
  Result<std::vector<std::pair<store::StreamName, std::uint64_t>>> streams(
      store::StreamKind kind, const store::Request& who) override {
    if (away) return gone();
    return log_->streams(kind, who);
  }
  Result<void> note(store::Action action, const std::string& subject, const std::string& detail,
                    const store::Request& who) override {
    if (away) return gone();
    return log_->note(action, subject, detail, who);
  }
  Result<store::Head> head() override {
    if (away) return gone();
    return log_->head();
  }
  Result<void> ready() override {
    if (away) return gone();
    return log_->ready();
  }
  Result<void> each_entry(const std::function<bool(const store::Entry&)>& take) override {
    if (away) return gone();
    return log_->each_entry(take);
  }
  Result<void> each_audit(const std::function<bool(const store::AuditEntry&)>& take) override {
    if (away) return gone();
    return log_->each_audit(take);
  }
  Result<void> each_audit_back(std::uint64_t before,
                               const std::function<bool(const store::AuditEntry&)>& take) override {
    if (away) return gone();
    return log_->each_audit_back(before, take);
  }
  Result<void> restore_from(store::EventLog& other) override {
    if (away) return gone();
    return log_->restore_from(other);
  }

 private:
  static Error gone() { return {ErrorCode::storage, "store", "is away"}; }

  store::EventLog* log_;
};

}  // namespace evenkeel::test
