// A store of its own for each test, on disk, and what its audit says. For tests of the clinic layer.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "clinic/chart.hpp"
#include "clinic/kept_append.hpp"
#include "clinic/person.hpp"
#include "store/sqlite_log.hpp"
#include "store/verify.hpp"

namespace evenkeel::clinic {

inline Instant moment(const char* text) {
  return *Instant::parse(text);
}

class ClinicStore : public testing::Test {
 protected:
  ClinicStore() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path{testing::TempDir()} /
              ("evenkeel-" + std::to_string(::getpid()) + "-" + test->test_suite_name() + "-" + test->name());
    std::filesystem::create_directories(folder_);
    store::SqliteOptions how;
    how.create = true;
    log_ = *store::open_sqlite(folder_ / "evenkeel.db", how);
  }
  ~ClinicStore() override {
    log_.reset();
    std::filesystem::remove_all(folder_);
  }

  // A record with its first event, past the desk that would hold it against the protocol.
  [[nodiscard]] Result<Written> begin_chart(const std::string& patient, const Entered& entered,
                                            const Person& who) const {
    auto chart = nothing_yet<RecordForm>(patient);
    return write(*log_, chart, entered, who);
  }

  [[nodiscard]] std::size_t audited(store::Action action) const {
    std::size_t count = 0;
    const auto walked = log_->each_audit([&](const store::AuditEntry& entry) {
      count += entry.action == action ? 1U : 0U;
      return true;
    });
    EXPECT_TRUE(walked);
    return count;
  }
  [[nodiscard]] store::AuditEntry last_audited() const {
    store::AuditEntry last;
    const auto walked = log_->each_audit([&](const store::AuditEntry& entry) {
      last = entry;
      return true;
    });
    EXPECT_TRUE(walked);
    return last;
  }

  const Instant now = moment("2026-03-02T09:00:00Z");
  const Person admin{"admin-1", Role::administrator, now};
  const Person nurse{"nurse-1", Role::nurse, now};
  const Person auditor{"auditor-1", Role::auditor, now};
  std::filesystem::path folder_;
  std::unique_ptr<store::EventLog> log_;
};

}  // namespace evenkeel::clinic
