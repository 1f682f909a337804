// What the columns of a table mean, from its heading. Names in any order and case:
//
//   ID TIME AMT RATE EVID CMT ADDL II SS DV MDV OCC    as NONMEM has them
//   DATE DAT1 DAT2 DAT3                                the date of a clock time
//   C                                                  "C" in it: the row is a comment
//   WT or WEIGHT (kg), AGE (years), ASIAN, JAPANESE    covariates
//   the model's parameters (CL, V, KA, F1, ALAG1 or LAG1, ...), where the model leaves one to its user
//
// Every other column is ignored, and named as such.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "exchange/table_line.hpp"
#include "exchange/table_time.hpp"
#include "pkpd/subject.hpp"

namespace evenkeel::exchange {

enum class Item : std::uint8_t { id, time, date, amt, rate, evid, cmt, addl, ii, ss, dv, mdv, occ, comment };
inline constexpr std::size_t item_count = 14;

// How a column's values are carried between rows, by the name of the column: {"WT", linear}.
using CarriedByName = std::vector<std::pair<std::string, pkpd::Carried>>;

struct Columns {
  Separator separator = Separator::comma;
  std::vector<std::string> names;                            // as the heading writes them
  std::array<std::optional<std::size_t>, item_count> items;  // where each stands
  std::optional<DateOrder> dates;
  std::vector<pkpd::Signal> signals;
  std::vector<std::size_t> signal_columns;  // where each stands
  std::vector<std::string> ignored;

  [[nodiscard]] std::optional<std::size_t> of(Item item) const {
    return items[static_cast<std::size_t>(item)];
  }
};

// Errors (invalid_input): no ID or TIME; a meaning that two columns have; a name of `carried` that is no
// column with values to carry, or a group carried linearly; a heading that cannot be split.
[[nodiscard]] Result<Columns> columns_in(std::string_view heading, const pkpd::Structure& structure,
                                         const CarriedByName& carried);

// The name that a table written by us gives to a signal.
[[nodiscard]] std::string signal_name(const pkpd::Signal& signal, const pkpd::Model& model);

}  // namespace evenkeel::exchange
