// What event_log.hpp promises, sentence by sentence, of every implementation.
#include <gtest/gtest.h>

#include <algorithm>

#include "places.hpp"
#include "store/checks.hpp"

namespace evenkeel::store {
namespace {

class Log : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    place_ = GetParam().make();
    reopen();
  }

  void reopen() {
    log_.reset();
    auto opened = place_->open([this] { return clock_; });
    ASSERT_TRUE(opened) << to_string(opened.error());
    log_ = std::move(*opened);
  }

  Appended must_append(const Append& what) {
    const auto done = log_->append(what, nurse());
    EXPECT_TRUE(done) << to_string(done.error());
    return done ? *done : Appended{};
  }

  void expect_refused(const Append& what, const Request& who, ErrorCode code, const std::string& words) {
    const auto done = log_->append(what, who);
    ASSERT_FALSE(done) << "was taken; to be refused for: " << words;
    EXPECT_EQ(done.error().code, code);
    EXPECT_NE(to_string(done.error()).find(words), std::string::npos) << to_string(done.error());
  }

  std::vector<Entry> must_read(const StreamName& stream, std::uint64_t after = 0) {
    const auto entries = log_->read(stream, after, nurse());
    EXPECT_TRUE(entries) << to_string(entries.error());
    return entries ? *entries : std::vector<Entry>{};
  }

  AuditEntry last_audit() { return verified_audit(*log_).back(); }

  Instant clock_ = at("2026-03-02T10:00:00Z");
  std::unique_ptr<Place> place_;
  std::unique_ptr<EventLog> log_;
};

const StreamName a = patient("a");

// R6
TEST_P(Log, GivesBackWhatWasAppendedAlsoAfterItWasClosed) {
  const Append what{a,
                    0,
                    {{"k1", "vitals", at("2026-03-02T09:00:00.000000001Z"), R"({"text":"Grüße, 0.5 mg"})"},
                     {"k2", "session_started", at("1999-12-31T23:59:59.999999999Z"), ""}}};
  const Appended done = must_append(what);
  EXPECT_EQ(done.version, 2U);
  EXPECT_FALSE(done.repeated);
  reopen();
  const auto entries = must_read(a);
  ASSERT_EQ(entries.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(entries[i].stream, a);
    EXPECT_EQ(entries[i].version, i + 1);
    EXPECT_EQ(entries[i].key, what.entries[i].key);
    EXPECT_EQ(entries[i].kind, what.entries[i].kind);
    EXPECT_EQ(entries[i].at, what.entries[i].at);
    EXPECT_EQ(entries[i].written, clock_);
    EXPECT_EQ(entries[i].text, what.entries[i].text);
  }
  EXPECT_EQ(entries[1].sequence, done.sequence);
}

TEST_P(Log, ReadsAfterAVersionAndNothingOfAStreamThatIsNotThere) {
  for (int i = 0; i < 5; ++i) must_append(one(a, std::uint64_t(i), "k" + std::to_string(i)));
  EXPECT_EQ(must_read(a, 3).size(), 2U);
  EXPECT_EQ(must_read(a, 3).front().version, 4U);
  EXPECT_TRUE(must_read(a, 5).empty());
  EXPECT_TRUE(must_read(a, ~std::uint64_t{0}).empty());
  EXPECT_TRUE(must_read(patient("nobody")).empty());
  EXPECT_TRUE(must_read({StreamKind::ledger, "a"}).empty());
}

TEST_P(Log, RefusesAnAppendToAnotherVersionAndNamesBoth) {
  must_append(one(a, 0, "k1"));
  must_append(one(a, 1, "k2"));
  const auto stale = log_->append(one(a, 1, "k3"), nurse());
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().code, ErrorCode::stale);
  EXPECT_NE(stale.error().what.find("version 2"), std::string::npos) << stale.error().what;
  EXPECT_NE(stale.error().what.find("1"), std::string::npos) << stale.error().what;
  expect_refused(one(a, 7, "k3"), nurse(), ErrorCode::stale, "7");
  expect_refused(one(patient("new"), 1, "k"), nurse(), ErrorCode::stale, "0");
  EXPECT_EQ(must_read(a).size(), 2U);
}

