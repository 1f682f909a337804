// A ledger's balance as text for people and as JSON for programs (schema/ledger-balance-1.schema.json). Pure.
#pragma once

#include <string>
#include <vector>

#include "assess/assessment.hpp"
#include "care/ledger_balance.hpp"

namespace evenkeel::report {

struct LedgerReport {
  care::ledger::Balance balance;
  std::vector<assess::SetAside> set_aside;  // lines that could not be taken: the balance is without them
  std::vector<care::ledger::GivenCheck> reconciled;  // with the patients' records that were named
};

// Within 80 columns; colours only where asked for.
[[nodiscard]] std::string ledger_text(const LedgerReport& report, bool colour);
[[nodiscard]] std::string ledger_json(const LedgerReport& report);
// Its member `reconciled` alone: a list.
[[nodiscard]] std::string reconciled_json(const std::vector<care::ledger::GivenCheck>& checks);

}  // namespace evenkeel::report
