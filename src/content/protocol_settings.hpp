// A site's own numbers in a protocol, as a file (evenkeel.protocol-settings/1): only numbers that the
// protocol says are adjustable, only within its bounds, in its own unit. docs/protocol-format.md describes
// it, schema/protocol-settings-1.schema.json states it again.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "care/protocol.hpp"

namespace evenkeel::content {

// The protocol with the site's numbers in it, or every fault of both texts at once (invalid_input, by its
// path; those of the settings begin with "settings"). Each number set has source "site" and label P, and is
// told in Protocol::set_by_site; a bound made looser takes a second person. Safe to use from any thread.
[[nodiscard]] Result<care::Protocol, Errors> read_protocol_for_site(std::string_view protocol,
                                                                    std::string_view settings);

// Whether setting the number at this place higher (or lower) makes a safety bound looser. A place that is not
// known counts as looser in either direction. `when_above`: of a vital sign's limit, which side it watches.
[[nodiscard]] bool makes_looser(std::string_view place, bool higher, bool when_above);

}  // namespace evenkeel::content
