// What happens, told to every page that is open: which record moved on, never what was written.
//
// Each message has a number that rises. Who lost the connection says the last number they had and gets those
// after it, or, where they are no longer kept, is told to read everything again. Safe from any thread.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "server/http_words.hpp"

namespace evenkeel::server {

struct Moved {
  std::string patient;
  std::uint64_t version = 0;
  std::string kind;
  Instant at;
};

// What a page may be told of a patient now; `over`: they are no longer signed in, or locked.
enum class Sight : std::uint8_t { no, yes, over };

class Live {
 public:
  using MaySee = std::function<Sight(const std::string& patient)>;

  // Numbers rise from the one after `before_first`. Each server begins elsewhere, so that what somebody saw
  // of the one before it is not taken for a number of its own.
  explicit Live(std::uint64_t before_first = 0) : number_(before_first) {}
  [[nodiscard]] static std::uint64_t anywhere();

  void tell(const Moved& moved);
  // `sign_in` is SignIn::id: end() closes what it opened.
  void follow(std::shared_ptr<Sink> sink, std::string sign_in, MaySee may_see,
              std::optional<std::uint64_t> last_seen, Instant now);
  void end(const std::string& sign_in);

  static constexpr std::size_t kept = 4096;

 private:
  struct Message {
    std::uint64_t number = 0;
    std::string patient;
    std::string text;
  };
  struct Reader {
    std::shared_ptr<Sink> sink;
    std::string sign_in;
    MaySee may_see;
  };
  [[nodiscard]] std::string missed_by(std::uint64_t last_seen, const MaySee& may_see) const;
  static bool told(Reader& reader, const Message& message);

  std::mutex mutex_;
  std::uint64_t number_;
  std::deque<Message> messages_;
  std::vector<Reader> readers_;
};

// That the connection stands, and the server's clock: what was entered without it is dated by that.
[[nodiscard]] std::string beat_text(Instant now);

}  // namespace evenkeel::server