TEST_P(Log, AnswersARepeatedAppendAsTheFirstTimeAlsoWhenItsVersionIsOld) {
  const Append twice{
      a,
      0,
      {{"k1", "vitals", at("2026-03-02T09:00:00Z"), "1"}, {"k2", "vitals", at("2026-03-02T09:00:00Z"), "2"}}};
  const Appended first = must_append(twice);
  must_append(one(a, 2, "k3"));
  reopen();
  const Appended again = must_append(twice);
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.version, first.version);
  EXPECT_EQ(again.sequence, first.sequence);
  EXPECT_EQ(must_read(a).size(), 3U);
  EXPECT_FALSE(must_append(one(patient("b"), 0, "k1")).repeated) << "keys are a stream's own";
}

TEST_P(Log, RefusesAKeyThatStandsForSomethingElse) {
  must_append(one(a, 0, "k1", "one"));
  expect_refused(one(a, 1, "k1", "two"), nurse(), ErrorCode::invalid_input, "k1");
  Append other = one(a, 1, "k1", "one");
  other.entries[0].kind = "dose_given";
  expect_refused(other, nurse(), ErrorCode::invalid_input, "k1");
  other = one(a, 1, "k1", "one");
  other.entries[0].at = at("2026-03-02T09:00:00.123456788Z");
  expect_refused(other, nurse(), ErrorCode::invalid_input, "k1");
  other = one(a, 1, "k1", "one");
  other.entries.push_back({"k2", "vitals", at("2026-03-02T09:00:00Z"), "new"});
  expect_refused(other, nurse(), ErrorCode::invalid_input, "1 of the 2");
  EXPECT_EQ(must_read(a).size(), 1U);
}

