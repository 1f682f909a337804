// R17: a ledger's lines are read strictly, and what is written reads back as the same event, digit for digit.
#include "exchange/ledger_reader.hpp"

#include <gtest/gtest.h>

#include <random>
#include <sstream>

#include "exchange/json_lines.hpp"
#include "exchange/ledger_writer.hpp"
#include "support/ledger_events.hpp"

namespace evenkeel::exchange {
namespace {

using namespace ledger_test;

constexpr const char* heading = R"({"format": "evenkeel.ledger", "version": 1, "site": "site-a"})";

std::string line_of(const books::Body& body, const std::string& id = "e1") {
  return write_ledger_event({id, "site-a", zero, minute(1), "ann", body});
}

// The line with `from` replaced by `to`, and what the reader says of it.
Errors faults_of(std::string line, const std::string& from, const std::string& to) {
  const auto place = line.find(from);
  EXPECT_NE(place, std::string::npos) << line;
  line.replace(place, from.size(), to);
  const auto event = read_ledger_event(line);
  EXPECT_FALSE(event) << line;
  return event ? Errors{} : event.error();
}

void expect_fault(const std::string& line, const std::string& from, const std::string& to,
                  const std::string& where, const std::string& what) {
  const Errors faults = faults_of(line, from, to);
  ASSERT_FALSE(faults.empty());
  EXPECT_EQ(faults.front().where, where);
  EXPECT_NE(faults.front().what.find(what), std::string::npos) << faults.front().what;
}

TEST(LedgerReader, NamesTheFieldAndWhatIsAllowed) {
  const std::string drawing = line_of(drawn());
  expect_fault(drawing, R"("unit":"mL")", R"("unit":"mg")", "body.volume.unit", "a volume is written in mL");
  expect_fault(drawing, R"("value":3.5)", R"("value":"3.5")", "body.volume.value", "a number");
  expect_fault(drawing, R"("value":3.5)", R"("value":3.5e0)", "body.volume.value", "without an exponent");
  expect_fault(drawing, R"("value":3.5)", R"("value":3.5,"as":"base")", "body.volume.as", "unknown key 'as'");
  expect_fault(drawing, R"("value":3.5)", R"("value":3.50001)", "body.volume", "finer than 0.001 mL");
  expect_fault(drawing, R"("checker":"bob")", R"("checker":"Ann")", "body.checker", "name another");
  expect_fault(drawing, R"("kind":"drawn_up")", R"("kind":"drawn")", "kind", "allowed: received");
  const std::string delivery = line_of(received());
  expect_fault(delivery, R"("as":"base")", R"("as":"salt")", "body.strength.as", "base, hydrochloride");
  expect_fault(delivery, R"(,"as":"base")", "", "body.strength.as", "'as' is missing");
  expect_fault(delivery, R"("vials":10)", R"("vials":2.5)", "body.vials", "a whole number");
  const std::string waste = line_of(wasted_draw("d1", "1"));
  expect_fault(waste, R"("draw":"d1")", R"("draw":"d1","vial":"v1")", "body", "one of them is named");
  expect_fault(waste, R"("witness":"bob")", R"("witness":"")", "body.witness", "an empty text");
  expect_fault(waste, R"(,"witness":"bob")", "", "body.witness", "'witness' is missing");
}

TEST(LedgerReader, RefusesAFileThatIsNoLedger) {
  const auto read = [](const std::string& text) {
    std::istringstream in{text};
    return read_ledger(in);
  };
  EXPECT_EQ(read("").error().where, "line 1");
  EXPECT_EQ(read(R"({"format": "evenkeel.record", "version": 1, "site": "a"})").error().where,
            "line 1: format");
  EXPECT_EQ(read(R"({"format": "evenkeel.ledger", "version": 2, "site": "a"})").error().where,
            "line 1: version");
  EXPECT_EQ(read(R"({"format": "evenkeel.ledger", "version": 1})").error().where, "line 1: site");
  EXPECT_TRUE(read(heading));
}

TEST(LedgerReader, SetsALineAsideAndReadsOn) {
  std::istringstream in{std::string(heading) + "\n" + line_of(received()) + "\n" +
                        line_of(drawn("d1", "1", "v9"), "e2") + "\nnot JSON\n\n" + line_of(taken(), "e3") +
                        "\r\n" + std::string(longest_line + 5, ' ') + "\n" +
                        line_of(counted(9, {{"v1", dec("10")}}), "e4")};
  const auto reading = read_ledger(in);
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->ledger.size(), 3U);
  ASSERT_EQ(reading->set_aside.size(), 3U);
  EXPECT_EQ(reading->set_aside[0].error.where, "line 3: body.vial");
  EXPECT_EQ(reading->set_aside[0].event, "e2");
  EXPECT_EQ(reading->set_aside[1].line, 4U);
  EXPECT_EQ(reading->set_aside[2].line, 7U);
  EXPECT_TRUE(reading->ledger.lots().at("L1").counts[0].agrees());
}

class RandomBodies {
 public:
  explicit RandomBodies(std::uint64_t seed) : rng_(seed) {}

