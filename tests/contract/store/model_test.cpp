// Random operations, held against a model of the log that is plain maps and vectors.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <random>

#include "places.hpp"

namespace evenkeel::store {
namespace {

// What the log should answer, by the words of event_log.hpp and nothing else.
class Model {
 public:
  enum class Answer { written, repeated, stale, misused };

  Answer append(const Append& what) {
    auto& stream = streams_[what.stream];
    std::size_t known = 0;
    bool equal = true;
    for (const NewEntry& entry : what.entries) {
      for (const NewEntry& there : stream) {
        if (there.key != entry.key) continue;
        ++known;
        equal = equal && there.kind == entry.kind && there.at == entry.at && there.text == entry.text;
      }
    }
    if (known == what.entries.size()) return equal ? Answer::repeated : Answer::misused;
    if (known > 0) return Answer::misused;
    if (what.expected_version != stream.size()) return Answer::stale;
    stream.insert(stream.end(), what.entries.begin(), what.entries.end());
    return Answer::written;
  }

  [[nodiscard]] std::vector<NewEntry> read(const StreamName& name, std::uint64_t after) const {
    const auto stream = streams_.find(name);
    if (stream == streams_.end() || after >= stream->second.size()) return {};
    return {stream->second.begin() + static_cast<std::ptrdiff_t>(after), stream->second.end()};
  }

  [[nodiscard]] std::size_t count(StreamKind kind, const std::string& of, Instant from, Instant until) const {
    std::size_t found = 0;
    for (const auto& [name, entries] : streams_) {
      for (const NewEntry& entry : entries) {
        found += name.kind == kind && entry.kind == of && from <= entry.at && entry.at < until ? 1 : 0;
      }
    }
    return found;
  }

  [[nodiscard]] std::size_t streams(StreamKind kind) const {
    std::size_t found = 0;
    for (const auto& [name, entries] : streams_) found += name.kind == kind && !entries.empty() ? 1 : 0;
    return found;
  }

 private:
  std::map<StreamName, std::vector<NewEntry>> streams_;
};

Model::Answer answer_of(const Result<Appended>& done) {
  if (done) return done->repeated ? Model::Answer::repeated : Model::Answer::written;
  return done.error().code == ErrorCode::stale ? Model::Answer::stale : Model::Answer::misused;
}

class Random : public testing::TestWithParam<Kind> {
 protected:
  int below(int n) { return std::uniform_int_distribution<int>{0, n - 1}(random_); }

  StreamName some_stream() {
    return {StreamKind{static_cast<std::uint8_t>(1 + below(2))}, std::string(1, char('a' + below(3)))};
  }

  Instant some_time() { return at("2026-03-0" + std::to_string(1 + below(5)) + "T09:00:00Z"); }
  std::string some_kind() { return below(2) == 0 ? "vitals" : "session_started"; }

  Append some_append(const Model& model) {
    Append what{some_stream(), 0, {}};
    what.expected_version = model.read(what.stream, 0).size() + (below(6) == 0 ? 1U : 0U);
    for (int n = 1 + below(3), first = below(60); n > 0; --n) {
      const int number = first + n;  // few keys, so that they come again
      what.entries.push_back({"k" + std::to_string(number), number % 2 == 0 ? "vitals" : "session_started",
                              at("2026-03-0" + std::to_string(1 + number % 5) + "T09:00:00Z"),
                              std::to_string(below(12) == 0 ? -number : number)});
    }
    return what;
  }

  void step(EventLog& log, Model& model) {
    const int what = below(10);
    if (what < 7) {
      const Append append = some_append(model);
      ASSERT_EQ(answer_of(log.append(append, nurse())), model.append(append));
    } else if (what == 7) {
      const StreamName stream = some_stream();
      const auto after = static_cast<std::uint64_t>(below(8));
      const auto entries = log.read(stream, after, nurse());
      const auto expected = model.read(stream, after);
      ASSERT_TRUE(entries);
      ASSERT_EQ(entries->size(), expected.size());
      for (std::size_t i = 0; i < expected.size(); ++i) {
        ASSERT_EQ((*entries)[i].key, expected[i].key);
        ASSERT_EQ((*entries)[i].text, expected[i].text);
        ASSERT_EQ((*entries)[i].at, expected[i].at);
      }
    } else if (what == 8) {
      const std::string kind = some_kind();
      const Instant from = some_time();
      const Instant until = some_time();
      const auto found = log.find(StreamKind::patient, kind, from, until, 1'000, nurse());
      ASSERT_TRUE(found);
      ASSERT_EQ(found->size(), model.count(StreamKind::patient, kind, from, until));
    } else {
      ASSERT_EQ(log.streams(StreamKind::ledger, nurse())->size(), model.streams(StreamKind::ledger));
    }
  }

  std::mt19937_64 random_;
};

TEST_P(Random, OperationsAnswerAsAModelOfMapsDoes) {
  const char* given = std::getenv("EVENKEEL_SEED");
  for (const std::uint64_t seed : {std::uint64_t{20261128}, std::uint64_t{std::random_device{}()}}) {
    const std::uint64_t used = given == nullptr ? seed : std::strtoull(given, nullptr, 10);
    SCOPED_TRACE("EVENKEEL_SEED=" + std::to_string(used));
    std::cout << "seed " << used << "\n";
    random_.seed(used);
    const auto place = GetParam().make();
    auto log = place->open({});
    ASSERT_TRUE(log) << to_string(log.error());
    Model model;
    for (int i = 0; i < 400; ++i) {
      step(**log, model);
      if (HasFatalFailure()) return;
      if (i % 100 == 99) {
        log->reset();
        log = place->open({});
        ASSERT_TRUE(log) << to_string(log.error());
      }
    }
    EXPECT_EQ((*log)->head()->number, 400U) << "one audit entry for each operation";
    expect_sound(**log);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Random, testing::ValuesIn(kinds()),
                         [](const testing::TestParamInfo<Kind>& each) { return each.param.name; });

}  // namespace
}  // namespace evenkeel::store
