// json::parse: any bytes make a tree or say why not; a number keeps the characters it was written in.
#include "fuzz_target.hpp"
#include "json/document.hpp"

namespace {

using evenkeel::promise;
using evenkeel::json::Kind;
using evenkeel::json::Node;

void check(const Node& node, std::string_view text, std::size_t depth) {
  promise(depth <= evenkeel::json::Limits{}.depth + 1, "the tree is no deeper than the limit");
  if (node.kind == Kind::number) {
    const bool minus_zero = node.text == "0";
    promise(minus_zero || text.find(node.text) != std::string_view::npos, "a number keeps its characters");
  }
  for (const Node& item : node.items) check(item, text, depth + 1);
  for (std::size_t i = 0; i < node.members.size(); ++i) {
    for (std::size_t j = 0; j < i && i < 50; ++j) {
      promise(node.members[i].key != node.members[j].key, "keys are unique");
    }
    check(node.members[i].value, text, depth + 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = evenkeel::as_text(data, size);
  const auto tree = evenkeel::json::parse(text);
  if (tree) {
    check(*tree, text, 0);
  } else {
    promise(!tree.error().empty() && !tree.error().front().what.empty(), "a refusal has a reason");
  }
  return 0;
}