  books::Body any() {
    switch (whole(1, 11)) {
      case 1:
        return books::Received{
            name(),
            whole(1, 2) == 1 ? care::Drug::esketamine : care::Drug::racemic_ketamine,
            {volume(), whole(1, 2) == 1 ? care::DrugForm::base : care::DrugForm::hydrochloride},
            volume(),
            whole(1, 100'000),
            date(whole(-9000, 9000)),
            text(),
            text(),
            "n1",
            "n2"};
      case 2:
        return books::VialTaken{name(), name(), name()};
      case 3:
        return books::DrawnUp{name(), name(), volume(), name(), name(), "n1", "n2"};
      case 4:
        return books::Given{name(), volume(), name()};
      case 5:
        return whole(1, 2) == 1 ? books::Wasted{name(), "", volume(), text(), "n1", "n2"}
                                : books::Wasted{"", name(), volume(), text(), "n1", "n2"};
      case 6:
        return books::VialReturned{name(), "n1", "n2"};
      case 7:
        return books::ReturnedToSupplier{name(), whole(1, 100'000), text(), text(), "n1", "n2"};
      case 8:
        return books::Destroyed{name(), whole(1, 100'000), text(), whole(1, 2) == 1 ? "" : text(), "n1",
                                "n2"};
      case 9: {
        books::Counted body{name(), whole(0, 100'000), {}, "n1", "n2"};
        for (int i = whole(0, 3); i > 0; --i) body.part_vials.push_back({name(), volume()});
        return body;
      }
      case 10:
        return books::DiscrepancyReviewed{name(), books::minus(volume(), volume()), text(), "n1", "n2"};
      default:
        return books::EnteredInError{name(), text(), name()};
    }
  }
  std::string name() { return "n" + std::to_string(whole(1, 99)) + (whole(1, 2) == 1 ? "-a.b_C" : ""); }

 private:
  int whole(int low, int high) { return std::uniform_int_distribution<int>{low, high}(rng_); }
  // 0.001 to 1000, with its digits.
  Decimal volume() {
    const int places = whole(0, 3);
    const int most[] = {1000, 10'000, 100'000, 1'000'000};
    return *Decimal{whole(1, most[places])}.shifted(places);
  }
  std::string text() {
    static const char* const parts[] = {"a", "Ä", "\"", "\\", "/", " ", "深", "{", "<b>", "'", "7"};
    std::string made = "t";
    for (int i = whole(0, 12); i > 0; --i) made += parts[whole(0, 10)];
    return made;
  }

  std::mt19937_64 rng_;
};

// Two roads: the text is the same, and the books made of it are (the fields that text cannot show are none).
TEST(LedgerRoundTrip, RandomEventsOfEveryKindReadBackTheSame) {
  RandomBodies random{20261128};
  std::set<std::string_view> kinds;
  for (int run = 0; run < 3000; ++run) {
    const books::Event event{"e1", "site-a", zero, minute(1), random.name(), random.any()};
    kinds.insert(kind_text(event.body));
    const std::string written = write_ledger_event(event);
    SCOPED_TRACE(testing::Message() << "seed 20261128, run " << run << ": " << written);
    const auto again = read_ledger_event(written);
    ASSERT_TRUE(again) << to_string(again.error().front());
    EXPECT_EQ(again->body.index(), event.body.index());
    EXPECT_EQ(write_ledger_event(*again), written);
    EXPECT_EQ(actor_of(again->body), actor_of(event.body));
    EXPECT_EQ(witness_of(again->body), witness_of(event.body));
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<books::Body>);
}

TEST(LedgerRoundTrip, KeepsTheDigitsThatWereWritten) {
  EXPECT_NE(line_of(drawn("d1", "3.50")).find(R"("value":3.50)"), std::string::npos);
}

}  // namespace
}  // namespace evenkeel::exchange
