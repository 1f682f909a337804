// The tables in PostgreSQL: made, brought up to date, and checked when a log is opened.
//
//   stream(number, kind, id)                    one row for each stream that has entries
//   entry(sequence, stream, version, key, ...)  what was appended
//   audit(number, action, ..., previous, hash)  the chain
//   schema_version(version, applied)            one row for each step that was taken
//
// Rows are only added: triggers refuse UPDATE, DELETE and TRUNCATE, and the owner takes the rights to them
// from itself and from everyone. Steps are never edited once released; a new one is added at the end.
#pragma once

#include <string>

#include "store/postgres_connection.hpp"

namespace evenkeel::store {

// The version of the tables that this program writes.
[[nodiscard]] int newest_postgres_schema();

// Refuses a server that cannot keep what it acknowledges (fsync or full_page_writes off), an older one than
// PostgreSQL 13, and a database that is not UTF-8.
Result<void> check_server(Connection& connection);

struct SchemaWish {
  std::string schema;
  bool create = false;                   // make the schema where there is none
  std::string grant_to;                  // a role that is to append and read, or empty
  int up_to = newest_postgres_schema();  // for tests of migrations
};

// `not_found` without a log and without `create`; `storage` when the tables are of a newer program.
Result<void> prepare_schema(Connection& connection, const SchemaWish& wish);

}  // namespace evenkeel::store
