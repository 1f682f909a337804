// What waits for the reader of one stream, between the threads that send and the one that writes.
// Safe to use from any thread.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "http/http.hpp"

namespace evenkeel::http {

class Feed {
 public:
  // `most` bytes may wait. `wake` is called, under the lock, when take() has something to find.
  Feed(std::size_t most, std::function<void()> wake) : most_(most), wake_(std::move(wake)) {}

  bool send(std::string_view text);
  // Nothing more is taken; what waits still goes out.
  void end();
  // As end(), and `wake` is never called again.
  void detach();

  struct Part {
    std::string text;
    bool ended = false;  // nothing comes after the text
  };
  // Whether something did not fit: its reader is too slow.
  [[nodiscard]] bool overflowed();
  // All that waits. It counts as waiting until the next take().
  [[nodiscard]] Part take();

 private:
  void notify();

  std::mutex mutex_;
  std::size_t most_, taken_ = 0;
  std::string waiting_;
  bool ended_ = false, overflow_ = false, notified_ = false;
  std::function<void()> wake_;
};

// The end that a handler holds.
[[nodiscard]] std::shared_ptr<Sink> sink_of(std::shared_ptr<Feed> feed);

}  // namespace evenkeel::http
