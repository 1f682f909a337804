// What someone with the file can do to it, and that verify says where.
#include "store/verify.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <random>
#include <thread>

#include "store/checks.hpp"
#include "support.hpp"

namespace evenkeel::store::test {
namespace {

class Verify : public testing::Test {
 protected:
  void SetUp() override {
    auto log = must_open(file_);
    fill(*log, 10);  // 90 entries, 90 audit entries
    head_ = *log->head();
  }

  Verification after(const std::string& sql, bool with_head = false) {
    raw_sql(file_, sql);
    return verify(*must_look(file_), with_head ? std::optional<Head>{head_} : std::nullopt);
  }

  TempFolder folder_;
  const std::filesystem::path file_ = folder_ / "log.sqlite";
  Head head_;
};

// R5
TEST_F(Verify, FindsNothingInALogThatIsAsItWasWritten) {
  const auto verified = verify(*must_look(file_), head_);
  EXPECT_TRUE(verified.sound()) << told(verified);
  EXPECT_EQ(verified.entries, 90U);
  EXPECT_EQ(verified.head, head_);
}

TEST_F(Verify, FindsNothingInAnEmptyLog) {
  const auto verified = verify(*must_open(folder_ / "new.sqlite"), Head{});
  EXPECT_TRUE(verified.sound()) << told(verified);
  EXPECT_EQ(verified.entries, 0U);
}

struct Harm {
  const char* sql;
  Damage damage;
  const char* where;
};

// R5
TEST_F(Verify, FindsEachEditDeletionAndReorderingAndSaysWhere) {
  const Harm harms[] = {
      {"update entry set text = 'other' where sequence = 40", Damage::entry_altered, "(entry 40)"},
      {"update entry set text = text || ' ' where sequence = 1", Damage::entry_altered,
       "patient/a version 1"},
      {"update entry set at = at + 1 where sequence = 40", Damage::entry_altered, "(entry 40)"},
      {"update entry set kind = 'note' where sequence = 40", Damage::entry_altered, "(entry 40)"},
      {"update entry set key = 'k' where sequence = 40", Damage::entry_altered, "(entry 40)"},
      {"update entry set written = written + 1 where sequence = 40", Damage::entry_altered, "(entry 40)"},
      {"update entry set version = 999 where sequence = 90", Damage::entry_misplaced, "version 999"},
      {"update stream set id = 'z' where id = 'b'", Damage::entry_altered, "patient/z version 1"},
      {"delete from entry where sequence = 40", Damage::entry_missing, "patient/b version 13"},
      {"delete from entry where sequence >= 88", Damage::entry_missing, "patient/c version 28"},
      {"delete from entry", Damage::entry_missing, "patient/a version 1"},
      {"update entry set sequence = 1000 where sequence = 40", Damage::entry_missing, "patient/b version 13"},
      {"insert into entry values (1000, 1, 31, 'k', 'vitals', 0, 0, 'put in')", Damage::entry_unknown,
       "(entry 1000)"},
      {"update audit set actor = 'someone' where number = 30", Damage::audit_altered, "audit entry 30"},
      {"update audit set role = 'admin' where number = 30", Damage::audit_altered, "audit entry 30"},
      {"update audit set detail = '' where number = 30", Damage::audit_altered, "audit entry 30"},
      {"update audit set clock_stepped_back = 1 where number = 30", Damage::audit_altered, "audit entry 30"},
      // Numbers that would be the same code if they were cut to its eight bits.
      {"update audit set action = action + 256 where number = 30", Damage::audit_altered, "audit entry 30"},
      {"update stream set kind = kind + 256 where id = 'b'", Damage::entry_altered, "/b version 1"},
      {"update audit set hash = zeroblob(32) where number = 30", Damage::audit_altered, "audit entry 30"},
      {"update audit set previous = zeroblob(32) where number = 30", Damage::audit_broken, "audit entry 30"},
      {"delete from audit where number = 30", Damage::audit_missing, "audit entry 31"},
      {"delete from audit where number < 10", Damage::audit_missing, "audit entry 10"},
      {"update audit set number = 91 where number = 3; update audit set number = 3 where number = 30;"
       "update audit set number = 30 where number = 91",
       Damage::audit_broken, "audit entry 3"},
      {"delete from audit where number > 60", Damage::entry_unknown, "patient"},
  };
  const auto whole = folder_ / "whole.sqlite";
  std::filesystem::copy_file(file_, whole);
  for (const Harm& harm : harms) {
    std::filesystem::copy_file(whole, file_, std::filesystem::copy_options::overwrite_existing);
    const auto verified = after(harm.sql);
    EXPECT_FALSE(verified.sound()) << harm.sql;
    bool found = false;
    for (const Flaw& flaw : verified.first) {
      found |= flaw.damage == harm.damage && to_string(flaw).find(harm.where) != std::string::npos;
    }
    EXPECT_TRUE(found) << harm.sql << "\n" << told(verified);
  }
}

// R5
TEST_F(Verify, FindsTwoEntriesWhoseTextsWereExchanged) {
  const auto verified = after(
      "create temp table t as select text from entry where sequence = 4;"
      "update entry set text = (select text from entry where sequence = 13) where sequence = 4;"
      "update entry set text = (select text from t) where sequence = 13");
  ASSERT_EQ(verified.flaws, 2U) << told(verified);
  EXPECT_EQ(verified.first[0].sequence, 4U);
  EXPECT_EQ(verified.first[1].sequence, 13U);
}

// R5
TEST_F(Verify, FindsALogCutShortOnlyWithAKnownHead) {
  const std::string cut = "delete from entry where sequence > 81; delete from audit where number > 81";
  EXPECT_TRUE(after(cut).sound());
  const auto verified = after("", true);
  ASSERT_EQ(verified.flaws, 1U) << told(verified);
  EXPECT_EQ(verified.first[0].damage, Damage::cut_short);
  EXPECT_NE(verified.first[0].text.find("ends at 81, the known head is 90"), std::string::npos);
}

// R5
TEST_F(Verify, FindsAHistoryWrittenAnewWithAKnownHead) {
  const auto other = folder_ / "other.sqlite";
  {
    auto log = must_open(other);
    fill(*log, 11);
  }
  EXPECT_TRUE(verify(*must_look(other)).sound());
  const auto verified = verify(*must_look(other), head_);
  ASSERT_EQ(verified.flaws, 1U) << told(verified);
  EXPECT_EQ(verified.first[0].damage, Damage::other_history);
  EXPECT_EQ(verified.first[0].number, head_.number);
}

TEST_F(Verify, NeedsNoLockAndGoesOnWhileOthersWrite) {
  auto log = must_open(file_);
  const Head known = *log->head();
  std::atomic<bool> stop{false};
  std::thread writer{[&] {
    for (std::uint64_t i = 0; !stop; ++i) {
      ASSERT_TRUE(log->append(one(patient("w"), i, std::to_string(i)), nurse()));
    }
  }};
  for (int i = 0; i < 20; ++i) {
    const auto verified = verify(*must_look(file_), known);
    EXPECT_TRUE(verified.sound()) << told(verified);
    EXPECT_TRUE(verify(*log, known).sound());
  }
  stop = true;
  writer.join();
}

// R5
TEST_F(Verify, FindsAnyAlterationOfAnyField) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random{seed};
  const auto whole = folder_ / "whole.sqlite";
  std::filesystem::copy_file(file_, whole);
  struct Column {
    std::string table;
    std::string name;
    bool number;
  };
  const std::vector<Column> columns{
      {"entry", "sequence", true}, {"entry", "stream", true},  {"entry", "version", true},
      {"entry", "at", true},       {"entry", "written", true}, {"entry", "key", false},
      {"entry", "kind", false},    {"entry", "text", false},   {"audit", "number", true},
      {"audit", "action", true},   {"audit", "at", true},      {"audit", "written", true},
      {"audit", "actor", false},   {"audit", "role", false},   {"audit", "purpose", false},
      {"audit", "subject", false}, {"audit", "detail", false}, {"audit", "clock_stepped_back", true}};
  for (int round = 0; round < 150; ++round) {
    std::filesystem::copy_file(whole, file_, std::filesystem::copy_options::overwrite_existing);
    const auto& [table, column, number] = columns[random() % columns.size()];
    // A last entry that is numbered higher stays the last: numbers may have gaps, so nothing was moved.
    const auto row = 1 + random() % (column == "sequence" ? 89 : 90);
    // What the database refuses is no alteration: a key with one more letter may be another's (seed
    // 2355263773).
    const std::string mark = column == "key" ? " || '~'" : "";
    const std::string changed = number
                                    ? column + " + " + std::to_string(1000 + random() % 1000)
                                    : column + mark + " || char(" + std::to_string(33 + random() % 90) + ")";
    std::string sql = "pragma foreign_keys=off; update " + table + " set " + column + " = " + changed;
    sql += " where " + std::string(table == "entry" ? "sequence" : "number") + " = " + std::to_string(row);
    EXPECT_FALSE(after(sql, true).sound()) << sql;
  }
}

std::string all_of(EventLog& log) {
  std::string all;
  (void)log.each_entry([&](const Entry& e) {
    all += std::to_string(e.sequence) + to_string(e.stream) + std::to_string(e.version) + e.key + e.kind +
           e.at.to_string() + e.written.to_string() + e.text + "\n";
    return true;
  });
  (void)log.each_audit([&](const AuditEntry& a) {
    all += hex(chained(a.previous, a)) + hex(a.hash) + "\n";
    return true;
  });
  return all;
}

// A turned bit is told, or it stands where nothing is kept: then all that is read is what was written.
TEST_F(Verify, FindsAnyBitOfTheFileThatWasTurned) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random{seed};
  const std::string written = all_of(*must_look(file_));
  std::ifstream in{file_, std::ios::binary};
  const std::string whole{std::istreambuf_iterator<char>{in}, {}};
  int told_of = 0;
  for (int round = 0; round < 150; ++round) {
    std::string turned = whole;
    const std::size_t byte = random() % whole.size();
    turned[byte] = static_cast<char>(turned[byte] ^ (1 << random() % 8));
    std::ofstream{file_, std::ios::binary} << turned;
    SqliteOptions options;
    options.read_only = true;
    auto log = open_sqlite(file_, options);
    const auto pages = check_sqlite_file(file_);
    const bool found = !log || !pages || !pages->empty() || !verify(**log, head_).sound();
    told_of += found ? 1 : 0;
    EXPECT_TRUE(found || all_of(**log) == written) << "byte " << byte;
  }
  EXPECT_GT(told_of, 20);
}

TEST(Audit, EachActionIsFoundByItsWords) {
  for (int code = int(Action::created); code <= int(Action::released); ++code)
    EXPECT_EQ(action_of_words(action_words(Action(code))), Action(code)) << code;
  EXPECT_FALSE(action_of_words("unknown"));
  EXPECT_FALSE(action_of_words(""));
}

}  // namespace
}  // namespace evenkeel::store::test
