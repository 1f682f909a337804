#include "apps/evenkeel/regular_backup.hpp"

#include <algorithm>
#include <chrono>

#include "apps/evenkeel/command.hpp"
#include "clinic/keeping.hpp"

namespace evenkeel::app {

RegularBackup::RegularBackup(store::EventLog& log, std::filesystem::path folder, double every_h,
                             Instant (*now)())
    : log_(log), folder_(std::move(folder)), now_(now) {
  if (!folder_.empty()) thread_ = std::thread{[this, every_h] { go_on(every_h); }};
}

RegularBackup::~RegularBackup() {
  {
    const std::lock_guard lock{mutex_};
    over_ = true;
  }
  ending_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void RegularBackup::make_one() {
  const Instant now = now_();
  std::string moment = now.to_string();
  std::ranges::replace(moment, ':', '-');
  const clinic::Person itself{"evenkeel-server", clinic::Role::administrator, now, "regular backup"};
  const auto made = clinic::back_up(log_, folder_ / ("evenkeel-" + moment + ".db"), itself);
  if (!made) complain(made.error());
}

void RegularBackup::go_on(double every_h) {
  std::unique_lock lock{mutex_};
  while (!over_) {
    lock.unlock();
    make_one();
    lock.lock();
    ending_.wait_for(lock, std::chrono::duration<double, std::ratio<3600>>{every_h},
                     [this] { return over_; });
  }
}

}  // namespace evenkeel::app
