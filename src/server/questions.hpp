// Which parameters may stand behind the question mark of an address, as schema/api-1.schema.json has it: one
// that is misspelt is refused, never passed over. Pure; safe to use from any thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "server/http_words.hpp"

namespace evenkeel::server {

class Questions {
 public:
  // `schema`: a JSON Schema whose definitions the routes name.
  explicit Questions(std::string_view schema);

  // The first parameter that the definition does not know, or that stands there twice; `where` names it. An
  // empty definition knows none, one that is open takes any.
  [[nodiscard]] std::optional<Error> fault(std::string_view definition, const Target& target) const;

 private:
  struct Known {
    std::set<std::string, std::less<>> names;
    bool open = false;
  };
  std::map<std::string, Known, std::less<>> by_definition_;
};

}  // namespace evenkeel::server
