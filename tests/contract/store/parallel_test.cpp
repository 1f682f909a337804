// Many clients at once: what servers get wrong under retry. Each test ends with the whole log verified.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "places.hpp"

namespace evenkeel::store {
namespace {

constexpr int clients = 16;

class ParallelClients : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    place_ = GetParam().make();
    auto opened = place_->open({});
    ASSERT_TRUE(opened) << to_string(opened.error());
    log_ = std::move(*opened);
  }

  template <class Work>
  static void in_parallel(int threads, Work work) {
    std::atomic<bool> go{false};
    std::vector<std::thread> running;
    for (int i = 0; i < threads; ++i) {
      running.emplace_back([&, i] {
        while (!go) std::this_thread::yield();
        work(i);
      });
    }
    go = true;
    for (std::thread& thread : running) thread.join();
  }

  std::unique_ptr<Place> place_;
  std::unique_ptr<EventLog> log_;
};

const StreamName shared = patient("shared");

// R5 R6
TEST_P(ParallelClients, ThatReadAndRetryLeaveOneVersionForEachSuccess) {
  constexpr int each = 12;
  std::atomic<int> stale{0};
  std::atomic<int> failed{0};
  in_parallel(clients, [&](int client) {
    std::uint64_t version = 0;
    for (int n = 0; n < each;) {
      const std::string key = std::to_string(client) + "/" + std::to_string(n);
      const auto done = log_->append(one(shared, version, key, key), nurse());
      if (done) {
        version = done->version;
        ++n;
      } else if (done.error().code == ErrorCode::stale) {
        ++stale;
        const auto entries = log_->read(shared, version, nurse());
        if (!entries || entries->empty()) ++failed;
        if (entries && !entries->empty()) version = entries->back().version;
      } else {
        ++failed;
        return;
      }
    }
  });
  EXPECT_EQ(failed, 0);
  EXPECT_GT(stale, 0) << "sixteen clients at one version must collide";
  const auto entries = log_->read(shared, 0, nurse());
  ASSERT_TRUE(entries);
  EXPECT_EQ(entries->size(), std::size_t{clients} * each);
  std::set<std::string> keys;
  for (const Entry& entry : *entries) keys.insert(entry.key);
  EXPECT_EQ(keys.size(), entries->size());
  expect_sound(*log_);
}

// A retry after a lost answer never doubles a dose. R6
TEST_P(ParallelClients, ThatSendTheSameDoseAtOnceGiveItOnce) {
  for (int round = 0; round < 10; ++round) {
    const StreamName stream = patient("dose" + std::to_string(round));
    std::atomic<int> first{0};
    std::atomic<int> repeated{0};
    in_parallel(clients, [&](int) {
      const auto done = log_->append(one(stream, 0, "dose-1", R"({"dose":"35 mg"})"), nurse());
      if (done && done->version == 1) ++(done->repeated ? repeated : first);
    });
    EXPECT_EQ(first, 1);
    EXPECT_EQ(repeated, clients - 1);
    EXPECT_EQ(log_->read(stream, 0, nurse())->size(), 1U);
  }
  expect_sound(*log_);
}

// The history of a version is linear: an append that began after another was answered stands behind it, and a
// read gives at least what was answered before it began and at most what was begun before it ended.
TEST_P(ParallelClients, SeeOneHistoryOfVersions) {
  constexpr int each = 40;
  std::atomic<std::uint64_t> answered{0};
  std::atomic<int> faults{0};
  const auto raise = [&](std::uint64_t version) {
    std::uint64_t seen = answered;
    while (seen < version && !answered.compare_exchange_weak(seen, version)) {
    }
  };
  in_parallel(clients, [&](int client) {
    for (int n = 0; n < each; ++n) {
      const std::uint64_t before = answered;
      if (client % 2 == 0) {
        const auto done =
            log_->append(one(shared, before, std::to_string(client) + "/" + std::to_string(n)), nurse());
        if (done && done->version <= before) ++faults;
        if (!done && done.error().code != ErrorCode::stale) ++faults;
        if (done) raise(done->version);
      } else {
        const auto entries = log_->read(shared, 0, nurse());
        if (!entries || entries->size() < before) ++faults;
        if (entries) {
          for (std::size_t i = 0; i < entries->size(); ++i) faults += (*entries)[i].version == i + 1 ? 0 : 1;
          raise(entries->size());  // what was read once may not go away
        }
      }
    }
  });
  EXPECT_EQ(faults, 0);
  EXPECT_GT(answered, 0U);
  EXPECT_EQ(log_->read(shared, 0, nurse())->size(), answered);
  expect_sound(*log_);
}

// R5
TEST_P(ParallelClients, ThatAreRefusedHarmNoneOfTheOthers) {
  std::atomic<int> kept{0};
  std::atomic<int> refused{0};
  in_parallel(clients, [&](int client) {
    for (int n = 0; n < 20; ++n) {
      const bool good = client % 2 == 0;
      const StreamName own = patient("p" + std::to_string(client));
      const auto done =
          log_->append(one(own, good ? std::uint64_t(n) : 99, "k" + std::to_string(n)), nurse());
      ++(done ? kept : refused);
    }
  });
  EXPECT_EQ(kept, clients / 2 * 20);
  EXPECT_EQ(refused, clients / 2 * 20);
  const auto audit = verified_audit(*log_);
  EXPECT_EQ(std::count_if(audit.begin(), audit.end(),
                          [](const AuditEntry& entry) { return entry.action == Action::refused; }),
            clients / 2 * 20);
  expect_sound(*log_);
}

// Through two logs of one database where its kind allows two.
TEST_P(ParallelClients, LeaveNothingForWhoFollowsThatIsMissedOrComesTwice) {
  constexpr int each = 25;
  auto second = place_->open({});
  EventLog& other = second ? **second : *log_;
  std::atomic<int> writing{clients};
  std::vector<Arrival> seen;
  std::uint64_t last = log_->arrived({}, 1)->last;
  const auto follow = [&] {
    const auto since = log_->arrived(last, 7);
    ASSERT_TRUE(since) << to_string(since.error());
    last = since->last;
    seen.insert(seen.end(), since->entries.begin(), since->entries.end());
  };
  in_parallel(clients + 1, [&](int client) {
    if (client == clients) {
      while (writing > 0) follow();
      return;
    }
    for (int n = 0; n < each; ++n)
      EXPECT_TRUE(
          (client % 2 == 0 ? *log_ : other)
              .append(one(patient(std::to_string(client)), static_cast<std::uint64_t>(n), std::to_string(n)),
                      nurse()));
    --writing;
  });
  for (std::size_t before = seen.size() + 1; before != seen.size();) {
    before = seen.size();
    follow();
  }
  ASSERT_EQ(seen.size(), std::size_t{clients} * each);
  std::map<std::string, std::uint64_t> versions;
  for (const Arrival& arrival : seen)
    EXPECT_EQ(arrival.version, ++versions[arrival.stream.id]) << arrival.stream.id;
}

INSTANTIATE_TEST_SUITE_P(All, ParallelClients, testing::ValuesIn(kinds()),
                         [](const testing::TestParamInfo<Kind>& each) { return each.param.name; });

}  // namespace
}  // namespace evenkeel::store
