#include "store/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <thread>

#include "store/channel.hpp"
#include "store/checks.hpp"
#include "store/promise.hpp"

namespace evenkeel::store {

namespace {

constexpr std::size_t most_flaws = 100;  // told one by one; the others are counted
constexpr std::size_t window = 2'000;    // how far an entry is looked for beyond the place where it should be

struct Flaws {
  std::uint64_t count = 0;
  std::vector<Flaw> first;

  void add(Flaw flaw) {
    ++count;
    if (first.size() < most_flaws) first.push_back(std::move(flaw));
  }
};

Damage damage_of(const Head& before, const AuditEntry& entry) {
  if (entry.number != before.number + 1) return Damage::audit_missing;
  return entry.previous != before.hash ? Damage::audit_broken : Damage::audit_altered;
}

// Walks the chain, hands on what it promises, and tells where it breaks.
class Chain {
 public:
  explicit Chain(const std::optional<Head>& known) : known_(known) {}

  void walk(EventLog& log, Channel<Promise>& promises) {
    const auto walked = log.each_audit([&](const AuditEntry& entry) {
      check(entry);
      return each_promise(entry, [&](Promise promise) { return promises.put(std::move(promise)); });
    });
    promises.close();
    if (!walked) flaws.add({Damage::unreadable, head.number + 1, 0, "", 0, to_string(walked.error())});
    if (!known_ || head.number >= known_->number) return;
    flaws.add({Damage::cut_short, head.number, 0, "", 0,
               fmt::format("the chain ends at {}, the known head is {}", head.number, known_->number)});
  }

  Flaws flaws;
  Head head;

 private:
  void check(const AuditEntry& entry) {
    if (const auto broken = breaks(head, entry)) {
      flaws.add({damage_of(head, entry), entry.number, 0, entry.subject, 0, *broken});
    }
    head = {entry.number, entry.hash};  // each is held against the one before it as it stands
    if (!known_ || entry.number != known_->number || entry.hash == known_->hash) return;
    flaws.add({Damage::other_history, entry.number, 0, "", 0,
               fmt::format("its hash is {}, the known head has {}", hex(entry.hash), hex(known_->hash))});
  }

  const std::optional<Head> known_;
};

// Holds the entries against what the chain promises. Where they part, the entry is looked for further on: if
// it is there, those before it are missing; if not, it was altered or put in.
class Entries {
 public:
  explicit Entries(Channel<Promise>& promises) : promises_(promises) {}

  void take(const Entry& entry) {
    ++count;
    if (entry.sequence <= sequence_) {
      flaws.add(flaw(Damage::entry_misplaced, entry, "its number is not above the one before it"));
    }
    sequence_ = entry.sequence;
    fill(1);
    if (pending_.empty()) {
      flaws.add(flaw(Damage::entry_unknown, entry, "the chain does not name it"));
      return;
    }
    const auto wrong = differs(pending_.front(), entry);
    if (wrong && !look_further(entry)) {
      not_as_promised(entry, *wrong);
      return;
    }
    keep(entry);
  }

  // What is still promised up to this audit entry is missing; what came later was appended meanwhile.
  void end(std::uint64_t last) {
    while (true) {
      fill(1);
      if (pending_.empty() || pending_.front().number > last) return;
      missing();
    }
  }

  Flaws flaws;
  std::uint64_t count = 0;

 private:
  Flaw flaw(Damage damage, const Entry& entry, std::string text) const {
    const std::uint64_t number = pending_.empty() ? 0 : pending_.front().number;
    return {damage, number, entry.sequence, to_string(entry.stream), entry.version, std::move(text)};
  }

  void fill(std::size_t size) {
    while (pending_.size() < size) {
      auto promise = promises_.take();
      if (!promise) return;
      pending_.push_back(std::move(*promise));
    }
  }

  bool look_further(const Entry& entry) {
    fill(window);
    const auto there = std::find_if(pending_.begin(), pending_.end(),
                                    [&](const Promise& promise) { return !differs(promise, entry); });
    if (there == pending_.end()) return false;
    for (auto skip = there - pending_.begin(); skip > 0; --skip) missing();
    return true;
  }

