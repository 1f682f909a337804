// The demo clinic's drug ledger: what its sessions used, and what stands in examples/demo/ledger.jsonl.
#pragma once

#include "apps/evenkeel/demo.hpp"

namespace evenkeel::app {

// Once the patients are there. Errors: as furnish_demo.
[[nodiscard]] Result<void> add_demo_drug(store::EventLog& log, const DemoPlace& place, Instant now);

}  // namespace evenkeel::app
