// The tables, in every layout this project has had, and the way from each to today's.
#pragma once

#include "store/sqlite_handle.hpp"

namespace evenkeel::store::sqlite {

constexpr int newest_layout = 3;

// Makes the tables in an empty file (`create`), takes older layouts to the newest in one transaction, and
// refuses a file that is no log, or one that a newer program wrote.
Result<void> prepare_schema(Database& database, bool create);

// For readers, which change nothing: the layout, or why this is no log.
Result<int> layout_of(Database& database);

}  // namespace evenkeel::store::sqlite
