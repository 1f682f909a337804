// A client in a process of its own, to be killed: appends keys name/0, name/1, ... to one stream, reading it
// again where it has moved, and prints each key once it is acknowledged.
//
//   evenkeel_store_client CONNINFO SCHEMA NAME COUNT
#include <cstdio>
#include <cstdlib>
#include <string>

#include "store/postgres_log.hpp"

int main(int argc, char** argv) {
  using namespace evenkeel;
  using namespace evenkeel::store;
  if (argc != 5) return 2;
  PostgresOptions options;
  options.schema = argv[2];
  const auto log = open_postgres(argv[1], options);
  if (!log) {
    std::fprintf(stderr, "%s\n", to_string(log.error()).c_str());
    return 1;
  }
  const Request who{argv[3], "nurse", "", *Instant::parse("2026-03-02T09:00:00Z")};
  const StreamName stream{StreamKind::patient, "processes"};
  std::uint64_t version = 0;
  for (int n = 0; n < std::atoi(argv[4]);) {
    const std::string key = std::string{argv[3]} + "/" + std::to_string(n);
    const auto done = (*log)->append({stream, version, {{key, "vitals", who.at, key}}}, who);
    if (done) {
      version = done->version;
      std::printf("%s\n", key.c_str());
      std::fflush(stdout);
      ++n;
    } else if (done.error().code == ErrorCode::stale) {
      const auto entries = (*log)->read(stream, version, who);
      if (!entries) return 1;
      if (!entries->empty()) version = entries->back().version;
    } else {
      std::fprintf(stderr, "%s\n", to_string(done.error()).c_str());
      return 1;
    }
  }
  return 0;
}
