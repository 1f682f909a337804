// A NONMEM-style table, one subject at a time: docs/table-format.md says what is taken and what is refused.
//
//   auto reader = TableReader::open(stream, structure, {.name = "study.csv"});
//   while (true) {
//     auto subject = reader->next();            // Result: none at the end
//     ...
//     auto made = pkpd::make_subject(structure, subject->history, person);
//     if (!made) report(reader->located(*subject, made.error()));
//   }
//
// Memory grows with the rows of one subject and with the number of ids that are not consecutive whole
// numbers, not with the table. Errors (invalid_input) name file, line and column, and what is allowed;
// after one nothing more can be read. The stream and the structure must outlive the reader. Not for
// sharing between threads.
#pragma once

#include <istream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "exchange/table_columns.hpp"
#include "exchange/table_line.hpp"
#include "exchange/table_row.hpp"
#include "exchange/table_time.hpp"
#include "pkpd/subject.hpp"

namespace evenkeel::exchange {

inline constexpr std::size_t most_rows_of_a_subject = 1'000'000;
inline constexpr std::size_t most_ids_apart = 1'000'000;

// What an id means that comes again after another: rows of one subject that do not stand together are
// refused, for doses would be lost; or it begins another subject, as NONMEM has it.
enum class RepeatedId : std::uint8_t { refused, another_subject };

struct TableOptions {
  std::string name = "table";  // of the file, for messages
  CarriedByName carried = {};
  RepeatedId repeated = RepeatedId::refused;
};

struct TableSubject {
  std::string id;
  pkpd::History history;
  std::vector<TableRow> rows;  // as history.rows
};

class SeenIds {
 public:
  // False when it was added before. Whole numbers are kept as ranges.
  bool add(const std::string& id);
  [[nodiscard]] std::size_t apart() const { return ranges_.size() + texts_.size(); }

 private:
  bool add_number(long number);

  std::map<long, long> ranges_;  // first and last
  std::set<std::string> texts_;
};

class TableReader {
 public:
  [[nodiscard]] static Result<TableReader> open(std::istream& in, const pkpd::Structure& structure,
                                                TableOptions options = {});

  [[nodiscard]] Result<std::optional<TableSubject>> next();

  // The columns that mean nothing here, as the heading names them.
  [[nodiscard]] const std::vector<std::string>& ignored() const { return columns_.ignored; }
  // An error about one of a subject's records, with the line it stands on.
  [[nodiscard]] Error located(const TableSubject& subject, const pkpd::RecordError& error) const;

 private:
  TableReader(std::istream& in, const pkpd::Structure& structure, TableOptions options);

  [[nodiscard]] Error here(std::string what, std::optional<std::size_t> column = std::nullopt) const;
  // Goes to the next line that is neither empty nor a comment; false at the end.
  [[nodiscard]] Result<bool> next_line();
  // Goes to the next row and splits it; false at the end.
  [[nodiscard]] Result<bool> next_row();
  [[nodiscard]] std::optional<Error> split();
  [[nodiscard]] std::optional<Error> begin_subject(TableSubject& subject);
  [[nodiscard]] std::optional<Error> add_row(TableSubject& subject);

  LineReader lines_;
  const pkpd::Structure* structure_;
  TableOptions options_;
  Columns columns_;
  TimeColumn times_{std::nullopt};
  std::string line_;
  Fields fields_;  // of `line_`
  SeenIds seen_;
  bool held_ = false;  // `line_` is the first row of the next subject
  bool any_ = false;
};

}  // namespace evenkeel::exchange
