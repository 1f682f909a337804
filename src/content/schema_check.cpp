#include "content/schema_check.hpp"

#include <exception>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace evenkeel::content {
namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

// "<root>[models][0]" as "models[0]".
std::string path_text(const std::vector<std::string>& context) {
  std::string path;
  for (const std::string& part : context) {
    if (part == "<root>") continue;
    const std::string name = part.substr(1, part.size() - 2);
    const bool index = name.find_first_not_of("0123456789") == std::string::npos;
    path += index ? part : (path.empty() ? "" : ".") + name;
  }
  return path;
}

}  // namespace

Errors contradictions(std::string_view document, std::string_view schema) {
  Errors found;
  try {
    const auto rules = nlohmann::json::parse(schema);
    const auto tree = nlohmann::json::parse(document);
    valijson::Schema compiled;
    valijson::SchemaParser parser;
    parser.populateSchema(Adapter(rules), compiled);
    valijson::Validator validator;
    valijson::ValidationResults results;
    if (validator.validate(compiled, Adapter(tree), &results)) return found;
    valijson::ValidationResults::Error error;
    while (results.popError(error)) {
      found.push_back({ErrorCode::invalid_input, path_text(error.context),
                       "contradicts the schema: " + error.description});
    }
  } catch (const std::exception& thrown) {
    found.push_back(
        {ErrorCode::invalid_input, "", std::string("the schema cannot be applied: ") + thrown.what()});
  }
  return found;
}

}  // namespace evenkeel::content
