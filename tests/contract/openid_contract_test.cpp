// Settings of an OpenID provider: the example satisfies reader and schema, and whatever breaks the schema,
// the reader refuses.

#include <gtest/gtest.h>

#include <filesystem>

#include "content/library_loader.hpp"
#include "content/schema_check.hpp"
#include "mutations.hpp"
#include "openid/settings.hpp"

namespace evenkeel::content {
namespace {

const std::filesystem::path source{EVENKEEL_SOURCE_DIR};

std::string schema() {
  return *read_text(source / "schema/openid-1.schema.json");
}
std::string example() {
  return *read_text(source / "examples/openid.json");
}

TEST(OpenIdContract, TheExampleSatisfiesReaderAndSchema) {
  for (const Error& fault : contradictions(example(), schema())) ADD_FAILURE() << to_string(fault);
  const auto settings = openid::read_settings(example());
  ASSERT_TRUE(settings) << to_string(settings.error().front());
  EXPECT_EQ(settings->redirect(), "https://evenkeel.example.org/api/openid/return");
  EXPECT_TRUE(settings->ask_every_time);
  EXPECT_TRUE(settings->passwords);
  EXPECT_TRUE(settings->demands_more());
}

TEST(OpenIdContract, WhateverBreaksTheSchemaTheReaderRefuses) {
  const std::string rules = schema();
  std::size_t broken = 0;
  for (const auto& mutation : test::mutations(nlohmann::json::parse(example()))) {
    const std::string mutated = mutation.document.dump();
    if (contradictions(mutated, rules).empty()) continue;
    ++broken;
    EXPECT_FALSE(openid::read_settings(mutated)) << "the reader accepts " << mutation.what;
  }
  EXPECT_GT(broken, 20U);
}

}  // namespace
}  // namespace evenkeel::content
