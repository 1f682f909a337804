#include "apps/evenkeel/study_checkpoint.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "content/library_loader.hpp"
#include "json/reader.hpp"
#include "json/write.hpp"
#include "store/audit.hpp"

namespace evenkeel::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view marks_name = "checkpoint.json";
constexpr std::string_view form = "evenkeel.checkpoint/1";
constexpr std::size_t hash_size = store::Hash{}.size();
constexpr std::uintmax_t largest_piece = std::uintmax_t{256} << 20;

// As bytes.
std::string sha256(std::string_view bytes) {
  const store::Hash hash = store::sha256(bytes);
  return {hash.begin(), hash.end()};
}

Error cannot(const fs::path& path, std::string_view what) {
  return {ErrorCode::storage, path.string(), fmt::format("{}: {}", what, std::strerror(errno))};
}

// One that closes itself.
class File {
 public:
  File(const fs::path& path, int flags) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] bool sync() const { return ::fsync(descriptor_) == 0; }
  [[nodiscard]] bool write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }
  [[nodiscard]] std::optional<std::string> read(std::uintmax_t most) const {
    std::string bytes;
    std::array<char, 65536> part{};
    while (true) {
      const ssize_t count = ::read(descriptor_, part.data(), part.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0 || bytes.size() > most) return std::nullopt;
      if (count == 0) return bytes;
      bytes.append(part.data(), static_cast<std::size_t>(count));
    }
  }

 private:
  int descriptor_;
};

// Under a name of this process, then renamed: whoever reads sees all of it or nothing.
Result<void> write_whole(const fs::path& file, std::string_view bytes) {
  const fs::path part = file.string() + fmt::format(".{}.part", ::getpid());
  {
    const File out{part, O_WRONLY | O_CREAT | O_TRUNC};
    if (!out.is_open() || !out.write(bytes) || !out.sync()) return cannot(part, "cannot be written");
  }
  std::error_code error;
  fs::rename(part, file, error);
  if (error) return Error{ErrorCode::storage, file.string(), "cannot be written: " + error.message()};
  const File folder{file.parent_path(), O_RDONLY | O_DIRECTORY};
  if (!folder.is_open() || !folder.sync()) return cannot(file.parent_path(), "cannot be made durable");
  return {};
}

std::string text_of(const StudyMarks& marks) {
  std::vector<std::pair<std::string, json::Node>> members{{"schema", json::text(form)}};
  for (const auto& [name, value] : marks) members.emplace_back(name, json::text(value));
  return json::dump_indented(json::object(std::move(members))) + "\n";
}

StudyMarks marks_in(std::string_view text) {
  StudyMarks marks;
  const auto tree = json::parse(text);
  if (!tree) return marks;
  Errors ignored;
  for (auto& [name, value] : json::Reader{*tree, ignored}.members()) marks.emplace_back(name, value.text());
  return marks;
}

// In words, what differs: "seed: 1 there, 2 here".
std::string differences(const StudyMarks& there, const StudyMarks& here) {
  std::string list;
  for (const auto& [name, value] : here) {
    const auto same = std::ranges::find(there, name, [](const auto& row) { return row.first; });
    const std::string other = same == there.end() ? "not said" : same->second;
    if (other == value) continue;
    list += (list.empty() ? "" : "; ") + fmt::format("{}: {} there, {} here", name, other, value);
  }
  return list.empty() ? "it was written in another form" : list;
}

Error another_study(const fs::path& folder, std::string_view text, const StudyMarks& marks) {
  return {ErrorCode::not_permitted, folder.string(),
          fmt::format("is the checkpoint of another study ({}); name another folder, or remove this one",
                      differences(marks_in(text), marks))};
}

}  // namespace

Result<Checkpoint> Checkpoint::open(const fs::path& folder, const StudyMarks& marks, How how) {
  const std::string text = text_of(marks);
  const fs::path file = folder / marks_name;
  std::error_code error;
  const bool there = fs::exists(file, error);
  if (!there && how.must_exist)
    return Error{ErrorCode::not_found, folder.string(), "holds no checkpoint of a study"};
  if (!there) {
    fs::create_directories(folder, error);
    if (error) return Error{ErrorCode::storage, folder.string(), "cannot be made: " + error.message()};
    if (auto written = write_whole(file, text); !written) return written.error();
  }
  const auto found = content::read_text(file);
  if (!found) return found.error();
  if (*found != text) return another_study(folder, *found, marks);
  if (there && !how.go_on) {
    return Error{ErrorCode::not_permitted, folder.string(),
                 "holds this study, begun before: --resume goes on with it"};
  }
  return Checkpoint{folder, sha256(text)};
}

fs::path Checkpoint::file_of(std::string_view stage, std::size_t piece) const {
  return folder_ / stage / fmt::format("{:08}.piece", piece);
}

// Its length depends on the stage alone.
std::string Checkpoint::head_of(std::string_view stage, std::size_t piece, std::size_t bytes) const {
  return "evenkeel.piece/1\n" + key_ + fmt::format("{} {:016x} {:016x}\n", stage, piece, bytes);
}

std::optional<std::string> Checkpoint::load(std::string_view stage, std::size_t piece) const {
  const File in{file_of(stage, piece), O_RDONLY};
  if (!in.is_open()) return std::nullopt;
  const auto bytes = in.read(largest_piece);
  const std::size_t head_size = head_of(stage, piece, 0).size();
  if (!bytes || bytes->size() < head_size + hash_size) return std::nullopt;
  const std::string_view kept = std::string_view{*bytes}.substr(0, bytes->size() - hash_size);
  if (std::string_view{*bytes}.substr(kept.size()) != sha256(kept)) return std::nullopt;
  if (!kept.starts_with(head_of(stage, piece, kept.size() - head_size))) return std::nullopt;
  return std::string{kept.substr(head_size)};
}

Result<void> Checkpoint::store(std::string_view stage, std::size_t piece, std::string_view payload) const {
  const fs::path file = file_of(stage, piece);
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (error)
    return Error{ErrorCode::storage, file.parent_path().string(), "cannot be made: " + error.message()};
  std::string bytes = head_of(stage, piece, payload.size());
  bytes += payload;
  bytes += sha256(bytes);
  return write_whole(file, bytes);
}

}  // namespace evenkeel::app
