#include "care/visit_event.hpp"

namespace evenkeel::care {

std::string_view screened_words(Screened outcome) {
  switch (outcome) {
    case Screened::clear:
      return "clear";
    case Screened::concern:
      return "a concern";
    case Screened::not_applicable:
      return "not applicable";
  }
  return "";
}

std::string_view check_words(Check check) {
  switch (check) {
    case Check::identity_first:
      return "identity, first check";
    case Check::identity_second:
      return "identity, second check";
    case Check::fasting:
      return "fasting";
    case Check::escort:
      return "escort arranged";
    case Check::equipment:
      return "rescue equipment and a trained person at hand";
    case Check::no_change:
      return "health and medicines as before";
    case Check::pregnancy:
      return "pregnancy";
  }
  return "";
}

std::string_view departure_words(Departure departure) {
  switch (departure) {
    case Departure::transferred:
      return "transferred";
    case Departure::left_against_advice:
      return "left against advice";
    case Departure::other:
      return "ended otherwise";
  }
  return "";
}

}  // namespace evenkeel::care
