// What can be said of a ledger's event alone: amounts and persons.
#include <fmt/format.h>

#include "base/overloaded.hpp"
#include "care/ledger.hpp"

namespace evenkeel::care::ledger {
namespace {

constexpr int most_vials = 100'000;
constexpr int most_mL = 1000;
constexpr int most_mg_per_mL = 1000;
constexpr int finest_places = 3;

Error refuse(std::string where, std::string what) {
  return {ErrorCode::invalid_input, std::move(where), std::move(what)};
}

bool has_few_places(const Decimal& value) {
  const auto cut = divide_down(value, Decimal{1}, finest_places);
  return cut && *cut == value;
}

Result<void> check_volume(const std::string& where, const Decimal& mL, bool none_allowed = false) {
  if (mL < Decimal{} || (mL == Decimal{} && !none_allowed)) {
    return refuse(
        where, fmt::format("{} mL; a volume is {} 0", mL.to_string(), none_allowed ? "not below" : "above"));
  }
  if (mL > Decimal{most_mL})
    return refuse(where,
                  fmt::format("{} mL is more than can be meant; at most {} mL", mL.to_string(), most_mL));
  if (!has_few_places(mL))
    return refuse(where, fmt::format("{} mL is finer than 0.001 mL, which no syringe shows", mL.to_string()));
  return {};
}

Result<void> check_vials(int vials, int least) {
  if (least <= vials && vials <= most_vials) return {};
  return refuse("body.vials", fmt::format("{} vials; from {} to {} are allowed", vials, least, most_vials));
}

Result<void> check_strength(const Strength& strength) {
  const Decimal& value = strength.mg_per_mL;
  if (!(Decimal{} < value && value <= Decimal{most_mg_per_mL})) {
    return refuse("body.strength",
                  fmt::format("{} mg/mL is outside 0 (excluded) to {}", value.to_string(), most_mg_per_mL));
  }
  if (!has_few_places(value))
    return refuse("body.strength", fmt::format("{} mg/mL has more than three places", value.to_string()));
  return {};
}

Result<void> check_source(const Wasted& body) {
  if (body.draw.empty() != body.vial.empty()) return {};
  return refuse("body", "what is wasted comes from a syringe ('draw') or from a vial ('vial'): one of them");
}

Result<void> both(const Result<void>& first, const Result<void>& second) {
  return first ? second : first;
}

Result<void> check_amounts(const Body& body) {
  return std::visit(
      Overloaded{
          [](const Received& b) {
            return both(check_vials(b.vials, 1),
                        both(check_strength(b.strength), check_volume("body.vial_volume", b.vial_mL)));
          },
          [](const DrawnUp& b) { return check_volume("body.volume", b.volume_mL); },
          [](const Given& b) { return check_volume("body.volume", b.volume_mL); },
          [](const Wasted& b) { return both(check_source(b), check_volume("body.volume", b.volume_mL)); },
          [](const ReturnedToSupplier& b) { return check_vials(b.vials, 1); },
          [](const Destroyed& b) { return check_vials(b.vials, 1); },
          [](const Counted& b) {
            Result<void> found = check_vials(b.vials, 0);
            for (const auto& part : b.part_vials)
              found = both(found, check_volume("body.part_vials", part.volume_mL, true));
            return found;
          },
          [](const auto&) -> Result<void> { return {}; }},
      body);
}

// Who else must have been there: the field, or nullptr where one person is enough.
const char* second_person(const Body& body) {
  if (std::holds_alternative<DrawnUp>(body)) return "body.checker";
  if (std::holds_alternative<VialTaken>(body) || std::holds_alternative<Given>(body) ||
      std::holds_alternative<EnteredInError>(body))
    return nullptr;
  return "body.witness";
}

Result<void> check_persons(const Body& body) {
  const std::string by = actor_of(body);
  const std::string second = witness_of(body);
  if (!std::holds_alternative<EnteredInError>(body) && by.empty())
    return refuse("body.by", "it is not said who did it");
  const char* where = second_person(body);
  if (where == nullptr) return {};
  if (second.empty()) return refuse(where, "a second person sees it and is named");
  if (!same_person(by, second)) return {};
  return refuse(where, fmt::format("'{}' did it and cannot be the second person; name another", second));
}

}  // namespace

Result<void> check_alone(const Event& event) {
  return both(check_amounts(event.body), check_persons(event.body));
}

}  // namespace evenkeel::care::ledger
