#include "store/sqlite_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace evenkeel::store::sqlite {

namespace {

Error failed(const std::filesystem::path& file, std::string_view doing) {
  return {ErrorCode::storage, file.string(),
          fmt::format("{}: {}", doing, std::generic_category().message(errno))};
}

// What the holder wrote, or nothing.
std::string holder(int descriptor) {
  std::array<char, 32> text{};
  const auto size = pread(descriptor, text.data(), text.size() - 1, 0);
  if (size <= 0) return "another process";
  std::string words{text.data(), static_cast<std::size_t>(size)};
  if (words.find_first_not_of("0123456789\n") != std::string::npos) return "another process";
  while (!words.empty() && words.back() == '\n') words.pop_back();
  return words == std::to_string(getpid()) ? "this process (" + words + ")" : "process " + words;
}

}  // namespace

Result<FileLock> FileLock::take(const std::filesystem::path& log) {
  std::filesystem::path file = log;
  file += ".lock";
  FileLock lock{::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
  if (lock.descriptor_ < 0) return failed(file, "the lock file cannot be made");
  struct flock whole {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  if (fcntl(lock.descriptor_, F_OFD_SETLK, &whole) != 0) {
    if (errno != EAGAIN && errno != EACCES) return failed(file, "the lock cannot be taken");
    return Error{ErrorCode::storage, log.string(),
                 fmt::format("{} has this log open; one process at a time may. End it, or ask it instead",
                             holder(lock.descriptor_))};
  }
  const std::string words = std::to_string(getpid()) + "\n";
  if (ftruncate(lock.descriptor_, 0) != 0 ||
      pwrite(lock.descriptor_, words.data(), words.size(), 0) != static_cast<ssize_t>(words.size())) {
    // The lock is held all the same; only the number of the process will be missing from a message.
    if (ftruncate(lock.descriptor_, 0) != 0) return failed(file, "the lock file cannot be written");
  }
  return lock;
}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> sync_folder_of(const std::filesystem::path& file) {
  const auto parent = file.parent_path();
  const std::filesystem::path folder = parent.empty() ? "." : parent;
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return failed(folder, "the folder cannot be opened");
  const bool synced = fsync(descriptor) == 0;
  const Error error = failed(folder, "the folder cannot be synced");
  ::close(descriptor);
  if (!synced) return error;
  return {};
}

}  // namespace evenkeel::store::sqlite
