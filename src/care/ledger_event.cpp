#include "care/ledger_event.hpp"

#include <algorithm>

#include "base/overloaded.hpp"

namespace evenkeel::care::ledger {
namespace {

char lower(char c) {
  return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string_view kind_text(const Body& body) {
  using Text = std::string_view;
  return std::visit(
      Overloaded{[](const Received&) -> Text { return "received"; },
                 [](const VialTaken&) -> Text { return "vial_taken"; },
                 [](const DrawnUp&) -> Text { return "drawn_up"; },
                 [](const Given&) -> Text { return "given"; }, [](const Wasted&) -> Text { return "wasted"; },
                 [](const VialReturned&) -> Text { return "vial_returned"; },
                 [](const ReturnedToSupplier&) -> Text { return "returned_to_supplier"; },
                 [](const Destroyed&) -> Text { return "destroyed"; },
                 [](const Counted&) -> Text { return "counted"; },
                 [](const DiscrepancyReviewed&) -> Text { return "discrepancy_reviewed"; },
                 [](const EnteredInError&) -> Text { return "entered_in_error"; }},
      body);
}

std::string actor_of(const Body& body) {
  return std::visit(
      [](const auto& value) -> std::string {
        if constexpr (requires { value.by; }) {
          return value.by;
        } else {
          return {};
        }
      },
      body);
}

std::string witness_of(const Body& body) {
  return std::visit(
      [](const auto& value) -> std::string {
        if constexpr (requires { value.witness; }) {
          return value.witness;
        } else if constexpr (requires { value.checker; }) {
          return value.checker;
        } else {
          return {};
        }
      },
      body);
}

bool same_person(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace evenkeel::care::ledger
