#include "exchange/table_writer.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "support/linear_models.hpp"

namespace evenkeel::exchange {
namespace {

const pkpd::Structure absorption{test::absorption_model()};

TEST(TableWriter, WritesWhatWasReadInItsOwnColumns) {
  std::istringstream in{
      "WEIGHT CL TIME ID AMT RATE CMT ADDL II SS DV EVID\n"
      "70 2.5 0 a 100 50 2 3 12 1 . 1\n"
      ". 3 0.1 a 0 0 1 0 0 0 4.25 0\n"
      "80 3 4 a 5 -2 0 0 0 0 . 4\n"
      "80 3 5 \"b, c\" 0 0 0 0 0 0 . 3\n"};
  auto reader = TableReader::open(in, absorption);
  ASSERT_TRUE(reader);
  std::ostringstream out;
  TableWriter writer{out, absorption};
  while (true) {
    const auto subject = reader->next();
    ASSERT_TRUE(subject) << to_string(subject.error());
    if (!*subject) break;
    EXPECT_FALSE(writer.write(**subject));
  }
  EXPECT_EQ(out.str(),
            "ID,TIME,EVID,AMT,RATE,CMT,ADDL,II,SS,DV,MDV,OCC,WT,CL\n"
            "a,0,1,100,50,2,3,12,1,.,1,1,70,2.5\n"
            "a,0.1,0,0,0,1,0,0,0,4.25,0,1,.,3\n"
            "a,4,4,5,-2,1,0,0,0,.,1,1,80,3\n"
            "\"b, c\",5,3,0,0,0,0,0,0,.,1,1,80,3\n");
}

TEST(TableWriter, RefusesADoseThatATableHasNoWordsFor) {
  TableSubject subject{"1", {}, {{}}};
  subject.history.rows.emplace_back();
  subject.history.rows[0].kind = pkpd::RecordKind::dose;
  subject.history.rows[0].dose.form = pkpd::DoseForm::over_duration;
  std::ostringstream out;
  const auto refused = TableWriter{out, absorption}.write(subject);
  ASSERT_TRUE(refused);
  EXPECT_NE(refused->what.find("over a given time"), std::string::npos);
  EXPECT_TRUE(out.str().empty());
}

}  // namespace
}  // namespace evenkeel::exchange
