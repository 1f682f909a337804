// A text that is not to be found in memory once it is no longer needed: a password, a key.
//
// It is wiped where it ends and where it is moved from. It is not copied, compared, printed or logged; a
// text that it was made from is wiped as well when it is moved in. Not for sharing between threads.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace evenkeel::clinic {

// Overwrites the text's bytes and leaves it empty.
void wipe(std::string& text);

class Secret {
 public:
  Secret() = default;
  Secret(std::string&& text) noexcept : text_(std::move(text)) {
    wipe(text);
  }  // NOLINT: meant as a conversion
  Secret(Secret&& other) noexcept : Secret(std::move(other.text_)) {}
  Secret& operator=(Secret&& other) noexcept {
    if (this == &other) return *this;
    wipe(text_);
    text_ = std::move(other.text_);
    wipe(other.text_);  // a short text's bytes stay behind when it is moved
    return *this;
  }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { wipe(text_); }

  [[nodiscard]] bool empty() const { return text_.empty(); }
  // Stands as long as this does.
  [[nodiscard]] std::string_view view() const { return text_; }

 private:
  std::string text_;
};

// `size` random bytes, and `size` random characters of `alphabet` (at most 256, each as likely).
[[nodiscard]] Secret random_bytes(std::size_t size);
[[nodiscard]] std::string random_text(std::size_t size, std::string_view alphabet);

}  // namespace evenkeel::clinic
