// The kinds of content: where each stands, what its form is called, who reads it. For the loader.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "content/library_loader.hpp"

namespace evenkeel::content {

[[nodiscard]] std::span<const ContentKind> all_kinds();

// The kind's one file in its folder; empty where it is all of the folder's files.
[[nodiscard]] std::string_view only_file(ContentKind kind);

// "evenkeel.model/2, ... or evenkeel.behaviour/1".
[[nodiscard]] std::string all_forms();

// By the "schema" line of a file.
[[nodiscard]] std::optional<ContentKind> kind_named_in(std::string_view text);

// The faults that the kind's reader finds.
[[nodiscard]] Errors read_alone(ContentKind kind, std::string_view text);

// The schema's word on a file. A place that the reader already named (`known`) is not named twice.
[[nodiscard]] Errors schema_faults(ContentKind kind, std::string_view text,
                                   const std::filesystem::path& folder, const Errors& known);

}  // namespace evenkeel::content
