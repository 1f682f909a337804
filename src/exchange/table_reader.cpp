#include "exchange/table_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace evenkeel::exchange {
namespace {

constexpr std::size_t longest_id = 64;  // bytes
constexpr double largest_whole_id = 1e15;

std::optional<long> whole_number(std::string_view text) {
  const auto number = number_in(text);
  const bool whole = number && *number == std::trunc(*number) && std::abs(*number) <= largest_whole_id;
  return whole ? std::optional{static_cast<long>(*number)} : std::nullopt;
}

bool same_id(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const auto one = number_in(a);
  return one && one == number_in(b);
}

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool is_comment(std::string_view line) {
  const std::size_t start = line.find_first_not_of(" \t");
  return start == std::string_view::npos || line[start] == '#' || line[start] == '@';
}

}  // namespace

bool SeenIds::add(const std::string& id) {
  if (const auto number = whole_number(id)) return add_number(*number);
  const auto number = number_in(id);
  return texts_.insert(number ? fmt::format("{}", *number) : id).second;
}

bool SeenIds::add_number(long number) {
  auto after = ranges_.upper_bound(number);
  const bool joins_after = after != ranges_.end() && after->first == number + 1;
  if (after != ranges_.begin()) {
    const auto before = std::prev(after);
    if (number <= before->second) return false;
    if (before->second == number - 1) {
      before->second = joins_after ? after->second : number;
      if (joins_after) ranges_.erase(after);
      return true;
    }
  }
  const long last = joins_after ? after->second : number;
  if (joins_after) ranges_.erase(after);
  ranges_.emplace(number, last);
  return true;
}

TableReader::TableReader(std::istream& in, const pkpd::Structure& structure, TableOptions options)
    : lines_(in), structure_(&structure), options_(std::move(options)) {}

Result<TableReader> TableReader::open(std::istream& in, const pkpd::Structure& structure,
                                      TableOptions options) {
  TableReader reader{in, structure, std::move(options)};
  const auto found = reader.next_line();
  if (!found) return found.error();
  if (!*found) return reader.here("no heading: the first line names the columns");
  auto columns = columns_in(reader.line_, structure, reader.options_.carried);
  if (!columns) return reader.here(columns.error().what);
  reader.columns_ = *std::move(columns);
  reader.times_ = TimeColumn{reader.columns_.dates};
  return reader;
}

Error TableReader::here(std::string what, std::optional<std::size_t> column) const {
  std::string where = fmt::format("{}:{}", options_.name, std::max<std::size_t>(lines_.number(), 1));
  if (column) where += ": " + shown(columns_.names[*column]);
  return {ErrorCode::invalid_input, std::move(where), std::move(what)};
}

Result<bool> TableReader::next_line() {
  while (true) {
    const auto line = lines_.next();
    if (!line) return here(line.error().what);
    if (!*line) return false;
    if (is_comment(**line)) continue;
    line_ = **line;
    return true;
  }
}

Result<bool> TableReader::next_row() {
  while (true) {
    const auto found = next_line();
    if (!found || !*found) return found;
    if (auto error = split()) return *std::move(error);
    const auto comment = columns_.of(Item::comment);
    if (!comment || is_missing(fields_[*comment])) return true;
    if (fields_[*comment] != "C" && fields_[*comment] != "c")
      return here(fmt::format("'{}'; allowed: C for a comment, or missing", shown(fields_[*comment])),
                  comment);
  }
}

std::optional<Error> TableReader::split() {
  if (auto error = fields_.split(line_, columns_.separator)) return here(error->what);
  if (fields_.size() == columns_.names.size()) return std::nullopt;
  return here(fmt::format("{} fields, where the heading names {}", fields_.size(), columns_.names.size()));
}

Result<std::optional<TableSubject>> TableReader::next() {
  if (held_) {
    if (auto error = split()) return *std::move(error);
    held_ = false;
  } else {
    const auto found = next_row();
    if (!found) return found.error();
    if (!*found && !any_) return here("no rows below the heading");
    if (!*found) return std::optional<TableSubject>{};
  }
  TableSubject subject;
  if (auto error = begin_subject(subject)) return *std::move(error);
  while (true) {
    if (auto error = add_row(subject)) return *std::move(error);
    const auto found = next_row();
    if (!found) return found.error();
    if (!*found) break;
    held_ = !same_id(fields_[*columns_.of(Item::id)], subject.id);
    if (held_) break;
  }
  return std::optional{std::move(subject)};
}

std::optional<Error> TableReader::begin_subject(TableSubject& subject) {
  any_ = true;
  times_.begin_subject();
  subject.history.signals = columns_.signals;
  const std::size_t column = *columns_.of(Item::id);
  const std::string_view id = fields_[column];
  if (is_missing(id)) return here("no id", column);
  if (id.size() > longest_id || has_control_character(id)) {
    return here(fmt::format("'{}'; allowed: {} bytes without control characters", shown(id), longest_id),
                column);
  }
  subject.id = id;
  if (options_.repeated == RepeatedId::another_subject) return std::nullopt;
  if (!seen_.add(subject.id)) {
    return here(fmt::format("{} comes again after another id: the rows of one subject must stand together",
                            shown(id)),
                column);
  }
  if (seen_.apart() > most_ids_apart)
    return here(fmt::format("more than {} ids that are not consecutive whole numbers", most_ids_apart),
                column);
  return std::nullopt;
}

std::optional<Error> TableReader::add_row(TableSubject& subject) {
  const RowReader reader{*structure_, columns_};
  const bool resets = reader.resets(fields_);
  const auto date_column = columns_.of(Item::date);
  const std::size_t time_column = *columns_.of(Item::time);
  const auto at =
      times_.read(fields_[time_column], date_column ? fields_[*date_column] : std::string_view{}, resets);
  if (!at) return here(at.error().what, at.error().of_date ? date_column : time_column);
  auto& rows = subject.history.rows;
  if (!rows.empty() && !resets && *at < rows.back().at) {
    return here(fmt::format("{} h goes back from {} h in the row before; allowed only with EVID 3 or 4",
                            at->in(units::h), rows.back().at.in(units::h)),
                time_column);
  }
  if (rows.size() == most_rows_of_a_subject)
    return here(fmt::format("more than {} rows of one subject", most_rows_of_a_subject));
  auto read = reader.read(fields_, *at);
  if (!read) return here(read.error().what, read.error().column);
  read->table.line = lines_.number();
  rows.push_back(std::move(read->row));
  subject.rows.push_back(read->table);
  return std::nullopt;
}

Error TableReader::located(const TableSubject& subject, const pkpd::RecordError& error) const {
  return {error.error.code, fmt::format("{}:{}", options_.name, subject.rows[error.record].line),
          error.error.where.empty() ? error.error.what : error.error.where + ": " + error.error.what};
}

}  // namespace evenkeel::exchange
