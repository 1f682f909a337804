// The parts that the reader of protocols is made of; see content/protocols/schema.json for the form.
// For the files of that reader.
#pragma once

#include <set>

#include "content/sourced.hpp"
#include "plan/limit.hpp"

namespace evenkeel::content {

inline constexpr Duration longest_time = 520.0 * units::week;  // of any time here: beyond it a slip

// The bounds within which a site may set a number: {"adjustable": {"low": 5, "high": 10}}, in its own unit.
void check_adjustable(json::Reader& place);

// A number of a protocol: as in sourced.hpp, and a site may be allowed to set it.
template <class Q>
[[nodiscard]] Sourced<Q> protocol_number(json::Reader place, const Header& header) {
  Sourced<Q> number{place.quantity<Q>({"source", "label"}, {"note", "low", "high", "adjustable"}),
                    read_provenance(place, header)};
  check_bounds(place);
  check_adjustable(place);
  if (!(number.value >= Q{})) place["value"].fault("a negative number");
  return number;
}

template <class Q>
[[nodiscard]] Sourced<Q> above_zero(json::Reader place, const Header& header) {
  auto number = protocol_number<Q>(place, header);
  if (place.node() != nullptr && !(number.value > Q{}))
    place["value"].fault("a number above zero is expected");
  return number;
}

// A time above zero, or from zero on, of at most ten years.
[[nodiscard]] Sourced<Duration> time_above_zero(json::Reader place, const Header& header);
[[nodiscard]] Sourced<Duration> time_from_zero(json::Reader place, const Header& header);
// A whole number of `unit` within low..high.
[[nodiscard]] Sourced<int> whole_number(json::Reader place, const Header& header, std::string_view unit,
                                        int low, int high);
// A number of `unit` that has no type of its own ("kg/m^2", "times").
[[nodiscard]] Sourced<double> plain_number(json::Reader place, const Header& header, std::string_view unit,
                                           double low, double high);

// The limit of this kind that no file can lift.
[[nodiscard]] double compiled_cap(plan::LimitKind kind);

[[nodiscard]] Result<care::Protocol, Errors> protocol_of(const json::Node& tree);

void read_dosing(json::Reader place, const Header& header, care::Protocol& out);
void read_fixed_dosing(json::Reader place, const Header& header, care::Protocol& out);
void read_course(json::Reader place, const Header& header, care::Protocol& out);
void read_session(json::Reader place, const Header& header, care::Protocol& out);

// Tells of an id that another place of the same list, or lists, has.
class UniqueIds {
 public:
  void add(json::Reader place, const std::string& id) {
    if (!id.empty() && !seen_.insert(id).second) place.fault(fmt::format("'{}' stands here twice", id));
  }

 private:
  std::set<std::string> seen_;
};

// Things seen: {"id", "words", "consequence", "action", "source", "label"}.
[[nodiscard]] std::vector<care::SignRule> read_signs(
    json::Reader list, const Header& header,
    const std::pair<std::string_view, care::Consequence> (&allowed)[2], UniqueIds& ids);

}  // namespace evenkeel::content
