// Tables out: subjects as a table that TableReader reads back the same. Comma-separated; every number is
// the shortest that reads back as the same double.
#pragma once

#include <optional>
#include <ostream>

#include "base/result.hpp"
#include "exchange/table_reader.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::exchange {

// ID,TIME,EVID,AMT,RATE,CMT,ADDL,II,SS,DV,MDV,OCC and what the subjects' signals tell. TIME is in hours.
// The stream and the structure must outlive the writer; whether the stream took it all is the caller's to
// check.
class TableWriter {
 public:
  TableWriter(std::ostream& out, const pkpd::Structure& structure) : out_(&out), structure_(&structure) {}

  // Every subject has the signals of the first. Errors (invalid_input, and nothing of the subject is
  // written): a dose over a given time, for which the columns have no words.
  [[nodiscard]] std::optional<Error> write(const TableSubject& subject);

 private:
  std::ostream* out_;
  const pkpd::Structure* structure_;
  bool begun_ = false;
};

}  // namespace evenkeel::exchange