TEST_P(Log, RefusesWhatHasNoBounds) {
  const auto bad = [&](auto change, const std::string& words) {
    Append what = one(a, 0, "k1");
    Request who = nurse();
    change(what, who);
    expect_refused(what, who, ErrorCode::invalid_input, words);
  };
  bad([](Append& w, Request&) { w.entries.clear(); }, "empty");
  bad([](Append& w, Request&) { w.entries[0].key.clear(); }, "key");
  bad([](Append& w, Request&) { w.entries[0].kind.clear(); }, "kind");
  bad([](Append& w, Request&) { w.stream.id.clear(); }, "stream");
  bad([](Append& w, Request&) { w.stream.kind = StreamKind{6}; }, "kind");
  bad([](Append&, Request& r) { r.actor.clear(); }, "actor");
  bad([](Append& w, Request&) { w.entries[0].text = "a\nb"; }, "newline");
  bad([](Append& w, Request&) { w.entries[0].key = std::string(201, 'k'); }, "200");
  bad([](Append& w, Request&) { w.entries[0].text = std::string(1'048'577, 'x'); }, "1048576");
  bad([](Append& w, Request&) { w.entries[0].text = std::string("a\0b", 3); }, "NUL");
  bad([](Append& w, Request&) { w.entries[0].text = "\xC3("; }, "UTF-8");
  bad([](Append& w, Request&) { w.entries.push_back(w.entries[0]); }, "twice");
  bad([](Append& w, Request&) { w.entries.resize(10'001, w.entries[0]); }, "10000");
  EXPECT_TRUE(must_read(a).empty());
}

TEST_P(Log, TakesWhatIsJustWithinTheBounds) {
  Append what{a, 0, {}};
  for (int i = 0; i < 10'000; ++i) {
    what.entries.push_back({"k" + std::to_string(i), "vitals", at("2026-03-02T09:00:00Z"), "{}"});
  }
  EXPECT_EQ(must_append(what).version, 10'000U);
  EXPECT_TRUE(must_append(what).repeated);
  must_append(one(a, 10'000, std::string(200, 'k'), std::string(1'048'576, 'x')));
  EXPECT_EQ(must_read(a, 10'000).front().text.size(), 1'048'576U);
  expect_sound(*log_);
}

TEST_P(Log, FindsByKindAndTimeInOrderOfTime) {
  const auto started = [&](const StreamName& stream, std::uint64_t version, const std::string& time) {
    must_append({stream, version, {{"s" + time, "session_started", at(time), stream.id + time}}});
  };
  started(a, 0, "2026-03-02T11:00:00Z");
  started(patient("b"), 0, "2026-03-02T00:00:00Z");
  started(patient("b"), 1, "2026-03-03T00:00:00Z");
  started({StreamKind::site, "s"}, 0, "2026-03-02T09:00:00Z");
  must_append({a, 1, {{"v", "vitals", at("2026-03-02T12:00:00Z"), "no"}}});
  const auto found = log_->find(StreamKind::patient, "session_started", at("2026-03-02T00:00:00Z"),
                                at("2026-03-03T00:00:00Z"), 10, nurse());
  ASSERT_TRUE(found) << to_string(found.error());
  ASSERT_EQ(found->size(), 2U);
  EXPECT_EQ((*found)[0].stream, patient("b"));
  EXPECT_EQ((*found)[0].version, 1U);
  EXPECT_EQ((*found)[1].text, "a2026-03-02T11:00:00Z");
  EXPECT_EQ((*found)[1].at, at("2026-03-02T11:00:00Z"));
  const auto first = log_->find(StreamKind::patient, "session_started", at("2026-03-02T00:00:00Z"),
                                at("2026-03-09T00:00:00Z"), 1, nurse());
  ASSERT_EQ(first->size(), 1U);
  EXPECT_EQ(first->front().stream, patient("b"));
}

TEST_P(Log, ListsStreamsByIdWithTheirVersions) {
  for (const char* id : {"b", "B", "é", "a", "a b"}) must_append(one(patient(id), 0, "k"));
  must_append(one(patient("b"), 1, "k2"));
  must_append(one({StreamKind::ledger, "site"}, 0, "k"));
  const auto streams = log_->streams(StreamKind::patient, nurse());
  ASSERT_TRUE(streams) << to_string(streams.error());
  const std::vector<std::pair<StreamName, std::uint64_t>> expected{
      {patient("B"), 1}, {patient("a"), 1}, {patient("a b"), 1}, {patient("b"), 2}, {patient("é"), 1}};
  EXPECT_EQ(*streams, expected);
}

// R5
TEST_P(Log, AddsOneAuditEntryForEachThingThatWasAsked) {
  const auto expect_last = [&](std::size_t number, Action action, const std::string& subject) {
    const AuditEntry entry = last_audit();
    EXPECT_EQ(entry.number, number);
    EXPECT_EQ(entry.action, action);
    EXPECT_EQ(entry.subject, subject);
    EXPECT_EQ(entry.actor, "n.example");
    EXPECT_EQ(entry.role, "nurse");
    EXPECT_EQ(entry.purpose, "care");
    EXPECT_EQ(entry.at, nurse().at);
    EXPECT_EQ(entry.written, clock_);
    EXPECT_EQ(*log_->head(), (Head{entry.number, entry.hash}));
  };
  EXPECT_EQ(*log_->head(), Head{});
  must_append(one(a, 0, "k1", "text"));
  expect_last(1, Action::appended, "patient/a");
  EXPECT_EQ(last_audit().texts,
            std::vector<Hash>{content_hash("k1", "vitals", at("2026-03-02T09:00:00.123456789Z"), "text")});
  must_read(a);
  expect_last(2, Action::read, "patient/a");
  ASSERT_TRUE(log_->find(StreamKind::patient, "vitals", at("2026-03-02T00:00:00Z"),
                         at("2026-03-03T00:00:00Z"), 5, nurse()));
  expect_last(3, Action::searched, last_audit().subject);
  ASSERT_TRUE(log_->streams(StreamKind::patient, nurse()));
  expect_last(4, Action::searched, last_audit().subject);
  expect_refused(one(a, 9, "k2"), nurse(), ErrorCode::stale, "9");
  expect_last(5, Action::refused, "patient/a");
  EXPECT_NE(last_audit().detail.find("9"), std::string::npos);
  expect_refused(one(a, 1, "k1", "other"), nurse(), ErrorCode::invalid_input, "k1");
  expect_last(6, Action::refused, "patient/a");
  must_append(one(a, 0, "k1", "text"));
  expect_last(7, Action::appended, "patient/a");
  EXPECT_TRUE(last_audit().texts.empty()) << "nothing was written";
  ASSERT_TRUE(log_->note(Action::denied, "patient/a", "not in this role", nurse()));
  expect_last(8, Action::denied, "patient/a");
  EXPECT_EQ(last_audit().detail, "not in this role");
  expect_sound(*log_);
}

TEST_P(Log, KeepsAccountsAndPersonsApartFromPatientsOfTheSameName) {
  const StreamName account{StreamKind::account, "a"};
  const StreamName person{StreamKind::person, "a"};
  must_append(one(a, 0, "k1", "of the patient"));
  must_append(one(account, 0, "k1", "of the account"));
  must_append(one(person, 0, "k1", "of the person"));
  EXPECT_EQ(must_read(account).front().text, "of the account");
  EXPECT_EQ(must_read(person).front().text, "of the person");
  EXPECT_EQ(last_audit().subject, "person/a");
  expect_sound(*log_);
}

TEST_P(Log, PeeksAtAccountsAloneAndLeavesNoAuditEntryOfIt) {
  const StreamName account{StreamKind::account, "nurse-1"};
  must_append(one(account, 0, "k1", "first"));
  must_append(one(account, 1, "k2", "second"));
  const Head before = *log_->head();
  const auto all = log_->peek(account, 0);
  ASSERT_TRUE(all) << to_string(all.error());
  EXPECT_EQ(all->size(), 2U);
  const auto later = log_->peek(account, 1);
  ASSERT_TRUE(later);
  EXPECT_EQ(later->front().text, "second");
  EXPECT_TRUE(log_->peek({StreamKind::account, "nobody"}, 0)->empty());
  for (const StreamKind kind : {StreamKind::patient, StreamKind::ledger, StreamKind::person})
    EXPECT_EQ(log_->peek({kind, "a"}, 0).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(*log_->head(), before);
}

TEST_P(Log, TellsWhatArrivedAndLeavesNoAuditEntryOfIt) {
  const StreamName b{StreamKind::ledger, "b"};
  must_append(one(a, 0, "k1"));
  const auto from = log_->arrived({}, 10);
  ASSERT_TRUE(from) << to_string(from.error());
  EXPECT_TRUE(from->entries.empty());
  must_append(one(b, 0, "k2"));
  must_append(one(a, 1, "k3"));
  const Head before = *log_->head();
  const auto first = log_->arrived(from->last, 1);
  ASSERT_TRUE(first);
  ASSERT_EQ(first->entries.size(), 1U);
  EXPECT_EQ(first->entries.front().stream, b);
  const auto next = log_->arrived(first->last, 10);
  ASSERT_TRUE(next);
  ASSERT_EQ(next->entries.size(), 1U);
  const auto nothing = log_->arrived(next->last, 10);
  ASSERT_TRUE(nothing);
  EXPECT_TRUE(nothing->entries.empty());
  EXPECT_EQ(nothing->last, next->last);
  EXPECT_EQ(*log_->head(), before);
  const auto as_read = must_read(a, 1);
  ASSERT_EQ(as_read.size(), 1U);
  EXPECT_EQ(next->entries.front().stream, a);
  EXPECT_EQ(next->entries.front().version, as_read.front().version);
  EXPECT_EQ(next->entries.front().kind, as_read.front().kind);
  EXPECT_EQ(next->entries.front().at, as_read.front().at);
  EXPECT_EQ(next->last, as_read.front().sequence);
}

TEST_P(Log, AnEmptyLogStandsBeforeItsFirstEntry) {
  const auto from = log_->arrived({}, 10);
  ASSERT_TRUE(from);
  must_append(one(a, 0, "k1"));
  const auto since = log_->arrived(from->last, 10);
  ASSERT_TRUE(since);
  EXPECT_EQ(since->entries.size(), 1U);
}

// R5
TEST_P(Log, RefusesAReadOrNoteWithoutAnActor) {
  const Request nobody{"", "nurse", "", at("2026-03-02T09:00:00Z")};
  EXPECT_EQ(log_->read(a, 0, nobody).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(log_->streams(StreamKind::patient, nobody).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(log_->note(Action::denied, "", "", nobody).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(*log_->head(), Head{});
}

// R5
TEST_P(Log, MarksAClockThatSteppedBackAndKeepsTheOrder) {
  must_append(one(a, 0, "k1"));
  clock_ = at("2026-03-01T10:00:00Z");
  must_append(one(a, 1, "k2"));
  EXPECT_TRUE(last_audit().clock_stepped_back);
  clock_ = at("2099-03-01T10:00:00Z");
  must_append(one(a, 2, "k3"));
  EXPECT_FALSE(last_audit().clock_stepped_back);
  reopen();
  clock_ = at("2026-03-02T10:00:00Z");
  must_append(one(a, 3, "k4"));
  EXPECT_TRUE(last_audit().clock_stepped_back) << "the jump is seen over a restart too";
  EXPECT_EQ(must_read(a).back().key, "k4");
  expect_sound(*log_);
}

// R8
TEST_P(Log, WalksEndWhereTheCallbackSaysAndSeeOneMoment) {
  for (int i = 0; i < 30; ++i) must_append(one(a, std::uint64_t(i), "k" + std::to_string(i)));
  int seen = 0;
  ASSERT_TRUE(log_->each_entry([&](const Entry&) { return ++seen < 7; }));
  EXPECT_EQ(seen, 7);
  seen = 0;
  ASSERT_TRUE(log_->each_entry([&](const Entry& entry) {
    if (entry.version == 1) must_append(one(a, 30, "late"));
    ++seen;
    return true;
  }));
  EXPECT_EQ(seen, 30);
  std::size_t audited = 0;
  ASSERT_TRUE(log_->each_audit([&](const AuditEntry& entry) {
    if (entry.number == 1) must_append(one(a, 31, "later"));
    ++audited;
    return true;
  }));
  EXPECT_EQ(audited, 31U);
}

TEST_P(Log, WalksTheChainFromTheNewestOnAsFromTheOldest) {
  for (std::uint64_t version = 0; version < 1'100; version += 100) {  // more than a page of either database
    Append many{a, version, {}};
    for (std::uint64_t i = 1; i <= 100; ++i)
      many.entries.push_back(
          {"k" + std::to_string(version + i), "vitals", at("2026-03-02T09:00:00Z"), "text"});
    must_append(many);
    for (int i = 0; i < 100; ++i) static_cast<void>(must_read(a));
  }
  std::vector<std::uint64_t> forwards, backwards;
  ASSERT_TRUE(log_->each_audit([&](const AuditEntry& e) { return forwards.push_back(e.number), true; }));
  ASSERT_TRUE(log_->each_audit_back(
      EventLog::from_the_end, [&](const AuditEntry& e) { return backwards.push_back(e.number), true; }));
  ASSERT_GT(forwards.size(), 1'000U);
  std::ranges::reverse(backwards);
  EXPECT_EQ(forwards, backwards);
  std::size_t seen = 0;
  ASSERT_TRUE(log_->each_audit_back(EventLog::from_the_end, [&](const AuditEntry&) { return ++seen < 3; }));
  EXPECT_EQ(seen, 3U) << "it ends where it is told to";
  std::vector<std::uint64_t> older;
  ASSERT_TRUE(log_->each_audit_back(4, [&](const AuditEntry& e) { return older.push_back(e.number), true; }));
  EXPECT_EQ(older, (std::vector<std::uint64_t>{3, 2, 1}));
}

TEST_P(Log, IsReadyForAnAppend) {
  EXPECT_TRUE(log_->ready());
}

INSTANTIATE_TEST_SUITE_P(All, Log, testing::ValuesIn(kinds()),
                         [](const testing::TestParamInfo<Kind>& each) { return each.param.name; });

}  // namespace
}  // namespace evenkeel::store
