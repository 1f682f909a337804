// One row of a table, from its fields to a pkpd::Row, with everything refused that a record cannot be.
//
// What a missing value means: AMT RATE ADDL II SS are zero; CMT is the model's first route; EVID is
// derived: 1 where AMT, RATE or SS is not zero, else 2 where MDV is 1 and the table has no column EVID,
// else 0. MDV is 1 for all but an observation with a DV. OCC, ID and TIME must be there.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "exchange/table_columns.hpp"
#include "pkpd/subject.hpp"

namespace evenkeel::exchange {

struct TableRow {
  std::size_t line = 0;        // in the file, from 1
  int compartment = 0;         // CMT, 0: none given
  std::optional<double> dv;    // as written; its unit is the table's
  bool no_observation = true;  // MDV

  bool operator==(const TableRow&) const = default;
};

struct ReadRow {
  pkpd::Row row;
  TableRow table;
};

struct RowFault {
  std::optional<std::size_t> column;
  std::string what;
};

// `time` is the row's, read by TimeColumn.
class RowReader {
 public:
  RowReader(const pkpd::Structure& structure, const Columns& columns)
      : structure_(&structure), columns_(&columns) {}

  [[nodiscard]] Result<ReadRow, RowFault> read(const Fields& fields, Duration time) const;

  // EVID as far as the time needs it: whether the row resets (3 or 4).
  [[nodiscard]] bool resets(const Fields& fields) const;

 private:
  const pkpd::Structure* structure_;
  const Columns* columns_;
};

}  // namespace evenkeel::exchange
