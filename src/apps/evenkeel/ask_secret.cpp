#include "apps/evenkeel/ask_secret.hpp"

#include <termios.h>
#include <unistd.h>

#include <iostream>

namespace evenkeel::app {
namespace {

constexpr std::size_t longest = 1000;
constexpr char cancel = 3;  // Ctrl-C

bool on_terminal() {
  return ::isatty(STDIN_FILENO) == 1;
}

// What is typed is not shown while this stands. Ctrl-C ends the line instead of the program: a program that
// ends here would leave a terminal that shows nothing.
class Unseen {
 public:
  Unseen() : is_set_(on_terminal() && ::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!is_set_) return;
    termios hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
    hidden.c_cc[VEOL] = cancel;
    is_set_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
  }
  ~Unseen() {
    if (!is_set_) return;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    std::cerr << '\n';
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  termios before_{};
  bool is_set_;
};

// Byte by byte, so that no buffer keeps it.
Result<clinic::Secret> next_line() {
  std::string line;
  line.reserve(longest + 1);
  const auto refuse = [&line](const char* why) {
    clinic::wipe(line);
    return Error{ErrorCode::invalid_input, "standard input", why};
  };
  char c = 0;
  while (true) {
    const ssize_t got = ::read(STDIN_FILENO, &c, 1);
    if (got <= 0 && line.empty()) return refuse("has no line left where one is needed");
    if (got <= 0 || c == '\n') break;
    if (c == cancel) return refuse("cancelled");
    if (line.size() >= longest) return refuse("a line of more than 1000 bytes");
    line += c;
  }
  if (line.ends_with('\r')) line.pop_back();
  return clinic::Secret{std::move(line)};
}

void show(const std::string& prompt) {
  if (on_terminal()) std::cerr << prompt << ": " << std::flush;
}

}  // namespace

Result<clinic::Secret> ask_secret(const std::string& prompt) {
  const Unseen unseen;
  show(prompt);
  return next_line();
}

Result<clinic::Secret> ask_new_secret(const std::string& prompt) {
  while (true) {
    auto first = ask_secret(prompt);
    if (!first || !on_terminal()) return first;
    const auto again = ask_secret(prompt + ", again");
    if (!again) return again.error();
    if (again->view() == first->view()) return first;
    std::cerr << "The two differ. Once more.\n";
  }
}

Result<std::string> ask_line(const std::string& prompt) {
  show(prompt);
  const auto line = next_line();
  if (!line) return line.error();
  return std::string{line->view()};
}

}  // namespace evenkeel::app
