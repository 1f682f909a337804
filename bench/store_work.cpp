#include "store_work.hpp"

#include <libpq-fe.h>
#include <sqlite3.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

namespace evenkeel::bench {

namespace {

using Steady = std::chrono::steady_clock;

// Runs `append(client, n)` as the load says. The time is that of the slowest client.
template <class Append>
Rate run(const Load& load, Append append) {
  std::atomic<bool> go{false};
  std::atomic<std::uint64_t> done{0};
  std::atomic<bool> failed{false};
  Steady::time_point end;
  std::vector<std::thread> clients;
  for (int client = 0; client < load.clients; ++client) {
    clients.emplace_back([&, client] {
      while (!go) std::this_thread::yield();
      for (std::uint64_t n = 0; !failed; ++n) {
        const bool enough =
            load.appends_each > 0 ? n == std::uint64_t(load.appends_each) : Steady::now() >= end;
        if (enough) break;
        if (!append(client, n)) failed = true;
        ++done;
      }
    });
  }
  const auto start = Steady::now();
  end = start + load.length;
  go = true;
  for (std::thread& client : clients) client.join();
  if (failed) throw std::runtime_error("an append failed");
  return {done, std::chrono::duration<double>(Steady::now() - start).count()};
}

const Instant first_time = *Instant::parse("2026-03-02T09:00:00Z");

store::Request nurse() {
  return {"n.example", "nurse", "care", first_time};
}

void must(bool good, const char* what) {
  if (!good) throw std::runtime_error(what);
}

}  // namespace

std::string event_text(int client, std::uint64_t number) {
  return R"({"id":")" + std::to_string(client) + "-" + std::to_string(number) +
         R"(","kind":"vitals","at":"2026-03-02T09:10:00Z","by":"n.example","body":{"blood_pressure":)"
         R"({"systolic":128,"diastolic":79,"unit":"mm[Hg]"},"heart_rate":{"value":76,"unit":"/min"},)"
         R"("oxygen_saturation":{"value":98,"unit":"%"},"sedation":{"scale":"own words","score":2}}})";
}

Rate appends(store::EventLog& log, const Load& load) {
  std::vector<store::StreamName> streams;
  std::vector<std::uint64_t> versions;
  for (int client = 0; client < load.clients; ++client) {
    streams.push_back({store::StreamKind::patient, "client-" + std::to_string(client)});
    const auto entries = log.read(streams.back(), 0, nurse());
    must(entries.has_value(), "a stream could not be read");
    versions.push_back(entries->size());
  }
  return run(load, [&](int client, std::uint64_t) {
    std::uint64_t& version = versions[std::size_t(client)];
    const auto done =
        log.append({streams[std::size_t(client)],
                    version,
                    {{"k" + std::to_string(version), "vitals", first_time, event_text(client, version)}}},
                   nurse());
    if (done) version = done->version;
    return done.has_value();
  });
}

Rate plain_sqlite(const std::string& path, const Load& load) {
  sqlite3* opened = nullptr;
  must(sqlite3_open(path.c_str(), &opened) == SQLITE_OK, "SQLite does not open");
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database{opened, &sqlite3_close};
  must(sqlite3_exec(
           opened,
           "pragma journal_mode = wal; pragma synchronous = full; "
           "create table plain (client integer, number integer, text text, primary key (client, number))",
           nullptr, nullptr, nullptr) == SQLITE_OK,
       "SQLite makes no table");
  sqlite3_stmt* prepared = nullptr;
  must(sqlite3_prepare_v2(opened, "insert into plain values (?, ?, ?)", -1, &prepared, nullptr) == SQLITE_OK,
       "SQLite does not prepare");
  const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> insert{prepared, &sqlite3_finalize};
  std::mutex mutex;
  return run(load, [&](int client, std::uint64_t n) {
    const std::string text = event_text(client, n);
    const std::lock_guard lock{mutex};
    sqlite3_bind_int(prepared, 1, client);
    sqlite3_bind_int64(prepared, 2, static_cast<sqlite3_int64>(n));
    sqlite3_bind_text(prepared, 3, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    const bool done = sqlite3_step(prepared) == SQLITE_DONE;
    sqlite3_reset(prepared);
    return done;
  });
}

Rate plain_postgres(const std::string& conninfo, const Load& load) {
  using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;
  const auto done = [](PGresult* result) {
    const bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return good;
  };
  std::vector<Connection> connections;
  for (int client = 0; client < load.clients; ++client) {
    connections.emplace_back(PQconnectdb(conninfo.c_str()), &PQfinish);
    PGconn* connection = connections.back().get();
    must(done(PQexec(connection, "set synchronous_commit = on")), "PostgreSQL is not there");
    if (client == 0) {
      must(done(PQexec(
               connection,
               "create table plain (client bigint, number bigint, text text, primary key (client, number))")),
           "PostgreSQL makes no table");
    }
    must(done(PQprepare(connection, "insert", "insert into plain values ($1, $2, $3)", 0, nullptr)),
         "PostgreSQL does not prepare");
  }
  return run(load, [&](int client, std::uint64_t n) {
    const std::string text = event_text(client, n);
    const std::string who = std::to_string(client);
    const std::string number = std::to_string(n);
    const char* const values[] = {who.c_str(), number.c_str(), text.c_str()};
    return done(
        PQexecPrepared(connections[std::size_t(client)].get(), "insert", 3, values, nullptr, nullptr, 0));
  });
}

void fill(store::EventLog& log, int streams, int each, Instant last) {
  constexpr int piece = 5'000;
  for (int stream = 0; stream < streams; ++stream) {
    const store::StreamName name{store::StreamKind::patient, "patient-" + std::to_string(stream)};
    for (int from = 0; from < each; from += piece) {
      store::Append what{name, std::uint64_t(from), {}};
      for (int n = from; n < std::min(each, from + piece); ++n) {
        const Instant at{last.time() - std::chrono::hours{each - 1 - n} - std::chrono::seconds{stream}};
        what.entries.push_back({"k" + std::to_string(n),
                                (each - 1 - n) % 50 == 0 ? "session_started" : "vitals", at,
                                event_text(stream, std::uint64_t(n))});
      }
      const auto done = log.append(what, nurse());
      if (!done) throw std::runtime_error(to_string(done.error()));
    }
  }
}

double milliseconds_of(const std::function<void()>& work) {
  const auto start = Steady::now();
  work();
  return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

}  // namespace evenkeel::bench
