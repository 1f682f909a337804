#include "store/sqlite_restore.hpp"

#include <fmt/format.h>

#include "store/checks.hpp"
#include "store/promise.hpp"
#include "store/sqlite_rows.hpp"

namespace evenkeel::store::sqlite {

namespace {

Error refused(std::string what) {
  return Error{ErrorCode::invalid_input, "restore", std::move(what)};
}

// Copies within the caller's transaction. The chain comes first; the entries are then held against what it
// says in the copy itself, so nothing is kept in memory.
class Copy {
 public:
  explicit Copy(Writer& writer) : writer_(writer) {}

  Result<void> run(EventLog& other) {
    auto walked = other.each_audit([this](const AuditEntry& entry) { return ended_well(take(entry)); });
    if (!error_ && walked) walked = open_promises();
    if (!error_ && walked) {
      walked = other.each_entry([this](const Entry& entry) { return ended_well(take(entry)); });
    }
    if (error_) return *error_;
    if (!walked) return walked;
    return all_kept(other);
  }

 private:
  // What a walk's callback returns: to go on, or to end because of an error or because all is copied.
  bool ended_well(const Result<bool>& done) {
    if (!done) error_ = done.error();
    return done && *done;
  }

  Result<bool> take(const AuditEntry& entry) {
    if (const auto broken = breaks(head_, entry)) {
      return refused(fmt::format("the chain does not verify at entry {}: {}", entry.number, *broken));
    }
    head_ = {entry.number, entry.hash};
    if (auto inserted = writer_.insert(entry); !inserted) return inserted.error();
    return true;
  }

  Result<void> open_promises() {
    auto opened = writer_.database().prepare(
        "select number, subject, written, texts from audit where length(texts) > 0 order by number");
    if (!opened) return opened.error();
    promises_.emplace(std::move(*opened));
    return {};
  }

  // The next entry that the chain names, or nothing after the last.
  Result<std::optional<Promise>> promised() {
    constexpr std::size_t size = Hash{}.size();
    if (at_ == texts_.size()) {
      const auto row = promises_->step();
      if (!row) return row.error();
      if (!*row) return std::optional<Promise>{};
      promise_ = {promises_->number_at(0), promises_->text_at(1), promises_->instant_at(2), {}};
      texts_ = promises_->text_at(3);
      at_ = 0;
    }
    std::copy_n(texts_.begin() + static_cast<std::ptrdiff_t>(at_), size, promise_.content.begin());
    at_ += size;
    return std::optional<Promise>{promise_};
  }

  Result<bool> take(const Entry& entry) {
    if (ended_) return false;
    const auto promise = promised();
    if (!promise) return promise.error();
    if (!*promise) {
      more_ = true;
      ended_ = true;
      return false;
    }
    if (const auto wrong = differs(**promise, entry)) {
      return refused(fmt::format("{} version {}: {}", to_string(entry.stream), entry.version, *wrong));
    }
    if (const auto expected = versions_.take(entry)) {
      return refused(
          fmt::format("{} has version {} after {}", to_string(entry.stream), entry.version, *expected - 1));
    }
    if (auto inserted = writer_.insert(entry); !inserted) return inserted.error();
    return true;
  }

  Result<void> all_kept(EventLog& other) {
    if (!more_) {
      const auto left = promised();
      if (!left) return left.error();
      if (!*left) return {};
      return refused(fmt::format("an entry of {} is missing that the chain names at {}", (*left)->subject,
                                 (*left)->number));
    }
    // Entries beyond the chain that was copied: appended since, or put there past the chain.
    const auto now = other.head();
    if (!now) return now.error();
    if (*now != head_) return {};
    return refused("there are entries that the chain does not name");
  }

  Writer& writer_;
  std::optional<Error> error_;
  Head head_;
  std::optional<Statement> promises_;
  Promise promise_;
  std::string texts_;
  std::size_t at_ = 0;
  bool more_ = false;
  bool ended_ = false;
  Versions versions_;
};

Result<void> restore_into(Writer& writer, EventLog& other) {
  const auto head = read_head(writer.database());
  if (!head) return head.error();
  if (head->number > 0) {
    return refused(
        fmt::format("the log is not empty: its chain has {} entries; restore into a new one", head->number));
  }
  return Copy{writer}.run(other);
}

}  // namespace

Result<void> restore(Writer& writer, EventLog& other) {
  if (auto begun = writer.database().run("begin immediate"); !begun) return begun;
  auto restored = restore_into(writer, other);
  if (restored) restored = writer.database().run("commit");
  if (!restored) (void)writer.database().run("rollback");
  return restored;
}

}  // namespace evenkeel::store::sqlite
