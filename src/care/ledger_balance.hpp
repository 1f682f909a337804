// What a controlled-drug ledger adds up to at a moment, and what somebody must look at.
//
// A finding says what was found, where, since when and who had the lot in hand between two counts. It is no
// accusation: a wrong reading of a syringe gives the same finding as a theft. A second person looks.
// Pure: the same ledger and `now` give the same balance.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/provenance.hpp"
#include "care/ledger.hpp"
#include "care/record.hpp"

namespace evenkeel::care::ledger {

// How long things may stay as they are. Proposals of this software (label P); a site may have its own.
struct Allowances {
  Duration syringe_open = 4.0 * units::h;      // drawn up, and neither given nor wasted
  Duration vial_open = 12.0 * units::h;        // taken out: what is left is wasted on the day
  Duration between_counts = 7.0 * units::day;  // of a lot that is in stock
  Duration expiry_notice = 30.0 * units::day;
  Provenance from{"evenkeel", Label::proposal, "no standard sets these times; set the site's own"};
};

struct LotBalance {
  std::string lot;
  Drug drug = Drug::racemic_ketamine;
  Strength strength;
  Decimal vial_mL;
  Date expires;
  int vials = 0;           // unopened
  Decimal in_taken_mL;     // in vials taken out
  Decimal in_syringes_mL;  // drawn up, not yet given or wasted
  Decimal held_mL;         // all three
  LabelMass held;          // in the label's own form, exact
  Decimal held_base_mg;    // exact for a base; else cut to 0.01 mg, never more than there is
  Decimal received_mL, given_mL, wasted_mL, returned_mL, destroyed_mL;
  Decimal found_mL;  // more (negative: less) by all counts together
  std::optional<Instant> counted;
  // Taken out and not put back, by name: those with something left by the book, and those emptied since the
  // last count. A count looks into each of them.
  std::vector<std::string> open_vials;
};

struct OpenDraw {
  std::string draw, lot, session, patient, by;
  Instant at;
  Decimal open_mL;
  Duration age;
};

enum class FindingKind : std::uint8_t {
  discrepancy = 1,
  syringe_open = 2,
  vial_open = 3,
  expired_stock = 4,
  count_overdue = 5,
  expires_soon = 6,
};
[[nodiscard]] std::string_view finding_text(FindingKind kind);  // "discrepancy", "syringe_open", ...

struct LedgerFinding {
  FindingKind kind = FindingKind::discrepancy;
  bool needs_somebody = true;  // false: to be known, or answered
  std::string lot;
  std::string of;                // the count's event, the syringe or the vial; or empty
  std::optional<Instant> at;     // when it was found, or began
  std::optional<Instant> since;  // a discrepancy: the count before it
  std::optional<Decimal> volume_mL;
  std::vector<std::string> people;  // who counted, or has the syringe
  std::vector<std::string> handled_by;
  std::vector<Difference> differences;
  std::string review;  // the event that answers it, or empty
  std::string text;    // one or two sentences
};

struct Balance {
  std::string site;
  Instant now;
  std::size_t not_yet_known = 0;        // events recorded after `now`
  std::vector<LotBalance> lots;         // by lot
  std::vector<OpenDraw> open_draws;     // the oldest first
  std::vector<LedgerFinding> findings;  // those that need somebody first
  Allowances allowances;
};

[[nodiscard]] Balance balance(const Ledger& ledger, Instant now, const Allowances& allowances = {});

// One session: drawn = given + wasted + open, exactly. What is open is not accounted for.
struct SessionAccount {
  std::string patient;
  std::string session;  // a name within the patient's record
  Decimal drawn_mL, given_mL, wasted_mL, open_mL;
  std::vector<LabelMass> given;  // one for each form
  [[nodiscard]] bool closed() const { return open_mL == Decimal{}; }
};

// Errors: not_found where nothing was drawn up for it.
[[nodiscard]] Result<SessionAccount> session_account(const Ledger& ledger, const std::string& patient,
                                                     const std::string& session);

// What a patient's record says was given, held against what left the syringes.
struct GivenCheck {
  std::string patient;
  std::string session;
  std::optional<Decimal> ledger_base_mg;  // absent: nothing was drawn up for it
  std::optional<Decimal> record_base_mg;  // absent: the record has no end of it
  std::optional<Decimal> difference_mg;   // ledger less record
  bool agrees = false;
  std::string text;
};
// Of a base the two must be equal. Of a hydrochloride they may differ by what the ratio's four digits leave
// open, 0.05 %, and by half a unit of the record's last digit, for it was rounded.
[[nodiscard]] Result<GivenCheck> check_given(const SessionAccount& account, const Decimal& record_base_mg);

// Every session that has ended by the record, and every one of the patient's by the ledger; by session.
[[nodiscard]] Result<std::vector<GivenCheck>> reconcile(const Ledger& ledger, const Record& record);

}  // namespace evenkeel::care::ledger
