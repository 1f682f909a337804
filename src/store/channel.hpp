// From one thread to another, at most so many at a time.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

namespace evenkeel::store {

template <class Item>
class Channel {
 public:
  explicit Channel(std::size_t most) : most_(most) {}

  // Waits for room. False when nobody takes any more.
  bool put(Item item) {
    std::unique_lock lock{mutex_};
    room_.wait(lock, [this] { return closed_ || items_.size() < most_; });
    if (closed_) return false;
    items_.push_back(std::move(item));
    there_.notify_one();
    return true;
  }

  // Waits for one. Nothing when it is closed and empty.
  std::optional<Item> take() {
    std::unique_lock lock{mutex_};
    there_.wait(lock, [this] { return closed_ || !items_.empty(); });
    if (items_.empty()) return std::nullopt;
    Item item = std::move(items_.front());
    items_.pop_front();
    room_.notify_one();
    return item;
  }

  void close() {
    const std::lock_guard lock{mutex_};
    closed_ = true;
    room_.notify_all();
    there_.notify_all();
  }

 private:
  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable there_;
  std::deque<Item> items_;
  bool closed_ = false;
};

}  // namespace evenkeel::store