  void missing() {
    const Promise& promise = pending_.front();
    const std::uint64_t version = ++versions_[promise.subject];
    flaws.add({Damage::entry_missing, promise.number, 0, promise.subject, version, "the chain names it"});
    pending_.pop_front();
  }

  // At the place of its stream and version it is the promised one, altered; else it was put in.
  void not_as_promised(const Entry& entry, const std::string& wrong) {
    const Promise& promise = pending_.front();
    const bool same_place = to_string(entry.stream) == promise.subject
                                ? entry.version == versions_[promise.subject] + 1
                                : entry.written == promise.written;
    if (!same_place) {
      flaws.add(flaw(Damage::entry_unknown, entry, wrong));
      return;
    }
    flaws.add(flaw(Damage::entry_altered, entry, wrong));
    ++versions_[promise.subject];
    pending_.pop_front();
  }

  void keep(const Entry& entry) {
    const std::uint64_t expected = ++versions_[pending_.front().subject];
    if (entry.version != expected) {
      flaws.add(flaw(Damage::entry_misplaced, entry, fmt::format("it was written as version {}", expected)));
    }
    pending_.pop_front();
  }

  Channel<Promise>& promises_;
  std::deque<Promise> pending_;
  std::map<std::string, std::uint64_t> versions_;
  std::uint64_t sequence_ = 0;
};

// The chain is read by a thread of its own, beside the entries. It starts when these have begun: then every
// entry that is seen is in the chain that is seen.
class Walk {
 public:
  Walk(EventLog& log, const std::optional<Head>& known) : log_(log), chain_(known) {}
  ~Walk() { finish(); }
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;

  Verification run() {
    const auto before = log_.head();
    const auto walked = log_.each_entry([this](const Entry& entry) {
      start();
      entries_.take(entry);
      return true;
    });
    start();
    if (walked && before) entries_.end(before->number);
    finish();
    Flaws& flaws = entries_.flaws;
    if (!walked) flaws.add({Damage::unreadable, 0, 0, "", 0, to_string(walked.error())});
    if (!before) flaws.add({Damage::unreadable, 0, 0, "", 0, to_string(before.error())});
    Verification all{entries_.count, chain_.head, flaws.count + chain_.flaws.count, std::move(flaws.first)};
    all.first.insert(all.first.end(), chain_.flaws.first.begin(), chain_.flaws.first.end());
    return all;
  }

 private:
  void start() {
    if (reader_.joinable()) return;
    reader_ = std::thread{[this] { chain_.walk(log_, promises_); }};
  }

  // What is left of the promises is let go, so that the chain is read to its end.
  void finish() {
    while (reader_.joinable() && promises_.take()) {
    }
    if (reader_.joinable()) reader_.join();
  }

  EventLog& log_;
  Channel<Promise> promises_{1'000};
  Chain chain_;
  Entries entries_{promises_};
  std::thread reader_;
};

}  // namespace

std::string_view damage_words(Damage damage) {
  switch (damage) {
    case Damage::entry_altered:
      return "entry altered";
    case Damage::entry_missing:
      return "entry missing";
    case Damage::entry_unknown:
      return "entry that was never written";
    case Damage::entry_misplaced:
      return "entry out of its place";
    case Damage::audit_altered:
      return "audit entry altered";
    case Damage::audit_missing:
      return "audit entries missing or out of order";
    case Damage::audit_broken:
      return "audit chain broken";
    case Damage::cut_short:
      return "cut short";
    case Damage::other_history:
      return "not the log of the known head";
    case Damage::unreadable:
      return "cannot be read";
  }
  return "";
}

std::string to_string(const Flaw& flaw) {
  std::string where;
  if (!flaw.stream.empty()) where += " " + flaw.stream;
  if (flaw.version > 0) where += fmt::format(" version {}", flaw.version);
  if (flaw.sequence > 0) where += fmt::format(" (entry {})", flaw.sequence);
  if (flaw.number > 0) where += fmt::format(" at audit entry {}", flaw.number);
  return fmt::format("{}{}: {}", damage_words(flaw.damage), where, flaw.text);
}

Verification verify(EventLog& log, const std::optional<Head>& known) {
  return Walk{log, known}.run();
}

}  // namespace evenkeel::store
