// What the API says of people and records, from values. Pure.
#pragma once

#include <optional>
#include <string>

#include "care/instrument.hpp"
#include "clinic/chart.hpp"
#include "clinic/register.hpp"
#include "json/write.hpp"
#include "store/event_log.hpp"

namespace evenkeel::server {

// The definition `person` of schema/api-1.schema.json. A record whose patient is in no register has no name.
[[nodiscard]] json::Node person_node(const std::string& patient,
                                     const std::optional<clinic::Registered>& known);
// {"event": the record's own line, "version", "repeated", "score"?}
[[nodiscard]] std::string written_text(const clinic::Written& written,
                                       const std::optional<care::Score>& score);
[[nodiscard]] json::Node score_node(const care::Score& score);
// A stored line with the version that it has in its stream.
[[nodiscard]] std::string versioned(std::uint64_t version, std::string_view line);

}  // namespace evenkeel::server
