// The items of a questionnaire, as FHIR R4 knows them, and what answers they take.
//
// An answer in a record is a whole number: that of the option, the number itself, or 1 for yes and 0 for no.
// Values; safe to use from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace evenkeel::care {

struct Coding {
  std::string system;  // empty for the instrument's own codes
  std::string code;
  std::string display;
};

struct AnswerOption {
  int value = 0;
  std::string text;
  Coding code;
};

// The types of a FHIR Questionnaire that are known here. The last four take no answer in a record.
enum class ItemType : std::uint8_t { choice, integer, boolean, decimal, text, display, group };

// An item is asked where another one's answer is as said.
struct Condition {
  std::string item;
  bool equal = true;  // or not equal
  int answer = 0;
};

struct Item {
  std::string id;  // the linkId
  std::string text;
  ItemType type = ItemType::choice;
  int depth = 0;  // within groups
  bool required = false;
  std::vector<AnswerOption> options;  // of a choice
  int low = 0;                        // of an integer, and of a boolean 0 and 1
  int high = 0;
  std::vector<Condition> asked_when;  // empty: always
  bool all_conditions = false;        // or any of them
  std::vector<Coding> codes;
};

using Answers = std::map<std::string, int>;  // by item

// Whether a record can hold an answer to it.
[[nodiscard]] bool takes_answer(const Item& item);
[[nodiscard]] bool is_allowed(const Item& item, int answer);
// The lowest and the highest answer of an item that takes one.
[[nodiscard]] std::pair<int, int> answer_range(const Item& item);
// False where the answers say that it is not asked. What cannot be told yet counts as asked.
[[nodiscard]] bool is_asked(const Item& item, const Answers& answers);

}  // namespace evenkeel::care
