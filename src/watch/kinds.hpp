// The events of a chart by kind, each kind by time: sorted once for all rules, and by who looks often kept
// and added to. Refers to the events it was made from.
#pragma once

#include <algorithm>
#include <map>
#include <span>
#include <string_view>
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
  Kinds() = default;
  explicit Kinds(std::span<const care::Event> valid) {
    for (const care::Event& event : valid) add(event);
  }

  // An event written down after those before it, whenever it happened.
  void add(const care::Event& event) {
    std::visit([&](const auto& body) { insert(list_of(body), {&event, &body}); }, event.body);
    if (const auto* evaluation = std::get_if<care::Evaluation>(&event.body))
      insert(by_instrument_[evaluation->instrument], {&event, evaluation});
  }

  template <class Body>
  [[nodiscard]] std::span<const Timed<Body>> of() const {
    return std::get<std::vector<Timed<Body>>>(lists_);
  }
  [[nodiscard]] std::span<const Timed<care::Evaluation>> of_instrument(std::string_view id) const {
    const auto found = by_instrument_.find(id);
    return found == by_instrument_.end() ? std::span<const Timed<care::Evaluation>>{} : found->second;
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
  // Most come in the order of time.
  template <class Body>
  static void insert(std::vector<Timed<Body>>& list, const Timed<Body>& one) {
    const bool last = list.empty() || list.back().at() <= one.at();
    list.insert(last ? list.end() : std::ranges::upper_bound(list, one.at(), {}, &Timed<Body>::at), one);
  }

  Lists<care::Body>::Type lists_;
  std::map<std::string_view, std::vector<Timed<care::Evaluation>>> by_instrument_;
};

}  // namespace evenkeel::watch
