// Records that are being worked with, kept in memory: who opens one again reads only what was written since.
//
// Each opening is audited by the log all the same. Bounded; the one not asked for longest goes first. Safe to
// use from any thread: a chart that was given out never changes.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "clinic/chart.hpp"

namespace evenkeel::server {

using SharedChart = std::shared_ptr<const clinic::Chart>;

class Charts {
 public:
  explicit Charts(store::EventLog& log) : log_(&log) {}

  // As it stands now. Errors: not_permitted, not_found, those of clinic::follow.
  [[nodiscard]] Result<SharedChart> open(const std::string& patient, const clinic::Person& who);
  // At this version or a later one: what is in memory already is not read again. For lists that name no more
  // of a record than its state, which were audited as a search.
  [[nodiscard]] Result<SharedChart> at_least(const std::string& patient, std::uint64_t version,
                                             const clinic::Person& itself);
  // For who writes such a body, whether or not they may read.
  [[nodiscard]] Result<SharedChart> open_to_write(const std::string& patient, const care::Body& body,
                                                  const clinic::Person& who);
  // A chart that has moved on: kept in place of an older one.
  void keep(SharedChart chart);

  static constexpr std::size_t most = 1'000;

 private:
  struct Kept {
    SharedChart chart;
    std::list<std::string>::iterator place;
  };
  [[nodiscard]] SharedChart known(const std::string& patient);
  [[nodiscard]] Result<SharedChart> as_of_now(const std::string& patient, const clinic::Person& who);

  store::EventLog* log_;
  std::mutex mutex_;
  std::map<std::string, Kept> by_patient_;
  std::list<std::string> latest_first_;
};

}  // namespace evenkeel::server
