#include "clinic/register.hpp"

#include "clinic/register_event.hpp"
#include "support/clinic_store.hpp"

namespace evenkeel::clinic {
namespace {

Identity who(const char* name, const char* birth, std::optional<care::Sex> sex = {}) {
  return {name, *Date::parse(birth), sex};
}

class RegisterTest : public ClinicStore {
 protected:
  Registered must_register(const Identity& identity) {
    const auto made = register_patient(*log_, {identity}, desk);
    EXPECT_TRUE(made) << to_string(made.error());
    return *made;
  }
  const Person desk{"desk-1", Role::front_desk, now};
};

TEST_F(RegisterTest, GivesAnIdThatTellsNothingAndBeginsNoChart) {
  const Registered made = must_register(who("Anna Example", "1980-05-17", care::Sex::female));
  EXPECT_EQ(made.id.size(), 10U);
  EXPECT_TRUE(made.id.starts_with("p-"));
  EXPECT_EQ(made.identity, who("Anna Example", "1980-05-17", care::Sex::female));
  EXPECT_TRUE(log_->streams(store::StreamKind::patient, nurse.request())->empty());
  EXPECT_EQ(patient_of(*log_, made.id, nurse)->identity, made.identity);
  EXPECT_NE(must_register(who("Bert Example", "1970-01-01")).id, made.id);
}

TEST_F(RegisterTest, AsksBeforeTheSamePersonIsRegisteredTwice) {
  const Registered made = must_register(who("Anna Example", "1980-05-17"));
  const auto again = register_patient(*log_, {who("anna example", "1980-05-17")}, desk);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().where, "another_of_the_name");
  EXPECT_NE(again.error().what.find(made.id), std::string::npos);
  EXPECT_TRUE(register_patient(*log_, {who("Anna Example", "1980-05-18")}, desk));
  EXPECT_TRUE(register_patient(*log_, {who("Anna Example", "1980-05-17"), "", true}, desk))
      << "another person";
  EXPECT_EQ(patients(*log_, nurse)->size(), 3U);
}

// The answer was lost, and whoever asked does not know whether it was done.
TEST_F(RegisterTest, AskedAgainWithTheSameKeyItIsTheSamePatient) {
  const Registering asked{who("Anna Example", "1980-05-17"), "", false, "desk-1:k1"};
  const auto made = register_patient(*log_, asked, desk);
  ASSERT_TRUE(made) << to_string(made.error());
  const auto again = register_patient(*log_, asked, desk);
  ASSERT_TRUE(again) << to_string(again.error());
  EXPECT_EQ(again->id, made->id);
  EXPECT_EQ(patients(*log_, nurse)->size(), 1U);
  const auto other =
      register_patient(*log_, {who("Bert Example", "1970-01-01"), "", false, "desk-1:k1"}, desk);
  EXPECT_EQ(other.error().where, "key");
  EXPECT_NE(register_patient(*log_, {who("Bert Example", "1970-01-01"), "", false, "desk-1:k2"}, desk)->id,
            made->id);
}

TEST_F(RegisterTest, TakesTheIdOfAChartThatWasThereBefore) {
  const auto made = register_patient(*log_, {who("Anna Example", "1980-05-17"), "p1"}, desk);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->id, "p1");
  const auto taken = register_patient(*log_, {who("Bert Example", "1970-01-01"), "p1"}, desk);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().where, "id");
}

TEST_F(RegisterTest, ShowsTheLatestCorrectionAndKeepsWhatWasThere) {
  const Registered made = must_register(who("Ana Example", "1980-05-17"));
  ASSERT_TRUE(correct_patient(*log_, made.id, who("Anne Example", "1980-05-17"), nurse));
  const auto right = correct_patient(*log_, made.id, who("Anna Example", "1980-05-18"), desk);
  ASSERT_TRUE(right);
  EXPECT_EQ(right->version, 3U);
  EXPECT_EQ(correct_patient(*log_, made.id, who("Anna Example", "1980-05-18"), desk)->version, 3U)
      << "nothing new";
  const auto all = patients(*log_, nurse);
  ASSERT_EQ(all->size(), 1U);
  EXPECT_EQ(all->front().identity, who("Anna Example", "1980-05-18"));
  EXPECT_EQ(log_->read({store::StreamKind::person, made.id}, 0, nurse.request())->size(), 3U);
  EXPECT_EQ(correct_patient(*log_, "p-none", who("X Example", "1980-05-17"), desk).error().code,
            ErrorCode::not_found);
}

