// One process at a time: a lock on a file beside the log.
//
// The system lets go of it when the process ends, however it ends; the file itself may stay. It names the
// process that holds it. Not for network file systems, where locks are promises only.
#pragma once

#include <filesystem>

#include "base/result.hpp"

namespace evenkeel::store::sqlite {

class FileLock {
 public:
  // Locks "<log>.lock". Errors: `storage`, and the message says which process has it.
  static Result<FileLock> take(const std::filesystem::path& log);

  FileLock(FileLock&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
  FileLock& operator=(FileLock&& other) noexcept;
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

// Makes what was done in this folder (a new file, a new name) durable.
Result<void> sync_folder_of(const std::filesystem::path& file);

}  // namespace evenkeel::store::sqlite
