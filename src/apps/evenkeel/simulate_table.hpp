// `evenkeel simulate` on a NONMEM-style table: a row out for each record in.
#pragma once

#include <istream>

#include "apps/evenkeel/command.hpp"
#include "apps/evenkeel/simulate_options.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::app {

// One subject is read, solved and written at a time, so memory does not grow with the table.
[[nodiscard]] Status simulate_table(const SimulateOptions& options, const pkpd::Structure& structure,
                                    std::istream& in);

}  // namespace evenkeel::app
