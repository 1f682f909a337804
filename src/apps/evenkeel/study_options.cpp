#include "apps/evenkeel/study_options.hpp"

#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Validators.hpp>
#include <charconv>

namespace evenkeel::app {
namespace {

constexpr std::uint32_t most_patients = 100'000'000;
constexpr std::size_t most_shares = 100'000;

template <class T>
bool read_whole(std::string_view text, T& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() && !text.empty();
}

void add_size(CLI::App& command, StudyOptions& options) {
  command.add_option("study", options.study, "A study: docs/study-format.md")
      ->required()
      ->option_text("STUDY");
  command.add_option("--patients", options.patients, "In each arm, in place of the study's own number")
      ->check(CLI::Range(std::uint32_t{1}, most_patients))
      ->option_text("N");
  command.add_option("--weeks", options.weeks, "In place of the study's own number")
      ->check(CLI::Range(1, 520))
      ->option_text("W");
  command.add_option("--seed", options.seed, "In place of the study's own: other patients")->option_text("S");
  command.add_flag("--sensitivity,!--no-sensitivity", options.sensitivity,
                   "Move each assumption to its ends, and rank them");
}

void add_output(CLI::App& command, StudyOptions& options) {
  command.add_option("--format", options.format, "text, json, html or csv")
      ->check(CLI::IsMember({"text", "json", "html", "csv"}))
      ->option_text("FORMAT");
  command.add_option("-o,--output", options.output, "Write here, not to standard output")
      ->option_text("FILE");
  command.add_option("--rows", options.rows, "Write each patient here as well, as CSV")->option_text("FILE");
  command.add_option("--record", options.record, "Print this patient's record, and run nothing: arm:number")
      ->option_text("ARM:PATIENT");
  command.add_option("--colour", options.colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->option_text("WHEN");
}

void add_work(CLI::App& command, StudyOptions& options) {
  command.add_option("--threads", options.threads, "Otherwise one for each processor")
      ->check(CLI::Range(0, 4096))
      ->option_text("T");
  command.add_option("--checkpoint", options.checkpoint, "Keep what is done in this folder")
      ->option_text("DIR");
  command.add_flag("--resume", options.resume, "Go on with what the checkpoint holds");
  command.add_option("--share", options.share, "Do this share alone, from 0/N on, into the checkpoint")
      ->option_text("I/N");
  command.add_flag("--merge", options.merge, "Report what the shares left in the checkpoint");
  command.add_flag("--progress,!--no-progress", options.progress, "A bar, on a terminal, after two seconds");
  command.add_option("--content", options.content, "Use this content folder")->option_text("DIR");
  command.add_option("--instruments", options.instruments, "A folder of the site's own instruments")
      ->option_text("DIR");
}

}  // namespace

void add_study_options(CLI::App& command, StudyOptions& options) {
  add_size(command, options);
  add_output(command, options);
  add_work(command, options);
}

std::optional<Error> contradiction(const StudyOptions& options) {
  const auto fault = [](const char* option, const char* what) {
    return Error{ErrorCode::invalid_input, option, what};
  };
  const bool kept = !options.checkpoint.empty();
  const bool shared = !options.share.empty();
  if (!options.record.empty() &&
      (kept || shared || options.merge || options.sensitivity || !options.rows.empty()))
    return fault("--record", "prints one record and runs no study: leave out what concerns the run");
  if (options.resume && !kept) return fault("--resume", "needs --checkpoint DIR: the folder to go on with");
  if (shared && !kept) return fault("--share", "needs --checkpoint DIR: where the share is left");
  if (options.merge && !kept) return fault("--merge", "needs --checkpoint DIR: where the shares are");
  if (options.merge && shared) return fault("--merge", "comes after the shares, not with one");
  if (shared && !(options.output.empty() && options.rows.empty()))
    return fault("--share", "reports nothing: give -o and --rows to --merge");
  return std::nullopt;
}

Result<ShareOf> share_argument(const std::string& text) {
  if (text.empty()) return ShareOf{};
  const auto slash = text.find('/');
  ShareOf share;
  if (slash != std::string::npos && read_whole(std::string_view{text}.substr(0, slash), share.share) &&
      read_whole(std::string_view{text}.substr(slash + 1), share.shares) && share.shares <= most_shares &&
      share.share < share.shares) {
    return share;
  }
  return Error{ErrorCode::invalid_input, "--share",
               fmt::format("'{}' is not a share such as 0/4, 1/4, 2/4 or 3/4", text)};
}

Result<RecordOf> record_argument(const std::string& text) {
  const auto colon = text.rfind(':');
  RecordOf record;
  if (colon != std::string::npos && colon > 0 &&
      read_whole(std::string_view{text}.substr(colon + 1), record.patient)) {
    record.arm = text.substr(0, colon);
    return record;
  }
  return Error{ErrorCode::invalid_input, "--record",
               fmt::format("'{}' is not an arm and a patient's number, such as supervised:17", text)};
}

}  // namespace evenkeel::app
