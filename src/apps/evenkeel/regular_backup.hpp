// Backups of a store that is being served: one when the server starts, then one every so many hours. No other
// program can make one meanwhile, for a folder store belongs to one process.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "base/instant.hpp"
#include "store/event_log.hpp"

namespace evenkeel::app {

class RegularBackup {
 public:
  // Into `folder`, as evenkeel-<moment>.db; nothing there is ever deleted. Complains where one fails, and
  // tries again at its next time. Without a folder it does nothing.
  RegularBackup(store::EventLog& log, std::filesystem::path folder, double every_h, Instant (*now)());
  ~RegularBackup();
  RegularBackup(const RegularBackup&) = delete;
  RegularBackup& operator=(const RegularBackup&) = delete;

 private:
  void make_one();
  void go_on(double every_h);

  store::EventLog& log_;
  const std::filesystem::path folder_;
  Instant (*const now_)();
  std::mutex mutex_;
  std::condition_variable ending_;
  bool over_ = false;
  std::thread thread_;
};

}  // namespace evenkeel::app
