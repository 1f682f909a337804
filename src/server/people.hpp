// The register of patients, kept in memory and read again when somebody was added or corrected.
// Safe to use from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "clinic/register.hpp"

namespace evenkeel::server {

class People {
 public:
  using All = std::map<std::string, clinic::Registered>;  // by id

  explicit People(store::EventLog& log) : log_(&log) {}

  // Everybody, as of now; nobody for a role that sees no names. Audited as a search.
  [[nodiscard]] Result<std::shared_ptr<const All>> all(const clinic::Person& who);
  // The names beside what was opened or listed: as of a few seconds ago, for that was audited already.
  [[nodiscard]] Result<std::shared_ptr<const All>> names(const clinic::Person& who);
  [[nodiscard]] Result<std::optional<clinic::Registered>> find(const std::string& patient,
                                                               const clinic::Person& who);

  // Somebody was added or put right: the next look reads.
  void moved_on();

  static constexpr Duration fresh = 10.0 * units::s;

 private:
  using Versions = std::vector<std::pair<store::StreamName, std::uint64_t>>;

  [[nodiscard]] std::uint64_t moves_so_far();

  store::EventLog* log_;
  std::mutex mutex_;
  Versions versions_;
  std::uint64_t moves_ = 0;         // a read that began before the last of them is no longer everybody
  std::optional<Instant> read_at_;  // when `all_` was last known to be everybody
  std::shared_ptr<const All> all_ = std::make_shared<const All>();
};

}  // namespace evenkeel::server