TEST_F(RegisterTest, RefusesWhatIsNoNameOrNoBirthDate) {
  for (const Identity& bad :
       {who("", "1980-05-17"), who("Anna\nExample", "1980-05-17"),
        Identity{std::string(201, 'x'), *Date::parse("1980-05-17")}, who("Anna", "2026-03-04")})
    EXPECT_EQ(register_patient(*log_, {bad}, desk).error().code, ErrorCode::invalid_input) << bad.name;
  EXPECT_FALSE(register_patient(*log_, {who("Anna Example", "1980-05-17"), "p 1"}, desk));
  EXPECT_TRUE(patients(*log_, nurse)->empty());
  EXPECT_TRUE(register_patient(*log_, {who("Anna", "2026-03-03")}, desk)) << "born today, east of here";
}

TEST_F(RegisterTest, IsReadByWhoTreatsDispensesOrBooks) {
  const Registered made = must_register(who("Anna Example", "1980-05-17"));
  for (const Role role : all_roles) {
    const Person reader{"someone-1", role, now};
    const bool permitted = role != Role::administrator && role != Role::auditor && role != Role::laboratory;
    EXPECT_EQ(patients(*log_, reader).has_value(), permitted) << role_text(role);
    EXPECT_EQ(patient_of(*log_, made.id, reader).has_value(), permitted) << role_text(role);
    const bool registers = role == Role::prescriber || role == Role::nurse || role == Role::front_desk;
    EXPECT_EQ(register_patient(*log_, {who("Bert", "1970-01-01"), "", true}, reader).has_value(), registers)
        << role_text(role);
  }
}

TEST_F(RegisterTest, IsSortedByNameAndFoundByTheBeginningOfAnyWordOfIt) {
  const std::vector<Registered> all{{"p-bbbb", who("Anna Maria Meyer-Lund", "1980-05-17"), 1},
                                    {"p-cccc", who("Bert Maier", "1970-01-01"), 1},
                                    {"p-dddd", who("Élodie Example", "1990-01-01"), 1}};
  const auto ids = [&](std::string_view prefix) {
    std::string found;
    for (const Registered& each : with_prefix(all, prefix)) found += each.id.back();
    return found;
  };
  EXPECT_EQ(ids("m"), "bc");
  EXPECT_EQ(ids("MAI"), "c");
  EXPECT_EQ(ids("lund"), "b");
  EXPECT_EQ(ids("yer"), "");
  EXPECT_EQ(ids("anna mar"), "b");
  EXPECT_EQ(ids("p-d"), "d");
  EXPECT_EQ(ids("Élo"), "d");
  EXPECT_EQ(ids(""), "bcd");
  must_register(who("zoe Example", "1980-05-17"));
  must_register(who("Anna Example", "1980-05-17"));
  EXPECT_EQ(patients(*log_, nurse)->front().identity.name, "Anna Example");
}

TEST(RegisterEvent, ComesBackFromItsLine) {
  const Instant at = moment("2026-03-02T09:00:00Z");
  const RegisterBody bodies[] = {WasRegistered{who("Anna Example", "1980-05-17", care::Sex::other)},
                                 WasCorrected{who("Anna Example", "1980-05-17")}};
  for (const RegisterBody& body : bodies) {
    const std::string line = RegisterForm::write({"e1", "p1", at, at, "desk-1", body});
    const auto again = RegisterForm::read(line);
    ASSERT_TRUE(again) << line;
    EXPECT_EQ(again->body.index(), body.index());
    EXPECT_EQ(identity_of(again->body), identity_of(body));
    EXPECT_EQ(RegisterForm::write(*again), line);
  }
}

}  // namespace
}  // namespace evenkeel::clinic
