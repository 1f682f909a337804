// What is asked about one patient: what was given, what was measured, and under which model.
//
//   y_i = f_i(z) + error,   parameters = h^-1(h(typical) + L z),   z ~ N(0, I)
//
// Times count from one moment that the asker chooses. Values; safe to use from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "base/quantity.hpp"
#include "pkpd/effect.hpp"
#include "pkpd/structure.hpp"
#include "pkpd/system.hpp"
#include "pkpd/variability.hpp"

namespace evenkeel::individual {

struct Given {
  Duration at;
  Duration length;        // zero: at once, or over the time that the route says
  DrugMass amount;        // of base, >= 0
  std::size_t route = 0;  // of the model
};

// What is true of the patient from `from` on, until the next span; amounts in the body carry over.
struct Span {
  Duration from;
  pkpd::Patient patient;
  int occasion = 1;  // the session; effects that vary between occasions are drawn anew for each
};

struct Assayed {
  Concentration value;
};
// Nothing above the assay's lower limit was found: the chance of that is what counts (M3 of Beal,
// J Pharmacokinet Pharmacodyn 2001;28:481).
struct Below {
  Concentration limit;
};
// An effect that was read. The scatter of such a reading is not published, so whoever asks states it.
struct EffectSeen {
  std::size_t effect = 0;  // of Question::effects
  double value = 0.0;      // in the effect's unit
  double sd = 0.0;         // > 0, same unit
};

struct Measured {
  std::string id;  // to name it by: an event of the record, "row 7"
  Duration at;
  std::size_t output = 0;  // of the model; for an effect, Question::effects says
  std::variant<Assayed, Below, EffectSeen> what;
};

// An effect and the output that drives it. The asker has made sure that they belong together
// (pkpd::PairedEffect).
struct EffectRead {
  pkpd::Effect effect;
  std::size_t output = 0;
};

struct Question {
  const pkpd::Structure* structure = nullptr;  // outlives everything made from the question
  std::vector<Span> spans;                     // by time; the first not after anything given or measured
  std::vector<Given> given;                    // in any order
  std::vector<Measured> measured;
  std::vector<EffectRead> effects = {};
  std::vector<pkpd::ResidualError> assumed = {};  // for outputs whose scatter the model does not state
};

}  // namespace evenkeel::individual
