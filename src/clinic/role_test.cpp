#include "clinic/role.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace evenkeel::clinic {
namespace {

template <std::size_t... I>
std::vector<care::Body> every_kind(std::index_sequence<I...>) {
  return {care::Body{std::in_place_index<I>}...};
}
std::vector<care::Body> every_kind() {
  return every_kind(std::make_index_sequence<std::variant_size_v<care::Body>>{});
}

std::set<std::string> writers_of(std::string_view kind) {
  std::set<std::string> roles;
  for (const care::Body& body : every_kind()) {
    for (const Role role : all_roles) {
      if (care::kind_text(body) == kind && may_write(role, body)) roles.insert(std::string{role_text(role)});
    }
  }
  return roles;
}

// R2
TEST(Role, AnAdministratorReadsAndWritesNoChart) {
  EXPECT_FALSE(permits(Role::administrator, Right::read_chart));
  EXPECT_FALSE(permits(Role::administrator, Right::export_chart));
  EXPECT_FALSE(permits(Role::administrator, Right::see_schedule));
  EXPECT_FALSE(permits(Role::administrator, Right::read_ledger));
  for (const care::Body& body : every_kind())
    EXPECT_FALSE(may_write(Role::administrator, body)) << care::kind_text(body);
}

// R2
TEST(Role, AnAuditorReadsAndWritesNothing) {
  EXPECT_TRUE(permits(Role::auditor, Right::read_chart));
  EXPECT_TRUE(permits(Role::auditor, Right::read_audit));
  EXPECT_FALSE(permits(Role::auditor, Right::write_ledger));
  EXPECT_FALSE(permits(Role::auditor, Right::open_chart));
  for (const care::Body& body : every_kind())
    EXPECT_FALSE(may_write(Role::auditor, body)) << care::kind_text(body);
}

TEST(Role, OnlyAnAdministratorKeepsAccountsAndReadsNoNames) {
  for (const Role role : all_roles)
    EXPECT_EQ(permits(role, Right::keep_accounts), role == Role::administrator) << role_text(role);
  for (const Role role : {Role::administrator, Role::auditor, Role::laboratory})
    EXPECT_FALSE(permits(role, Right::read_register)) << role_text(role);
}

TEST(Role, OnlyWhoTreatsBreaksTheGlass) {
  for (const Role role : all_roles)
    EXPECT_EQ(permits(role, Right::break_glass), role == Role::prescriber || role == Role::nurse)
        << role_text(role);
}

TEST(Role, EveryRightHasATextOfItsOwn) {
  std::set<std::string_view> texts;
  for (const Right right : all_rights) {
    texts.insert(right_text(right));
    EXPECT_FALSE(right_words(right).empty());
  }
  EXPECT_EQ(texts.size(), std::size(all_rights));
  EXPECT_FALSE(texts.contains(""));
}

// R2
TEST(Role, OnlyAPrescriberDecides) {
  for (const char* kind : {"plan_approved", "plan_changed", "plan_signed", "session_decision", "review"})
    EXPECT_EQ(writers_of(kind), std::set<std::string>{"prescriber"}) << kind;
}

// R2
TEST(Role, TheFrontDeskSeesTheScheduleAndNoChart) {
  EXPECT_TRUE(permits(Role::front_desk, Right::see_schedule));
  EXPECT_FALSE(permits(Role::front_desk, Right::read_chart));
  EXPECT_TRUE(writers_of("session_checked_in").contains("front-desk"));
  EXPECT_FALSE(writers_of("session_started").contains("front-desk"));
}

// R2
TEST(Role, WhatSignsAreReadFromIsWrittenByWhoSeesIt) {
  using Roles = std::set<std::string>;
  for (const char* kind : {"toxicology", "lab_result", "urine_test"})
    EXPECT_EQ(writers_of(kind), (Roles{"prescriber", "nurse", "laboratory"})) << kind;
  for (const char* kind : {"circumstance", "harm"})
    EXPECT_EQ(writers_of(kind), (Roles{"prescriber", "nurse", "therapist"})) << kind;
  EXPECT_EQ(writers_of("medicine_changed"), (Roles{"prescriber", "nurse", "pharmacist"}));
  EXPECT_EQ(writers_of("appointment_missed"), (Roles{"prescriber", "nurse", "therapist", "front-desk"}));
}

TEST(Role, EveryKindOfEventHasSomebodyWhoWritesIt) {
  for (const care::Body& body : every_kind()) {
    const bool somebody = std::ranges::any_of(all_roles, [&](Role role) { return may_write(role, body); });
    EXPECT_TRUE(somebody) << care::kind_text(body);
  }
}

TEST(Role, EveryRightHasSomebodyAndNobodyHasAll) {
  std::map<Role, int> rights;
  for (const Right right : all_rights) {
    for (const Role role : all_roles) rights[role] += permits(role, right) ? 1 : 0;
    EXPECT_TRUE(std::ranges::any_of(all_roles, [&](Role role) { return permits(role, right); }))
        << right_words(right);
  }
  for (const auto& [role, count] : rights) EXPECT_LT(count, static_cast<int>(std::size(all_rights)) - 1);
}

TEST(Role, ComesBackFromItsText) {
  for (const Role role : all_roles) EXPECT_EQ(role_from_text(role_text(role)), role);
  EXPECT_EQ(role_from_text("root"), std::nullopt);
  EXPECT_EQ(role_from_text(""), std::nullopt);
}

}  // namespace
}  // namespace evenkeel::clinic
