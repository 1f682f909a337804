#include "http/feed.hpp"

#include <algorithm>

namespace evenkeel::http {
namespace {

class FeedSink final : public Sink {
 public:
  explicit FeedSink(std::shared_ptr<Feed> feed) : feed_(std::move(feed)) {}
  ~FeedSink() override { feed_->end(); }
  FeedSink(const FeedSink&) = delete;
  FeedSink& operator=(const FeedSink&) = delete;

  bool send(std::string text) override { return feed_->send(text); }
  void close() override { feed_->end(); }

 private:
  std::shared_ptr<Feed> feed_;
};

}  // namespace

bool Feed::send(std::string_view text) {
  const std::lock_guard lock(mutex_);
  if (ended_) return false;
  if (text.size() > most_ - std::min(most_, taken_ + waiting_.size())) {
    ended_ = overflow_ = true;
    notified_ = false;  // also while something is being written
  } else {
    waiting_ += text;
  }
  notify();
  return !overflow_;
}

void Feed::end() {
  const std::lock_guard lock(mutex_);
  if (ended_) return;
  ended_ = true;
  notify();
}

void Feed::detach() {
  const std::lock_guard lock(mutex_);
  ended_ = true;
  wake_ = nullptr;
}

Feed::Part Feed::take() {
  const std::lock_guard lock(mutex_);
  notified_ = false;
  taken_ = waiting_.size();
  return {std::exchange(waiting_, {}), ended_};
}

bool Feed::overflowed() {
  const std::lock_guard lock(mutex_);
  return overflow_;
}

void Feed::notify() {
  if (notified_ || !wake_) return;
  notified_ = true;
  wake_();
}

std::shared_ptr<Sink> sink_of(std::shared_ptr<Feed> feed) {
  return std::make_shared<FeedSink>(std::move(feed));
}

}  // namespace evenkeel::http
