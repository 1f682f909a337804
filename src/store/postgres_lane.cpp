#include "store/postgres_lane.hpp"

#include <fmt/format.h>

#include <thread>

namespace evenkeel::store {

namespace {

constexpr auto pause = std::chrono::milliseconds{50};  // between two attempts to connect
constexpr std::size_t most_batch_bytes = 16'777'216;

std::size_t weight_of(const Ask& ask) {
  std::size_t bytes = 0;
  if (ask.append == nullptr) return bytes;
  for (const NewEntry& entry : ask.append->entries) bytes += entry.text.size();
  return bytes;
}

// A fault of the values themselves (SQLSTATE classes 22 and 23) or of the transaction's size: another ask's
// values may be good.
bool is_about_values(const Fault& fault) {
  const std::string kind = fault.state.substr(0, 2);
  return kind == "22" || kind == "23" || kind == "54";
}

void fail(const std::vector<Ask*>& asks, const Error& error) {
  for (Ask* ask : asks) {
    ask->answer.reset();
    ask->failed = error;
  }
}

Error lost(const ConnectionSettings& settings, const Fault& fault, bool fate_unknown) {
  const char* kept = fate_unknown ? "whether it was kept is not known" : "nothing of it was kept";
  return Error{
      ErrorCode::storage, "postgresql",
      fmt::format("the server was lost and did not come back within {} ms ({}); {}: send it again with "
                  "the same key, it is not doubled",
                  settings.patience.count(), fault.what, kept)};
}

}  // namespace

Lane::Lane(Settings settings, std::optional<Connection> opened)
    : settings_(std::move(settings)),
      connection_(std::move(opened)),
      group_(
          {settings_.limits.asks, most_batch_bytes, settings_.limits.gather},
          [this](const std::vector<Ask*>& asks) { write(asks); }, weight_of) {}

std::optional<Fault> Lane::connect(Deadline until) {
  while (!connection_) {
    auto opened = Connection::open(settings_.connection);
    if (opened) {
      connection_ = std::move(*opened);
      break;
    }
    if (std::chrono::steady_clock::now() + pause > until) return opened.error();
    std::this_thread::sleep_for(pause);
  }
  return std::nullopt;
}

// One try. After a lost COMMIT the chain's head tells whether everything or nothing was kept.
std::optional<Fault> Lane::attempt(const std::vector<Ask*>& asks, Sent& sent) {
  if (sent.commit) {
    const auto committed = was_committed(*connection_, sent.head);
    if (!committed) return committed.error();
    if (*committed) return std::nullopt;
    sent = {};
  }
  const auto written = write_batch(*connection_, asks, settings_.clock, sent);
  return written ? std::nullopt : std::optional<Fault>{written.error()};
}

void Lane::write(const std::vector<Ask*>& asks) {
  const Deadline until = std::chrono::steady_clock::now() + settings_.connection.patience;
  Sent sent;
  while (true) {
    if (const auto fault = connect(until)) {
      fail(asks, lost(settings_.connection, *fault, sent.commit));
      return;
    }
    const auto fault = attempt(asks, sent);
    if (!fault) return;
    if (!fault->lost) {
      sent = {};
      if (!connection_->command("rollback")) connection_.reset();
      if (asks.size() > 1 && is_about_values(*fault)) {
        one_by_one(asks, *fault);
      } else {
        fail(asks, fault->error("postgresql"));
      }
      return;
    }
    connection_.reset();
    if (std::chrono::steady_clock::now() > until) {
      fail(asks, lost(settings_.connection, *fault, sent.commit));
      return;
    }
  }
}

void Lane::one_by_one(const std::vector<Ask*>& asks, const Fault& fault) {
  for (Ask* ask : asks) {
    if (!connection_) {
      fail({ask}, fault.error("postgresql"));
      continue;
    }
    write({ask});
  }
}

}  // namespace evenkeel::store
