// A disk that fails when it is told to, and one whose power goes: a layer over SQLite's own file layer.
//
// It counts writes, syncs and truncations, and can fail them from the n-th on. It also keeps, for each file,
// what was synced and what was written since, so it can say what a disk might hold after the power went.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace evenkeel::store::test {

class FaultyDisk {
 public:
  static FaultyDisk& get();  // registered with SQLite as "faulty"
  static constexpr const char* name = "faulty";

  // What is counted, and fails.
  struct Fault {
    bool writes = false;
    bool syncs = false;
    bool truncations = false;
    int code = SQLITE_IOERR_WRITE;
    std::uint64_t from = 1;            // the first call that fails
    std::uint64_t until = UINT64_MAX;  // the first that does not any more
  };
  void fail(const Fault& fault);
  void heal();  // and forgets every file
  [[nodiscard]] std::uint64_t failed();

  // The files of `log` as a disk might hold them, written beside `copy`: all that was synced, and of what was
  // written since a random part, the last of it torn.
  void power_loss(const std::filesystem::path& log, const std::filesystem::path& copy, std::mt19937& random);

  // For the layer itself: SQLITE_OK, or the code with which the call is to fail.
  int wrote(const std::string& file, std::string_view bytes, std::uint64_t offset);
  int truncated(const std::string& file, std::uint64_t size);
  int synced(const std::string& file);
  int may_sync();
  void removed(const std::string& file);

 private:
  struct Change {
    bool truncation = false;
    std::uint64_t offset = 0;
    std::string bytes;
  };
  struct File {
    std::string synced;
    std::vector<Change> since;
  };
  FaultyDisk() = default;
  int counted(bool this_kind);
  static void apply(std::string& content, const Change& change);

  std::mutex mutex_;
  Fault fault_;
  std::uint64_t calls_ = 0;
  std::uint64_t failed_ = 0;
  std::map<std::string, File> files_;
};

}  // namespace evenkeel::store::test
