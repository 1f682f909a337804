// For each patient the few lines that a list needs: the level, the findings that count, what is due.
//
// Made from an assessment when the record has moved on or the summary has grown old, and kept. The server
// reads the records in its own name for it (audited once for each version); who gets to see it is the
// caller's business. Safe to use from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "assess/library.hpp"
#include "server/charts.hpp"

namespace evenkeel::server {

struct Summary {
  struct Sign {
    std::string rule;
    std::string title;
    int level = 0;
  };
  struct DueItem {
    std::string what;
    Instant due;
  };
  std::string patient;
  std::uint64_t version = 0;
  Instant as_of;
  int level = 0;
  std::string action;  // the first that the level asks for; or empty
  std::string by_role;
  std::optional<Instant> look_by;
  std::vector<Sign> signs;
  std::vector<DueItem> due;  // due or overdue, the oldest first
};

class Summaries {
 public:
  Summaries(store::EventLog& log, const assess::Library& library, Charts& charts)
      : log_(&log), library_(&library), charts_(&charts) {}

  // Of every patient the store has, by id. `itself` reads. A record that cannot be read has none: verify says
  // what is wrong with it.
  [[nodiscard]] Result<std::vector<std::shared_ptr<const Summary>>> all(const clinic::Person& itself);

  static constexpr Duration fresh = 10.0 * units::min;

 private:
  [[nodiscard]] std::shared_ptr<const Summary> known(const std::string& patient, std::uint64_t version,
                                                     Instant now);

  store::EventLog* log_;
  const assess::Library* library_;
  Charts* charts_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const Summary>> by_patient_;
};

}  // namespace evenkeel::server
