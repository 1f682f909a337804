// The table of what can be asked: method, address, who may, what the answer is called in the schema. The
// router, the API's description and the test of who may do what are all made from it, so none forgets one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "clinic/role.hpp"
#include "server/call.hpp"
#include "server/http_words.hpp"

namespace evenkeel::server {

enum class Door : std::uint8_t {
  open,        // anybody
  any_state,   // signed in, also behind the idle lock or with a password that must be changed
  setting_up,  // signed in, also without the second factor that the site demands
  signed_in,
};

struct Route {
  Method method = Method::get;
  std::string_view pattern;  // "/api/patients/{patient}/events"
  Door door = Door::signed_in;
  std::optional<clinic::Right> right;  // beside the door; what an event takes is asked for its kind
  // Definitions of schema/api-1.schema.json; empty: none.
  std::string_view asks;    // of a write its body, of a question its parameters
  std::string_view answer;  // the body; or its media type, where it is no JSON: "text/html"
  std::string_view words;   // what it does, in a few words
  Answer (*handle)(const Call&) = nullptr;
  bool once = true;  // a write that wants an idempotency key

  [[nodiscard]] bool writes() const { return method != Method::get && method != Method::head; }
  [[nodiscard]] bool of_patient() const { return pattern.find("/{patient}") != std::string_view::npos; }
};

[[nodiscard]] std::vector<Route> sign_in_routes();
[[nodiscard]] std::vector<Route> openid_routes();
[[nodiscard]] std::vector<Route> patient_routes();
[[nodiscard]] std::vector<Route> session_routes();
[[nodiscard]] std::vector<Route> today_routes();
[[nodiscard]] std::vector<Route> library_routes();
[[nodiscard]] std::vector<Route> link_routes();
[[nodiscard]] std::vector<Route> keeping_routes();
[[nodiscard]] std::vector<Route> reconciled_routes();
[[nodiscard]] std::vector<Route> countersign_routes();
[[nodiscard]] std::vector<Route> user_routes();
[[nodiscard]] std::vector<Route> public_routes();

// All of them.
[[nodiscard]] const std::vector<Route>& routes();

// What the {names} of the pattern stand for, where the path is of it.
[[nodiscard]] std::optional<std::vector<std::string>> match(std::string_view pattern,
                                                            std::span<const std::string> path);

}  // namespace evenkeel::server
