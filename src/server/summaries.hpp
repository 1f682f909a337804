// For each patient the few lines that a list needs: visits and where they stand, the level, the findings that
// count, what is due.
//
// Kept, and made anew when the record has moved on or the summary has grown old. The server reads the records
// in its own name for it (audited once for each version); who gets to see it is the caller's business. Safe
// to use from any thread.
#pragma once

#include <chrono>
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

  [[nodiscard]] bool goes_on() const;  // a visit
};
using SharedSummary = std::shared_ptr<const Summary>;

// Every record with its version, as the log lists them.
using Versions = std::vector<std::pair<store::StreamName, std::uint64_t>>;

class Summaries {
 public:
  Summaries(const assess::Library& library, Charts& charts) : library_(&library), charts_(&charts) {}

  struct Seen {
    std::vector<SharedSummary> summaries;
    int unread = 0;  // records that cannot be read: verify says what is wrong with them
  };
  // Of these records, in their order. `itself` reads. Errors: storage, for who needs somebody must not be
  // missing from a list that looks whole.
  [[nodiscard]] Result<Seen> of(const Versions& records, const clinic::Person& itself);
  // Makes anew those that soon would be, the oldest first and for about so long, so that who asks for all of
  // them does not wait for it. Reads nothing from the log: what is not in memory waits until it is asked for.
  void keep_fresh(Instant now, std::chrono::milliseconds for_about);

  // How old one may be that is at its record's version: with a visit that goes on, and without.
  static constexpr Duration fresh_at_the_chair = 20.0 * units::s;
  static constexpr Duration fresh = 10.0 * units::min;
  // Vital signs alone move a record on every few minutes, and change nothing that an assessment lists at
  // once.
  static constexpr Duration assessed_again = 60.0 * units::s;

 private:
  // The oldest that are still good: for who asks, and by half for who keeps them fresh.
  struct Ages {
    double part = 1;
    [[nodiscard]] bool in_date(const Summary& summary, Instant now) const;
    [[nodiscard]] bool assessed_lately(const Summary& summary, Instant now) const;
  };
  [[nodiscard]] SharedSummary known(const std::string& patient);
  [[nodiscard]] std::vector<SharedSummary> ageing(Instant now);
  void keep(SharedSummary summary);
  [[nodiscard]] SharedSummary renewed(const SharedSummary& before, const clinic::Chart& chart, Instant now,
                                      Ages ages) const;

  const assess::Library* library_;
  Charts* charts_;
  std::mutex making_;  // one at a time: who waits for it finds what the other made
  std::mutex mutex_;
  std::map<std::string, SharedSummary> by_patient_;
};

}  // namespace evenkeel::server
