// The expected curves of sessions that go on: made once, and again when something is entered that moves them.
// Each page of a session reads its curve with every vital sign, and making one takes some 20 ms.
//
// Bounded; the one kept longest goes first. Safe to use from any thread.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "clinic/chart.hpp"

namespace evenkeel::server {

class Curves {
 public:
  struct Curve {
    std::string text;
    std::optional<Instant> until;  // from then on it is to be made anew; none: it stands
  };

  // As it was kept, if it is still what would be made of this chart now.
  [[nodiscard]] std::optional<std::string> of(const clinic::Chart& chart, const std::string& session,
                                              Instant now);
  // Of an infusion that has begun, as made from this chart now. One that is only planned begins at every
  // moment anew and is not kept.
  void keep(const clinic::Chart& chart, const std::string& session, Curve curve, Instant now);

  static constexpr std::size_t most = 500;

 private:
  struct Kept {
    std::uint64_t version = 0;  // of the record
    Curve curve;
  };
  using Key = std::pair<std::string, std::string>;  // patient, session

  std::mutex mutex_;
  std::map<Key, Kept> by_session_;
  std::deque<Key> oldest_first_;
};

}  // namespace evenkeel::server
