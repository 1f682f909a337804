// A log moves: a backup is restored, and SQLite's and PostgreSQL's fill each other. R8
#include <gtest/gtest.h>

#include "places.hpp"
#include "store/verify.hpp"

namespace evenkeel::store {
namespace {

// A log whose walks give other entries than it holds: what an altered copy would be.
class Altered final : public EventLog {
 public:
  using Change = std::function<void(std::vector<AuditEntry>&, std::vector<Entry>&)>;
  Altered(EventLog& log, const Change& change) : audit_(verified_audit(log)), entries_(all_entries(log)) {
    change(audit_, entries_);
  }

  Result<void> each_entry(const std::function<bool(const Entry&)>& take) override {
    return walk(entries_, take);
  }
  Result<void> each_audit(const std::function<bool(const AuditEntry&)>& take) override {
    return walk(audit_, take);
  }
  Result<void> each_audit_back(std::uint64_t, const std::function<bool(const AuditEntry&)>& take) override {
    return walk({audit_.rbegin(), audit_.rend()}, take);
  }
  Result<void> ready() override { return no(); }
  Result<Head> head() override {
    if (audit_.empty()) return Head{};
    return Head{audit_.back().number, audit_.back().hash};
  }

  Result<Appended> append(const Append&, const Request&) override { return no(); }
  Result<std::vector<Entry>> read(const StreamName&, std::uint64_t, const Request&) override { return no(); }
  Result<std::vector<Entry>> peek(const StreamName&, std::uint64_t) override { return no(); }
  Result<Arrivals> arrived(std::optional<std::uint64_t>, std::size_t) override { return no(); }
  Result<std::vector<Found>> find(StreamKind, const std::string&, Instant, Instant, std::size_t,
                                  const Request&) override {
    return no();
  }
  Result<std::vector<std::pair<StreamName, std::uint64_t>>> streams(StreamKind, const Request&) override {
    return no();
  }
  Result<void> note(Action, const std::string&, const std::string&, const Request&) override { return no(); }
  Result<void> restore_from(EventLog&) override { return no(); }

 private:
  static Error no() { return Error{ErrorCode::storage, "altered", "only walked"}; }

  template <class Each>
  static Result<void> walk(const std::vector<Each>& all, const std::function<bool(const Each&)>& take) {
    for (const Each& each : all) {
      if (!take(each)) break;
    }
    return {};
  }

  std::vector<AuditEntry> audit_;
  std::vector<Entry> entries_;
};

std::unique_ptr<EventLog> must_open(Place& place) {
  auto log = place.open({});
  EXPECT_TRUE(log) << to_string(log.error());
  return log ? std::move(*log) : nullptr;
}

void fill(EventLog& log) {
  for (int i = 0; i < 40; ++i) {
    const StreamName stream = patient(std::string(1, char('a' + i % 4)));
    ASSERT_TRUE(log.append(
        one(stream, std::uint64_t(i / 4), "k" + std::to_string(i), "Grüße " + std::to_string(i)), nurse()));
  }
  ASSERT_FALSE(log.append(one(patient("a"), 0, "stale"), nurse()));
  ASSERT_TRUE(log.read(patient("a"), 0, nurse()));
  ASSERT_TRUE(log.note(Action::exported, "patient/a", "all of it", nurse()));
}

void expect_equal(EventLog& copy, EventLog& log) {
  EXPECT_EQ(*copy.head(), *log.head());
  const auto entries = all_entries(log);
  const auto copied = all_entries(copy);
  ASSERT_EQ(copied.size(), entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    EXPECT_EQ(copied[i].sequence, entries[i].sequence);
    EXPECT_EQ(copied[i].stream, entries[i].stream);
    EXPECT_EQ(copied[i].key, entries[i].key);
    EXPECT_EQ(copied[i].kind, entries[i].kind);
    EXPECT_EQ(copied[i].at, entries[i].at);
    EXPECT_EQ(copied[i].written, entries[i].written);
    EXPECT_EQ(copied[i].text, entries[i].text);
  }
  expect_sound(copy);
  EXPECT_TRUE(verify(copy, *log.head()).sound());
}

class Move : public testing::TestWithParam<std::pair<Kind, Kind>> {
 protected:
  void SetUp() override {
    from_place_ = GetParam().first.make();
    to_place_ = GetParam().second.make();
    from_ = must_open(*from_place_);
    to_ = must_open(*to_place_);
    fill(*from_);
  }

  std::unique_ptr<Place> from_place_;
  std::unique_ptr<Place> to_place_;
  std::unique_ptr<EventLog> from_;
  std::unique_ptr<EventLog> to_;
};

TEST_P(Move, CopiesEveryEntryAndTheChainAndGoesOnFromThere) {
  const auto restored = to_->restore_from(*from_);
  ASSERT_TRUE(restored) << to_string(restored.error());
  expect_equal(*to_, *from_);
  EXPECT_TRUE(to_->append(one(patient("b"), 0, "k1", "Grüße 1"), nurse())->repeated);
  const auto next = to_->append(one(patient("b"), 10, "new"), nurse());
  ASSERT_TRUE(next) << to_string(next.error());
  EXPECT_EQ(next->version, 11U);
  expect_sound(*to_);
}

TEST_P(Move, RefusesALogThatIsNotEmpty) {
  ASSERT_TRUE(to_->note(Action::denied, "", "", nurse()));
  const Head before = *to_->head();
  EXPECT_FALSE(to_->restore_from(*from_));
  EXPECT_EQ(*to_->head(), before);
}

// R5
TEST_P(Move, RefusesACopyThatWasAlteredAndStaysEmpty) {
  const std::vector<Altered::Change> changes{
      [](auto& audit, auto&) { audit[7].actor = "someone.else"; },
      [](auto& audit, auto&) { audit.erase(audit.begin() + 9); },
      [](auto& audit, auto&) { std::swap(audit[3], audit[4]); },
      [](auto& audit, auto&) { audit.erase(audit.begin()); },
      [](auto&, auto& entries) { entries[5].text = "70 mg"; },
      [](auto&, auto& entries) { entries.erase(entries.begin() + 2); },
      [](auto&, auto& entries) { entries.pop_back(); },
      [](auto&, auto& entries) { std::swap(entries[0].text, entries[4].text); },
      [](auto&, auto& entries) { std::swap(entries[0].stream, entries[1].stream); },
      [](auto&, auto& entries) { entries[5].at = at("2026-03-02T08:00:00Z"); },
      [](auto&, auto& entries) { entries[5].kind = "dose_given"; },
      [](auto&, auto& entries) { entries[5].key = "k55"; },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Altered altered{*from_, changes[i]};
    EXPECT_FALSE(to_->restore_from(altered)) << "change " << i;
    EXPECT_EQ(*to_->head(), Head{}) << "change " << i;
    EXPECT_TRUE(all_entries(*to_).empty()) << "change " << i;
  }
  EXPECT_TRUE(to_->restore_from(*from_)) << "a refused copy leaves nothing in the way";
}

std::vector<std::pair<Kind, Kind>> pairs() {
  std::vector<std::pair<Kind, Kind>> all;
  for (const Kind& from : kinds()) {
    for (const Kind& to : kinds()) all.push_back({from, to});
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(All, Move, testing::ValuesIn(pairs()),
                         [](const testing::TestParamInfo<std::pair<Kind, Kind>>& each) {
                           return each.param.first.name + "_to_" + each.param.second.name;
                         });

}  // namespace
}  // namespace evenkeel::store
