// What happens to a patient's entry in the register. For register.cpp, which says who may. Values.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "clinic/kept.hpp"
#include "clinic/register.hpp"

namespace evenkeel::clinic {

struct WasRegistered {
  Identity identity;
};
struct WasCorrected {
  Identity identity;  // whole, as it is right
};
using RegisterBody = std::variant<WasRegistered, WasCorrected>;

struct RegisterEvent {
  std::string id;
  std::string person;
  Instant at;
  Instant recorded_at;
  std::string recorded_by;
  RegisterBody body;
};

[[nodiscard]] const Identity& identity_of(const RegisterBody& body);
[[nodiscard]] std::string_view kind_text(const RegisterBody& body);  // frozen: stored

// All of one patient. `add` refuses another's, and a correction of nothing.
class RegisterHistory {
 public:
  explicit RegisterHistory(std::string id) : id_(std::move(id)) {}

  Result<void> add(RegisterEvent event);
  [[nodiscard]] const std::vector<RegisterEvent>& events() const { return events_; }

 private:
  std::string id_;
  std::vector<RegisterEvent> events_;
};

struct RegisterForm {
  using Record = RegisterHistory;
  using Event = RegisterEvent;
  using Body = RegisterBody;
  static constexpr auto stream_kind = store::StreamKind::person;
  static std::string_view kind_text(const Body& body) { return clinic::kind_text(body); }
  // A JSON line. Errors: every fault of it; a birth date after the day it was written down.
  static Result<Event, Errors> read(std::string_view line);
  static std::string write(const Event& event);
};

}  // namespace evenkeel::clinic
