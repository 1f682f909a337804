// Everything that is data: what content/ holds, read and checked. Values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "care/instrument.hpp"
#include "care/protocol.hpp"
#include "pkpd/effect.hpp"
#include "pkpd/interaction.hpp"
#include "pkpd/model.hpp"
#include "watch/evidence.hpp"
#include "watch/rule.hpp"

namespace evenkeel::assess {

struct Library {
  std::vector<pkpd::Model> models;
  std::vector<pkpd::Effect> effects;
  std::vector<pkpd::Interaction> interactions;
  std::vector<care::Protocol> protocols;
  std::vector<care::Instrument> instruments;
  std::vector<watch::Rule> rules;
  std::vector<watch::Evidence> evidence;
};

}  // namespace evenkeel::assess
