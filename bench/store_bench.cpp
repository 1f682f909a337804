// Measures the works of store_work.hpp and prints a table: rates, and how many times one commit per event.
//
//   evenkeel_store_bench [SECONDS_EACH]      directory: TMPDIR; the disk under it is what is measured
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "store/postgres_log.hpp"
#include "store/sqlite_log.hpp"
#include "store_work.hpp"
#include "support/postgres_server.hpp"

namespace evenkeel::bench {
namespace {

namespace fs = std::filesystem;

const store::Request who{"n.example", "nurse", "", *Instant::parse("2026-03-02T09:00:00Z")};

std::unique_ptr<store::EventLog> must(Result<std::unique_ptr<store::EventLog>> opened) {
  if (!opened) throw std::runtime_error(to_string(opened.error()));
  return std::move(*opened);
}

std::unique_ptr<store::EventLog> postgres(const std::string& schema, std::size_t batch = 256) {
  store::PostgresOptions options;
  options.create = true;
  options.schema = schema;
  options.batch = batch;
  return must(store::open_postgres(test::PostgresServer::shared().conninfo(), options));
}

void print(const char* store, int clients, const Rate& plain, const Rate& log) {
  fmt::print("| {} | {} | {:.0f} | {:.0f} | {:.1f} |\n", store, clients, plain.per_second(), log.per_second(),
             log.per_second() / plain.per_second());
  std::fflush(stdout);
}

void rates_postgres(std::chrono::milliseconds length) {
  auto& server = test::PostgresServer::shared();
  for (const int clients : {1, 16, 64}) {
    const Load load{clients, 0, length};
    const Rate plain = plain_postgres(server.conninfo(), load);
    server.run_sql("drop table plain");
    const std::string schema = "log_" + std::to_string(clients);
    const Rate log = appends(*postgres(schema), load);
    print("PostgreSQL, rows without a chain", clients, plain, log);
    const Rate alone = appends(*postgres(schema + "_alone", 1), load);
    print("PostgreSQL, the log itself", clients, alone, log);
  }
}

// A folder that ends with the run.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / fmt::format("evenkeel-bench-{}", getpid())) {
    fs::create_directory(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] fs::path file(const std::string& name) const { return path_ / name; }

 private:
  fs::path path_;
};

std::unique_ptr<store::EventLog> sqlite(const fs::path& file, std::size_t batch = 256) {
  store::SqliteOptions options;
  options.create = true;
  options.batch = batch;
  return must(store::open_sqlite(file, options));
}

void rates_sqlite(const Folder& folder, std::chrono::milliseconds length) {
  for (const int clients : {1, 16, 64}) {
    const Load load{clients, 0, length};
    const std::string name = std::to_string(clients);
    const Rate plain = plain_sqlite(folder.file("plain-" + name).string(), load);
    const Rate log = appends(*sqlite(folder.file("log-" + name)), load);
    print("SQLite, rows without a chain", clients, plain, log);
    const Rate alone = appends(*sqlite(folder.file("alone-" + name), 1), load);
    print("SQLite, the log itself", clients, alone, log);
  }
}

void large(const char* name, const std::function<std::unique_ptr<store::EventLog>()>& open) {
  const Instant today = *Instant::parse("2026-11-28T00:00:00Z");
  const Instant last = *Instant::parse("2026-11-28T18:00:00Z");
  if (const auto log = open(); log->streams(store::StreamKind::patient, who)->size() < 200) {
    fill(*log, 200, 5'000, last);
  }
  std::unique_ptr<store::EventLog> log;
  const double open_ms = milliseconds_of([&] { log = open(); });
  std::size_t found = 0;
  const auto find = [&] {
    found = log->find(store::StreamKind::patient, "session_started", today, last + Duration{}, 1'000, who)
                ->size();
  };
  const double first_ms = milliseconds_of(find);
  const double again_ms = milliseconds_of(find);
  std::size_t entries = 0;
  const auto read = [&] { entries = log->read({store::StreamKind::patient, "patient-7"}, 0, who)->size(); };
  read();
  const double read_ms = milliseconds_of(read);
  fmt::print("| {} | {:.1f} | {:.1f} | {:.1f} | {} | {:.1f} | {} |\n", name, open_ms, first_ms, again_ms,
             found, read_ms, entries);
  std::fflush(stdout);
}

void run(std::chrono::milliseconds length) {
  fmt::print(
      "| store | clients | one commit per event, /s | group commit, /s | ratio |\n|---|---|---|---|---|\n");
  const Folder folder;
  rates_sqlite(folder, length);
  rates_postgres(length);
  fmt::print(
      "\n| a million entries | open, ms | today's sessions, ms | again, ms | found | read a stream, ms | "
      "entries |\n|---|---|---|---|---|---|---|\n");
  large("SQLite", [&] { return sqlite(folder.file("million")); });
  large("PostgreSQL", [] { return postgres("million"); });
}

}  // namespace
}  // namespace evenkeel::bench

int main(int argc, char** argv) {
  try {
    evenkeel::bench::run(std::chrono::milliseconds{argc > 1 ? 1'000 * std::atoi(argv[1]) : 3'000});
    return 0;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 1;
  }
}
