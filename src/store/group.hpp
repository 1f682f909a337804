// Group commit: what callers ask for while one group is being written is the next group.
//
// There is no thread of its own: one of the waiting callers writes for all of them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

namespace evenkeel::store {

template <class Ask>
class Group {
 public:
  struct Limits {
    std::size_t asks = 1;
    std::size_t weight = 1;            // in what `weigh` counts; one ask alone may exceed it
    std::chrono::microseconds gather;  // how long a group waits for as many as the last one had
  };
  using Write = std::function<void(const std::vector<Ask*>&)>;  // must not throw
  using Weigh = std::function<std::size_t(const Ask&)>;

  Group(Limits limits, Write write, Weigh weigh)
      : limits_(limits), write_(std::move(write)), weigh_(std::move(weigh)) {}

  // Returns when `ask` was written with its group.
  void take(Ask& ask) {
    std::unique_lock lock{mutex_};
    Waiting mine{&ask, false};
    waiting_.push_back(&mine);
    if (gathering_) gathered_.notify_one();
    while (true) {
      turn_.wait(lock, [&] { return mine.done || !busy_; });
      if (mine.done) return;
      busy_ = true;
      write_one_group(lock);
      busy_ = false;
      turn_.notify_all();
    }
  }

 private:
  struct Waiting {
    Ask* ask;
    bool done;
  };

  // Callers whose answers came together ask again together: without the wait the first of them would have a
  // group of its own, and the groups would be half as large as they could.
  void write_one_group(std::unique_lock<std::mutex>& lock) {
    if (last_size_ > 1 && limits_.gather.count() > 0) {
      gathering_ = true;
      const auto until = std::chrono::system_clock::now() + limits_.gather;
      gathered_.wait_until(lock, until, [&] { return waiting_.size() >= last_size_; });
      gathering_ = false;
    }
    std::vector<Waiting*> group;
    std::vector<Ask*> asks;
    std::size_t weight = 0;
    while (!waiting_.empty() && group.size() < limits_.asks) {
      weight += weigh_(*waiting_.front()->ask);
      if (!group.empty() && weight > limits_.weight) break;
      group.push_back(waiting_.front());
      asks.push_back(waiting_.front()->ask);
      waiting_.pop_front();
    }
    lock.unlock();
    write_(asks);
    lock.lock();
    for (Waiting* each : group) each->done = true;
    last_size_ = group.size();
  }

  const Limits limits_;
  const Write write_;
  const Weigh weigh_;
  std::mutex mutex_;
  std::condition_variable turn_;
  std::condition_variable gathered_;
  std::deque<Waiting*> waiting_;
  std::size_t last_size_ = 0;
  bool busy_ = false;
  bool gathering_ = false;
};

}  // namespace evenkeel::store
