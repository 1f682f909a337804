// One event as a record writes it, read by the reader of records. For the tests of its kinds.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "exchange/record_reader.hpp"

namespace evenkeel::test {

inline std::string event_line(std::string_view kind, std::string_view body) {
  return R"({"id":"e1","patient":"p","at":"2026-03-02T09:00:00Z","recorded_at":"2026-03-02T09:01:00Z",)"
         R"("recorded_by":"n","kind":")" +
         std::string(kind) + R"(","body":)" + std::string(body) + "}";
}

template <class Body>
Body good(std::string_view kind, std::string_view body) {
  const auto event = exchange::read_event(event_line(kind, body));
  if (!event) {
    ADD_FAILURE() << body << ": " << to_string(event.error().front());
    return {};
  }
  EXPECT_EQ(care::kind_text(event->body), kind);
  return std::get<Body>(event->body);
}

// Refused, and one of the faults stands at `where` and has `what` in its words.
inline void refused(std::string_view kind, std::string_view body, std::string_view where,
                    std::string_view what) {
  const auto event = exchange::read_event(event_line(kind, body));
  ASSERT_FALSE(event) << body;
  const bool told = std::ranges::any_of(event.error(), [&](const Error& fault) {
    return fault.code == ErrorCode::invalid_input && fault.where == where &&
           fault.what.find(what) != std::string::npos;
  });
  EXPECT_TRUE(told) << body << ": " << to_string(event.error().front());
}

}  // namespace evenkeel::test
