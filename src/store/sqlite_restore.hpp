// Fills an empty log with another's entries and chain.
#pragma once

#include "store/sqlite_batch.hpp"

namespace evenkeel::store::sqlite {

// All of it or nothing, held against the chain piece by piece.
Result<void> restore(Writer& writer, EventLog& other);

}  // namespace evenkeel::store::sqlite
