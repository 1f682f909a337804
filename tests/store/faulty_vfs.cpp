#include "faulty_vfs.hpp"

#include <cstring>
#include <fstream>
#include <new>

namespace evenkeel::store::test {

namespace {

// A file of ours: SQLite's own one stands behind it in the same memory.
struct Faulty {
  sqlite3_file base;
  std::string* name;
};

sqlite3_vfs* inner_vfs() {
  static sqlite3_vfs* const inner = sqlite3_vfs_find("unix");
  return inner;
}

Faulty* ours(sqlite3_file* file) {
  return reinterpret_cast<Faulty*>(file);
}

sqlite3_file* inner(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(ours(file) + 1);
}

int close_file(sqlite3_file* file) {
  delete ours(file)->name;
  return inner(file)->pMethods->xClose(inner(file));
}

int write_file(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  const std::string_view what{static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
  const int code = FaultyDisk::get().wrote(*ours(file)->name, what, static_cast<std::uint64_t>(offset));
  return code == SQLITE_OK ? inner(file)->pMethods->xWrite(inner(file), bytes, size, offset) : code;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  const int code = FaultyDisk::get().truncated(*ours(file)->name, static_cast<std::uint64_t>(size));
  return code == SQLITE_OK ? inner(file)->pMethods->xTruncate(inner(file), size) : code;
}

int sync_file(sqlite3_file* file, int flags) {
  int code = FaultyDisk::get().may_sync();
  if (code == SQLITE_OK) code = inner(file)->pMethods->xSync(inner(file), flags);
  return code == SQLITE_OK ? FaultyDisk::get().synced(*ours(file)->name) : code;
}

sqlite3_io_methods make_methods() {
  sqlite3_io_methods m{};
  m.iVersion = 2;  // with shared memory, without memory maps
  m.xClose = close_file;
  m.xRead = [](sqlite3_file* f, void* to, int size, sqlite3_int64 at) {
    return inner(f)->pMethods->xRead(inner(f), to, size, at);
  };
  m.xWrite = write_file;
  m.xTruncate = truncate_file;
  m.xSync = sync_file;
  m.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
    return inner(f)->pMethods->xFileSize(inner(f), size);
  };
  m.xLock = [](sqlite3_file* f, int level) { return inner(f)->pMethods->xLock(inner(f), level); };
  m.xUnlock = [](sqlite3_file* f, int level) { return inner(f)->pMethods->xUnlock(inner(f), level); };
  m.xCheckReservedLock = [](sqlite3_file* f, int* held) {
    return inner(f)->pMethods->xCheckReservedLock(inner(f), held);
  };
  m.xFileControl = [](sqlite3_file* f, int what, void* with) {
    return inner(f)->pMethods->xFileControl(inner(f), what, with);
  };
  m.xSectorSize = [](sqlite3_file* f) { return inner(f)->pMethods->xSectorSize(inner(f)); };
  // Nothing is promised of a write: it may be torn.
  m.xDeviceCharacteristics = [](sqlite3_file*) { return 0; };
  m.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** to) {
    return inner(f)->pMethods->xShmMap(inner(f), page, size, extend, to);
  };
  m.xShmLock = [](sqlite3_file* f, int offset, int n, int flags) {
    return inner(f)->pMethods->xShmLock(inner(f), offset, n, flags);
  };
  m.xShmBarrier = [](sqlite3_file* f) { inner(f)->pMethods->xShmBarrier(inner(f)); };
  m.xShmUnmap = [](sqlite3_file* f, int remove) { return inner(f)->pMethods->xShmUnmap(inner(f), remove); };
  return m;
}

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
  static const sqlite3_io_methods methods = make_methods();
  ours(file)->base.pMethods = nullptr;
  const int code = inner_vfs()->xOpen(inner_vfs(), name, inner(file), flags, out);
  if (code != SQLITE_OK) return code;
  ours(file)->name = new std::string{name == nullptr ? "" : name};
  ours(file)->base.pMethods = &methods;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs*, const char* name, int sync) {
  FaultyDisk::get().removed(name);
  return inner_vfs()->xDelete(inner_vfs(), name, sync);
}

