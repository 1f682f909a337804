// How virtual patients behave, as files (evenkeel.behaviour/1): content/behaviours/*.json, see schema.json in
// that folder for the form. Text in, value out; nothing is filled in. Safe to use from any thread.
#pragma once

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cohort/behaviour.hpp"
#include "watch/rule.hpp"

namespace evenkeel::content {

// The value, or every fault of the text at once (invalid_input, by its path). Each number lies within its own
// bounds, and these within what can be meant. A sign names the rules that ought to notice it, what is none
// names none; the onset ends no earlier than it begins.
[[nodiscard]] Result<cohort::Behaviour, Errors> read_behaviour(std::string_view text);

// All of <content folder>/behaviours, by id. Errors: storage; those of read_behaviour with the file's name; a
// file that is not called as its id is.
[[nodiscard]] Result<std::vector<cohort::Behaviour>, Errors> load_behaviours(
    const std::filesystem::path& content_folder);

// The rules that behaviours expect are there.
[[nodiscard]] Errors check_expected(std::span<const cohort::Behaviour> behaviours,
                                    std::span<const watch::Rule> rules);

}  // namespace evenkeel::content
