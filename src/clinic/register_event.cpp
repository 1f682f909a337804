#include "clinic/register_event.hpp"

#include "exchange/words.hpp"
#include "json/reader.hpp"
#include "json/write.hpp"

namespace evenkeel::clinic {
namespace {

using json::Reader;
namespace w = exchange::words;

Identity identity(Reader p) {
  Identity who;
  if (!p.object({"name", "birth_date"}, {"sex"})) return who;
  who.name = p["name"].text(200);
  who.birth_date = p["birth_date"].date();
  if (p.has("sex")) who.sex = p["sex"].one_of(w::sexes);
  return who;
}

RegisterBody registered(Reader p) {
  return WasRegistered{identity(std::move(p))};
}
RegisterBody corrected(Reader p) {
  return WasCorrected{identity(std::move(p))};
}

using ReadBody = RegisterBody (*)(Reader);
constexpr std::pair<std::string_view, ReadBody> kinds[] = {{"registered", &registered},
                                                           {"corrected", &corrected}};

}  // namespace

const Identity& identity_of(const RegisterBody& body) {
  return std::visit([](const auto& each) -> const Identity& { return each.identity; }, body);
}

std::string_view kind_text(const RegisterBody& body) {
  return kinds[body.index()].first;
}

Result<void> RegisterHistory::add(RegisterEvent event) {
  if (event.person != id_) return Error{ErrorCode::invalid_input, "person", "another patient's"};
  if (events_.empty() != std::holds_alternative<WasRegistered>(event.body))
    return Error{ErrorCode::invalid_input, "kind", "a patient is registered once, and corrected after that"};
  events_.push_back(std::move(event));
  return {};
}

Result<RegisterEvent, Errors> RegisterForm::read(std::string_view line) {
  const auto tree = json::parse(line, {.bytes = 1U << 16U, .depth = 8});
  if (!tree) return tree.error();
  Errors faults;
  Reader top{*tree, faults};
  RegisterEvent event;
  if (top.object({"id", "person", "at", "recorded_at", "recorded_by", "kind", "body"})) {
    event.id = top["id"].name();
    event.person = top["person"].name();
    event.at = top["at"].instant();
    event.recorded_at = top["recorded_at"].instant();
    event.recorded_by = top["recorded_by"].text(100);
    const ReadBody read = top["kind"].one_of(kinds);
    if (read != nullptr) event.body = read(top["body"]);
    // A day's grace: it may be tomorrow where the clinic is.
    if (faults.empty() && identity_of(event.body).birth_date.start() > event.recorded_at + 24.0 * units::h)
      top["body"]["birth_date"].fault("is in the future");
  }
  if (!faults.empty()) return faults;
  return event;
}

std::string RegisterForm::write(const RegisterEvent& event) {
  const Identity& who = identity_of(event.body);
  std::vector<std::pair<std::string, json::Node>> body{
      {"name", json::text(who.name)}, {"birth_date", json::text(who.birth_date.to_string())}};
  if (who.sex) body.emplace_back("sex", json::text(w::word_for(w::sexes, *who.sex)));
  return json::dump(json::object({{"id", json::text(event.id)},
                                  {"person", json::text(event.person)},
                                  {"at", json::text(event.at.to_string())},
                                  {"recorded_at", json::text(event.recorded_at.to_string())},
                                  {"recorded_by", json::text(event.recorded_by)},
                                  {"kind", json::text(kind_text(event.body))},
                                  {"body", json::object(std::move(body))}}));
}

}  // namespace evenkeel::clinic
