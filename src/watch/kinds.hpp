// The events of a chart by kind, each kind by time: sorted once for all rules. Refers to the events it was
// made from. Not for other layers.
#pragma once

#include <algorithm>
#include <span>
#include <tuple>
#include <variant>
#include <vector>

#include "care/event.hpp"

namespace evenkeel::watch {

template <class Body>
struct Timed {
  const care::Event* event;
  const Body* body;
  [[nodiscard]] Instant at() const { return event->at; }
};

class Kinds {
 public:
  explicit Kinds(std::span<const care::Event> valid) {
    for (const care::Event& event : valid)
      std::visit([&](const auto& body) { list_of(body).push_back({&event, &body}); }, event.body);
    std::apply([](auto&... lists) { (by_time(lists), ...); }, lists_);
  }

  template <class Body>
  [[nodiscard]] std::span<const Timed<Body>> of() const {
    return std::get<std::vector<Timed<Body>>>(lists_);
  }

 private:
  template <class Variant>
  struct Lists;
  template <class... Bodies>
  struct Lists<std::variant<Bodies...>> {
    using Type = std::tuple<std::vector<Timed<Bodies>>...>;
  };

  template <class Body>
  std::vector<Timed<Body>>& list_of(const Body&) {
    return std::get<std::vector<Timed<Body>>>(lists_);
  }
  template <class Body>
  static void by_time(std::vector<Timed<Body>>& list) {
    if (!std::ranges::is_sorted(list, {}, &Timed<Body>::at))  // as it mostly is
      std::ranges::stable_sort(list, {}, &Timed<Body>::at);
  }

  Lists<care::Body>::Type lists_;
};

}  // namespace evenkeel::watch