void register_vfs() {
  static sqlite3_vfs vfs = *inner_vfs();
  vfs.szOsFile = static_cast<int>(sizeof(Faulty)) + inner_vfs()->szOsFile;
  vfs.zName = FaultyDisk::name;
  vfs.pNext = nullptr;
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  sqlite3_vfs_register(&vfs, 0);
}

}  // namespace

FaultyDisk& FaultyDisk::get() {
  static FaultyDisk disk;
  static const bool registered = [] {
    register_vfs();
    return true;
  }();
  (void)registered;
  return disk;
}

void FaultyDisk::fail(const Fault& fault) {
  const std::lock_guard lock{mutex_};
  fault_ = fault;
  calls_ = 0;
  failed_ = 0;
}

void FaultyDisk::heal() {
  const std::lock_guard lock{mutex_};
  fault_ = {};
  files_.clear();
  calls_ = 0;
}

std::uint64_t FaultyDisk::failed() {
  const std::lock_guard lock{mutex_};
  return failed_;
}

int FaultyDisk::counted(bool this_kind) {
  if (!this_kind) return SQLITE_OK;
  ++calls_;
  if (calls_ < fault_.from || calls_ >= fault_.until) return SQLITE_OK;
  ++failed_;
  return fault_.code;
}

int FaultyDisk::wrote(const std::string& file, std::string_view bytes, std::uint64_t offset) {
  const std::lock_guard lock{mutex_};
  const int code = counted(fault_.writes);
  if (code == SQLITE_OK) files_[file].since.push_back({false, offset, std::string{bytes}});
  return code;
}

int FaultyDisk::truncated(const std::string& file, std::uint64_t size) {
  const std::lock_guard lock{mutex_};
  const int code = counted(fault_.truncations);
  if (code == SQLITE_OK) files_[file].since.push_back({true, size, ""});
  return code;
}

int FaultyDisk::may_sync() {
  const std::lock_guard lock{mutex_};
  return counted(fault_.syncs);
}

int FaultyDisk::synced(const std::string& file) {
  const std::lock_guard lock{mutex_};
  File& kept = files_[file];
  for (const Change& change : kept.since) apply(kept.synced, change);
  kept.since.clear();
  return SQLITE_OK;
}

void FaultyDisk::removed(const std::string& file) {
  const std::lock_guard lock{mutex_};
  files_.erase(file);
}

void FaultyDisk::apply(std::string& content, const Change& change) {
  if (change.truncation) {
    content.resize(change.offset);
    return;
  }
  const std::size_t end = change.offset + change.bytes.size();
  if (content.size() < end) content.resize(end);
  std::memcpy(content.data() + change.offset, change.bytes.data(), change.bytes.size());
}

void FaultyDisk::power_loss(const std::filesystem::path& log, const std::filesystem::path& copy,
                            std::mt19937& random) {
  const std::lock_guard lock{mutex_};
  for (const char* suffix : {"", "-wal"}) {
    const auto found = files_.find(log.string() + suffix);
    if (found == files_.end()) continue;
    std::string content = found->second.synced;
    const Change* last = nullptr;
    for (const Change& change : found->second.since) {
      if (random() % 2 == 0) continue;
      apply(content, change);
      last = &change;
    }
    if (last != nullptr && !last->truncation && !last->bytes.empty()) {
      // Of the last write only the first part came through; what follows it is rubbish.
      const std::size_t whole = random() % last->bytes.size();
      for (std::size_t i = whole; i < last->bytes.size(); ++i) {
        content[last->offset + i] = static_cast<char>(random() & 0xFFU);
      }
    }
    std::ofstream{copy.string() + suffix, std::ios::binary} << content;
  }
}

}  // namespace evenkeel::store::test
