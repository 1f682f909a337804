// A clinic to try things in: patients of the virtual clinic whose records end today, three visits that are
// going on, a ledger, and somebody of each role. Nothing of it is about a person.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "assess/library.hpp"
#include "base/result.hpp"
#include "clinic/person.hpp"
#include "store/event_log.hpp"

namespace evenkeel::app {

inline constexpr const char* demo_password = "evenkeel demo clinic";

struct DemoUser {
  const char* name;
  const char* display;
  clinic::Role role;
};
[[nodiscard]] const std::vector<DemoUser>& demo_users();
// Of that name, or a prescriber of one that is none of theirs, as the virtual clinic has them.
[[nodiscard]] clinic::Person demo_person(const std::string& name, Instant now);

struct DemoPlace {
  std::filesystem::path content;   // the library's folder
  std::filesystem::path examples;  // examples/, beside it
  std::string site;                // whose ledger
};

// Whether the store is a demo clinic; false where it is empty. Error (invalid_input): it is somebody's, and
// the demo's password, which is known to all, is never put into it.
[[nodiscard]] Result<bool> is_demo(store::EventLog& log, Instant now);

// Fills an empty store. Errors: those of reading the examples; of writing them: the examples do not fit the
// library.
[[nodiscard]] Result<void> furnish_demo(store::EventLog& log, const assess::Library& library,
                                        const DemoPlace& place, Instant now);

}  // namespace evenkeel::app
