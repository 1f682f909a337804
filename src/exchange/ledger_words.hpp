// The words that ledgers use for the closed sets of care/ledger_event.hpp. Frozen, as those of words.hpp.
#pragma once

#include "care/ledger_event.hpp"
#include "exchange/words.hpp"

namespace evenkeel::exchange::words {

inline constexpr pair<string_view, care::DrugForm> forms[] = {
    {"base", care::DrugForm::base}, {"hydrochloride", care::DrugForm::hydrochloride}};

}  // namespace evenkeel::exchange::words
