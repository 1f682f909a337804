// A program that writes to a log until it is killed, and says after each append that it was acknowledged.
//
//   store_driver LOG THREADS ROUND    prints "<stream> <key>" for each acknowledged append
//   store_driver LOG open             opens the log once; prints the error, or "open"
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "support.hpp"

namespace evenkeel::store::test {
namespace {

// One write of a short line to a pipe is whole or not at all, also when the process is killed.
void say(const std::string& line) {
  if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) std::_Exit(3);
}

void append_for_ever(EventLog& log, const std::string& stream, const std::string& round) {
  std::uint64_t version = log.read(patient(stream), 0, nurse())->size();
  for (int i = 0;; ++i) {
    const std::string key = round + "-" + std::to_string(i);
    const auto done = log.append(one(patient(stream), version, key, std::string(200, 'x') + key), nurse());
    if (!done) {
      std::cerr << to_string(done.error()) << "\n";
      std::_Exit(2);
    }
    version = done->version;
    say(stream + " " + key + "\n");
  }
}

int run(const std::string& file, const std::string& threads, const std::string& round) {
  SqliteOptions options;
  options.create = true;
  auto log = open_sqlite(file, options);
  if (!log || threads == "open") {
    say(log ? "open\n" : to_string(log.error()) + "\n");
    return log ? 0 : 1;
  }
  say("ready\n");
  std::vector<std::thread> writers;
  for (int i = 0; i < std::stoi(threads); ++i) {
    writers.emplace_back([&, i] { append_for_ever(**log, "s" + std::to_string(i), round); });
  }
  for (auto& writer : writers) writer.join();
  return 0;
}

}  // namespace
}  // namespace evenkeel::store::test

int main(int count, char** words) {
  if (count < 3) return 64;
  return evenkeel::store::test::run(words[1], words[2], count > 3 ? words[3] : "");
}
