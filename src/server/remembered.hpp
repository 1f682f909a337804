// Answers to writes, by their idempotency keys: the same request again gets the answer it had.
//
// Of two that arrive at once with one key, the second waits for the first. A failure is not remembered: who
// was refused may mend it and try again. What must happen once even over a restart has its key in the store
// as well. Safe to use from any thread.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "base/result.hpp"
#include "server/http_words.hpp"

namespace evenkeel::server {

class Remembered {
 public:
  // `key` names who asks and their key; `print` what was asked, so that a key is not used for something else.
  // Errors: invalid_input (where: "Idempotency-Key") for a key that stands for another request.
  [[nodiscard]] Result<Response> once(const std::string& key, const std::string& print,
                                      const std::function<Response()>& act);

  // Of the newest answers, however many: a page sends again within seconds.
  static constexpr std::size_t most_bytes = std::size_t{4} << 20;

 private:
  struct Kept {
    std::string print;
    bool done = false;
    Response answer;
  };
  struct Working;
  void finish(const std::string& key, const Response& answer);
  void keep_within_bounds();

  std::mutex mutex_;
  std::condition_variable finished_;
  std::map<std::string, Kept> by_key_;
  std::deque<std::string> in_order_;  // of those that are done
  std::size_t bytes_ = 0;
};

}  // namespace evenkeel::server
