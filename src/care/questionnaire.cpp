#include "care/questionnaire.hpp"

#include <algorithm>

#include "base/expects.hpp"

namespace evenkeel::care {

bool takes_answer(const Item& item) {
  return item.type == ItemType::choice || item.type == ItemType::integer || item.type == ItemType::boolean;
}

bool is_allowed(const Item& item, int answer) {
  if (!takes_answer(item)) return false;
  if (item.type != ItemType::choice) return item.low <= answer && answer <= item.high;
  return std::ranges::find(item.options, answer, &AnswerOption::value) != item.options.end();
}

std::pair<int, int> answer_range(const Item& item) {
  if (item.type != ItemType::choice) return {item.low, item.high};
  expects(!item.options.empty(), "a choice has options");
  const auto by_value = [](const AnswerOption& a, const AnswerOption& b) { return a.value < b.value; };
  const auto [least, most] = std::minmax_element(item.options.begin(), item.options.end(), by_value);
  return {least->value, most->value};
}

bool is_asked(const Item& item, const Answers& answers) {
  if (item.asked_when.empty()) return true;
  bool open = false;  // a condition whose item has no answer
  for (const Condition& condition : item.asked_when) {
    const auto answer = answers.find(condition.item);
    if (answer == answers.end()) {
      open = true;
      continue;
    }
    const bool holds = (answer->second == condition.answer) == condition.equal;
    if (holds != item.all_conditions) return holds;
  }
  return open || item.all_conditions;
}

}  // namespace evenkeel::care
