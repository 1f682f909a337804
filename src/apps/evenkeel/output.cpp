#include "apps/evenkeel/output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <iostream>

namespace evenkeel::app {
namespace {

constexpr int bar_width = 40;

volatile std::sig_atomic_t stop_asked = 0;

}  // namespace

Output::Output(std::string file) : file_(std::move(file)) {
  if (!file_.empty()) out_.open(part(), std::ios::binary | std::ios::trunc);
}

Output::~Output() {
  if (file_.empty() || finished_) return;
  out_.close();
  std::error_code ignored;
  std::filesystem::remove(part(), ignored);
}

std::ostream& Output::stream() {
  return file_.empty() ? std::cout : static_cast<std::ostream&>(out_);
}

Status Output::finish() {
  if (file_.empty()) {
    std::cout.flush();
    if (std::cout) return done;
    complain({ErrorCode::storage, "standard output", "could not be written"});
    return storage_failed;
  }
  out_.close();
  std::error_code error;
  if (out_) std::filesystem::rename(part(), file_, error);
  finished_ = out_ && !error;
  if (finished_) return done;
  complain({ErrorCode::storage, file_, "could not be written"});
  return storage_failed;
}

Progress::Progress(std::string what)
    : what_(std::move(what)),
      on_terminal_(isatty(STDERR_FILENO) != 0),
      started_(Clock::now()),
      last_(started_) {}

Progress::~Progress() {
  if (shown_) std::cerr << "\r\033[K";
}

void Progress::show(std::size_t done, std::size_t total) {
  const auto now = Clock::now();
  if (!on_terminal_ || now - started_ < std::chrono::seconds{2} ||
      now - last_ < std::chrono::milliseconds{100})
    return;
  last_ = now;
  shown_ = true;
  if (total == 0) {
    std::cerr << fmt::format("\r{} {}", done, what_);
    return;
  }
  const double share = static_cast<double>(std::min(done, total)) / static_cast<double>(total);
  const auto full = static_cast<std::size_t>(share * bar_width);
  std::cerr << fmt::format("\r[{:<{}}] {:3.0f} % of {} {}", std::string(full, '='), bar_width, share * 100.0,
                           total, what_);
}

void say_caveats(const std::string& of, const std::vector<std::string>& caveats) {
  for (const std::string& caveat : caveats) std::cerr << "evenkeel: " << of << ": " << caveat << '\n';
}

bool asked_to_stop() {
  static const bool listening = [] {
    std::signal(SIGINT, [](int) { stop_asked = 1; });
    return true;
  }();
  return listening && stop_asked != 0;
}

}  // namespace evenkeel::app
