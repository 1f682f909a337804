// What a patient is told, in plain words: content/help/patient-page.json. Values.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace evenkeel::watch {

struct PlainSentence {
  std::string text;
  std::vector<std::string> evidence;  // entries of content/evidence; never empty for a fact
  bool fact = false;                  // it states something about the world, not what we ask or do
};

struct PlainSection {
  std::string id;
  std::string title;
  bool listed = false;       // its sentences stand as a list
  bool shows_lines = false;  // the help lines stand at its end
  std::vector<PlainSentence> sentences;
};

struct PatientPage {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  std::vector<PlainSection> sections;
  std::vector<std::pair<std::string, std::string>> sources;
};

}  // namespace evenkeel::watch
