// Records that are being worked with, kept in memory: who opens one again reads only what was written since.
//
// Each opening is audited by the log all the same. Bounded by what is in them; the one not asked for longest
// goes first. Safe to use from any thread: a chart that was given out never changes.
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
  // `most_events`: of all charts that are kept, about 1.1 kB each. A thousand courses of a year: who needs
  // somebody is asked of all patients, and charts that are not kept are read anew for it.
  explicit Charts(store::EventLog& log, std::size_t most_events = 400'000)
      : log_(&log), most_events_(most_events) {}

  // As it stands now. Errors: not_permitted, not_found, those of clinic::follow.
  [[nodiscard]] Result<SharedChart> open(const std::string& patient, const clinic::Person& who);
  // At this version or a later one: what is in memory already is not read again. For lists that name no more
  // of a record than its state, which were audited as a search.
  [[nodiscard]] Result<SharedChart> at_least(const std::string& patient, std::uint64_t version,
                                             const clinic::Person& itself);
  // For who writes such a body, whether or not they may read.
  [[nodiscard]] Result<SharedChart> open_to_write(const std::string& patient, const care::Body& body,
                                                  const clinic::Person& who);
  // As it stands in memory, if it is there; for who goes through all of them.
  [[nodiscard]] SharedChart in_memory(const std::string& patient);
  // A chart that has moved on: kept in place of an older one.
  void keep(SharedChart chart);

 private:
  struct Kept {
    SharedChart chart;
    std::list<std::string>::iterator place;
  };
  [[nodiscard]] SharedChart known(const std::string& patient);
  void keep_within_bounds();
  [[nodiscard]] Result<SharedChart> as_of_now(const std::string& patient, const clinic::Person& who);

  store::EventLog* log_;
  const std::size_t most_events_;
  std::mutex mutex_;
  std::map<std::string, Kept> by_patient_;
  std::list<std::string> latest_first_;
  std::size_t events_ = 0;
};

}  // namespace evenkeel::server
