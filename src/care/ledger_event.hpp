// What can stand in the controlled-drug ledger of a site: a list of events that only grows; a mistake is
// corrected by a further event. docs/ledger-format.md explains each field; the names are frozen.
// Volumes are what a syringe or a label says, in mL and exact; a strength says whether it is base or salt. A
// person is a name for machines, so that two people can be told apart.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "care/drug_form.hpp"
#include "care/event.hpp"

namespace evenkeel::care::ledger {

// Vials of one lot come into the stock. A further delivery of a lot agrees with the first about the lot.
struct Received {
  std::string lot;
  Drug drug = Drug::racemic_ketamine;
  Strength strength;
  Decimal vial_mL;  // as labelled; overfill is in no book
  int vials = 0;
  Date expires;  // the last day of use
  std::string supplier;
  std::string document;
  std::string by;
  std::string witness;
};

// One unopened vial leaves the stock, and has a name of its own from here on.
struct VialTaken {
  std::string vial;
  std::string lot;
  std::string by;
};

// A syringe is filled from a vial, for one session of one patient; read back by a second person.
struct DrawnUp {
  std::string draw;
  std::string vial;
  Decimal volume_mL;
  std::string session;
  std::string patient;
  std::string by;
  std::string checker;
};

// From a syringe into its patient.
struct Given {
  std::string draw;
  Decimal volume_mL;
  std::string by;
};

// From a syringe or from a vial, never to be used; seen by a second person.
struct Wasted {
  std::string draw;  // or empty, then `vial`
  std::string vial;
  Decimal volume_mL;
  std::string reason;
  std::string by;
  std::string witness;
};

// A vial that was taken, and from which nothing was drawn, is back among the unopened ones.
struct VialReturned {
  std::string vial;
  std::string by;
  std::string witness;
};

// Unopened vials leave the site.
struct ReturnedToSupplier {
  std::string lot;
  int vials = 0;
  std::string supplier;
  std::string document;
  std::string by;
  std::string witness;
};

// Unopened vials are destroyed: expired, recalled, broken.
struct Destroyed {
  std::string lot;
  int vials = 0;
  std::string reason;
  std::string document;  // or empty
  std::string by;
  std::string witness;
};

// Two people have counted one lot: the unopened vials, and what is in each vial that was taken. A vial that
// is not listed was not found, or was empty. Syringes in use are not counted.
struct Counted {
  struct PartVial {
    std::string vial;
    Decimal volume_mL;

    bool operator==(const PartVial&) const = default;
  };
  std::string lot;
  int vials = 0;
  std::vector<PartVial> part_vials;
  std::string by;
  std::string witness;
};

// The difference that a count has found was looked into; it names what it answers.
struct DiscrepancyReviewed {
  std::string count;  // the event
  Decimal volume_mL;  // found more (or, negative, less) than the books had
  std::string reason;
  std::string by;
  std::string witness;
};

// An earlier event does not count.
struct EnteredInError {
  std::string event;
  std::string reason;
  std::string witness = {};  // of an event that two people answer for, where accounts are kept; or empty
};

using Body = std::variant<Received, VialTaken, DrawnUp, Given, Wasted, VialReturned, ReturnedToSupplier,
                          Destroyed, Counted, DiscrepancyReviewed, EnteredInError>;

struct Event {
  std::string id;
  std::string site;
  Instant at;           // when it happened
  Instant recorded_at;  // when it was written down; never falls along a ledger
  std::string recorded_by;
  Body body;
};

// The event's kind as ledgers write it: "received", "vial_taken", ...
[[nodiscard]] std::string_view kind_text(const Body& body);

// Who did it, and who stood by; empty where a kind has none.
[[nodiscard]] std::string actor_of(const Body& body);
[[nodiscard]] std::string witness_of(const Body& body);

// The same person, written with other capitals or not.
[[nodiscard]] bool same_person(std::string_view a, std::string_view b);

}  // namespace evenkeel::care::ledger
