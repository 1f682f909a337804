// The lines of a record: heading, endings, blank and long lines, and what is set aside.

#include "exchange/record_reader.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "exchange/record_writer.hpp"
#include "support/events.hpp"

namespace evenkeel::exchange {
namespace {

using namespace test;

Result<RecordReading> read(const std::string& text) {
  std::istringstream in{text};
  return read_record(in);
}

std::string contact(std::string id) {
  return write_event(event(std::move(id), minute(0), care::Contact{}));
}
const std::string heading = write_heading("p");

TEST(ReadRecord, AHeadingAloneIsAnEmptyRecord) {
  for (const std::string& text : {heading, heading + "\n", heading + "\r\n", heading + "\n\n \t\n"}) {
    const auto reading = read(text);
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->record.patient(), "p");
    EXPECT_EQ(reading->record.size(), 0U);
    EXPECT_TRUE(reading->set_aside.empty());
  }
}

TEST(ReadRecord, TheHeadingIsHeldToItsForm) {
  const std::pair<const char*, const char*> faults[] = {
      {"", "empty; a record begins with"},
      {"\n{}", "empty; a record begins with"},
      {"{", "line 1"},
      {"[]", "where an object is expected"},
      {R"({"format":"evenkeel.record","version":1})", "'patient' is missing"},
      {R"({"format":"evenkeel.record","version":1,"patient":"p","x":1})", "unknown key 'x'"},
      {R"({"format":"other","version":1,"patient":"p"})", "'other' where 'evenkeel.record' is expected"},
      {R"({"format":"evenkeel.record","version":2,"patient":"p"})",
       "version 2; this program reads version 1"},
      {R"({"format":"evenkeel.record","version":"1","patient":"p"})", "version"},
      {R"({"format":"evenkeel.record","version":1,"patient":"a b"})", "is not a name"},
      {R"({"format":"evenkeel.record","version":1,"patient":"p","origin":7})", "origin"}};
  for (const auto& [text, what] : faults) {
    const auto reading = read(text);
    ASSERT_FALSE(reading) << text;
    EXPECT_EQ(reading.error().code, ErrorCode::invalid_input);
    EXPECT_TRUE(reading.error().where.starts_with("line 1"));
    EXPECT_NE(to_string(reading.error()).find(what), std::string::npos) << to_string(reading.error());
  }
}

TEST(ReadRecord, LineEndingsAndBlankLinesDoNotMatterAndAreCounted) {
  const auto reading = read(heading + "\r\n\r\n" + contact("a") + "\r\n \t \n\n{}\r\n" + contact("b"));
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->record.size(), 2U);
  ASSERT_FALSE(reading->set_aside.empty());
  EXPECT_EQ(reading->set_aside[0].line, 6U);
}

TEST(ReadRecord, ABadLineIsSetAsideWithItsIdAndTheNextIsRead) {
  std::string bad = contact("b");
  bad.replace(bad.find("contact"), 7, "conduct");
  const auto reading = read(heading + "\n" + contact("a") + "\n" + bad + "\n" + contact("c") + "\n");
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->record.size(), 2U);
  ASSERT_EQ(reading->set_aside.size(), 1U);
  EXPECT_EQ(reading->set_aside[0].line, 3U);
  EXPECT_EQ(reading->set_aside[0].event, "b");
  EXPECT_EQ(reading->set_aside[0].error.where, "line 3: kind");
}

TEST(ReadRecord, WhatTheRecordRefusesIsSetAsideWithItsField) {
  const auto reading = read(heading + "\n" + contact("a") + "\n" + contact("a") + "\n");
  ASSERT_TRUE(reading);
  ASSERT_EQ(reading->set_aside.size(), 1U);
  EXPECT_EQ(reading->set_aside[0].event, "a");
  EXPECT_EQ(reading->set_aside[0].error.where, "line 3: id");
}

// `length` bytes of an event line, filled up inside with spaces, which JSON passes over.
std::string long_line(std::size_t length) {
  std::string text = contact("a");
  text.insert(1, std::string(length - text.size(), ' '));
  return text;
}

TEST(ReadRecord, ALineOfTheLongestLengthIsReadAndALongerOneIsNot) {
  const auto whole = read(heading + "\n" + long_line(longest_line) + "\n");
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->record.size(), 1U);
  const auto windows = read(heading + "\n" + long_line(longest_line) + "\r\n");
  ASSERT_TRUE(windows);
  EXPECT_EQ(windows->record.size(), 1U);
  const auto longer = read(heading + "\n" + long_line(longest_line + 1) + "\n" + contact("b"));
  ASSERT_TRUE(longer);
  EXPECT_EQ(longer->record.size(), 1U);
  ASSERT_EQ(longer->set_aside.size(), 1U);
  EXPECT_EQ(longer->set_aside[0].line, 2U);
  EXPECT_NE(longer->set_aside[0].error.what.find("longer than 1048576 bytes"), std::string::npos);
}

TEST(ReadRecord, AnEndlessHeadingIsRefused) {
  const auto reading = read(std::string(longest_line + 1, '{'));
  ASSERT_FALSE(reading);
  EXPECT_NE(reading.error().what.find("1 MiB"), std::string::npos);
}

TEST(WriteRecord, AHeadingNamesThePatient) {
  EXPECT_EQ(write_heading("p-1"), R"({"format":"evenkeel.record","version":1,"patient":"p-1"})");
}

}  // namespace
}  // namespace evenkeel::exchange
