// For each patient the few lines that a list needs: visits and where they stand, the level, the findings that
// count, what is due.
//
// Kept, and made anew when the record has moved on or the summary has grown old. The server reads the records
// in its own name for it (audited once for each version); who gets to see it is the caller's business. Safe
// to use from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
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
  struct Visit {
    std::string session;
    Instant at;  // of the check-in, or of the start where there was none
    std::string place;
    std::string state;  // "checked_in", "infusing", ...
    bool over = false;
    bool hold_asked = false;
    bool stop_asked = false;
    std::optional<Instant> next_vitals_due;
    bool vitals_overdue = false;
  };
  std::string patient;
  std::uint64_t version = 0;
  Instant as_of;
  std::vector<Visit> visits;  // by time
  // From an assessment, made at `assessed`.
  Instant assessed;
  int level = 0;
  std::string action;  // the first that the level asks for; or empty
  std::string by_role;
  std::optional<Instant> look_by;
  std::vector<Sign> signs;
  std::vector<DueItem> due;  // due or overdue, the oldest first
};
using SharedSummary = std::shared_ptr<const Summary>;

// Every record with its version, as the log lists them.
using Versions = std::vector<std::pair<store::StreamName, std::uint64_t>>;

class Summaries {
 public:
  Summaries(const assess::Library& library, Charts& charts) : library_(&library), charts_(&charts) {}

  // Of these records, in their order. `itself` reads. A record that cannot be read has none: verify says what
  // is wrong with it.
  [[nodiscard]] std::vector<SharedSummary> of(const Versions& records, const clinic::Person& itself);

  // How old one may be that is at its record's version: with a visit that goes on, and without.
  static constexpr Duration fresh_at_the_chair = 20.0 * units::s;
  static constexpr Duration fresh = 10.0 * units::min;
  // Vital signs alone move a record on every few minutes, and change nothing that an assessment lists at
  // once.
  static constexpr Duration assessed_again = 60.0 * units::s;

 private:
  [[nodiscard]] SharedSummary known(const std::string& patient);
  [[nodiscard]] Summary renewed(const SharedSummary& before, const clinic::Chart& chart, Instant now) const;

  const assess::Library* library_;
  Charts* charts_;
  std::mutex mutex_;
  std::map<std::string, SharedSummary> by_patient_;
};

}  // namespace evenkeel::server
