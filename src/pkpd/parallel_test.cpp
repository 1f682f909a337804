#include "pkpd/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

namespace evenkeel::pkpd {
namespace {

// Pieces whose making takes very different time are still taken in order, each once, whole.
TEST(InOrder, TakesWhatWasMadeInOrderWhateverTheThreads) {
  constexpr std::size_t count = 500;
  constexpr std::size_t ahead = 5;
  for (const int threads : {1, 2, 0}) {
    std::vector<std::size_t> place(ahead, count);
    std::vector<std::size_t> taken;
    std::atomic<std::size_t> held = 0;
    std::atomic<std::size_t> most = 0;
    in_order({.threads = threads,
              .count = count,
              .ahead = ahead,
              .make =
                  [&](std::size_t i) {
                    const std::size_t now = ++held;
                    if (now > most) most = now;
                    std::size_t turns = 0;
                    for (std::size_t k = 0; k < (i * 7919) % 3000; ++k) turns += k % 3;
                    place[i % ahead] = i + 0 * turns;
                  },
              .take =
                  [&](std::size_t i) {
                    EXPECT_EQ(place[i % ahead], i);
                    taken.push_back(i);
                    --held;
                    return true;
                  }});
    ASSERT_EQ(taken.size(), count) << threads << " threads";
    for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(taken[i], i);
    EXPECT_LE(most, ahead);
  }
}

TEST(InOrder, StopsWhenToldAndTakesNothingMore) {
  std::size_t taken = 0;
  std::atomic<std::size_t> made = 0;
  in_order({.threads = 2,
            .count = 1000,
            .ahead = 4,
            .make = [&](std::size_t) { ++made; },
            .take = [&](std::size_t i) { return ++taken, i < 9; }});
  EXPECT_EQ(taken, 10U);
  EXPECT_LE(made, 14U);
}

TEST(InOrder, OfNothingIsNothing) {
  in_order({.threads = 2,
            .count = 0,
            .ahead = 4,
            .make = [](std::size_t) { FAIL(); },
            .take = [](std::size_t) { return false; }});
}

}  // namespace
}  // namespace evenkeel::pkpd
