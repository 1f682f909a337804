// One session's drug: what was drawn up for it and where it went; held against the patient's record.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "care/ledger_balance.hpp"

namespace evenkeel::care::ledger {
namespace {

// To 0.0001 mg, finer than any record.
constexpr int compared_places = 4;

Result<void> add_to(std::vector<LabelMass>& given, const LabelMass& more) {
  const auto same = std::ranges::find(given, more.form, &LabelMass::form);
  if (same == given.end()) {
    given.push_back(more);
    return {};
  }
  auto sum = add(same->mg, more.mg);
  if (!sum) return sum.error();
  same->mg = *sum;
  return {};
}

Result<void> add_draw(SessionAccount& account, const Draw& draw, const Strength& strength) {
  if (!account.patient.empty() && account.patient != draw.patient) {
    return Error{ErrorCode::invalid_input, "patient",
                 fmt::format("syringes of session '{}' were drawn up for '{}' and for '{}'", account.session,
                             account.patient, draw.patient)};
  }
  account.patient = draw.patient;
  account.drawn_mL = plus(account.drawn_mL, draw.drawn_mL);
  account.given_mL = plus(account.given_mL, draw.given_mL);
  account.wasted_mL = plus(account.wasted_mL, draw.wasted_mL);
  account.open_mL = plus(account.open_mL, draw.open_mL());
  const auto mass = mass_of(draw.given_mL, strength);
  if (!mass) return mass.error();
  return add_to(account.given, *mass);
}

Decimal size_of(const Decimal& value) {
  return value < Decimal{} ? minus(Decimal{}, value) : value;
}

// Half a unit of the last digit that was written.
Result<Decimal> half_last_digit(const Decimal& written) {
  return divide_down(*Decimal{5}.shifted(std::min(written.places() + 1, 12)), Decimal{1}, 8);
}

// 0.05 % of what was given as salt, and half a unit of the record's last digit; nothing for a base.
Result<Decimal> tolerance(const SessionAccount& account, const Decimal& record_base_mg) {
  const auto salt = std::ranges::find(account.given, DrugForm::hydrochloride, &LabelMass::form);
  if (salt == account.given.end() || salt->mg == Decimal{}) return Decimal{};
  const auto base = base_mg_down(*salt, compared_places);
  if (!base) return base.error();
  const auto share = multiply(*base, *Decimal::parse("0.0005"));
  if (!share) return share.error();
  const auto digit = half_last_digit(record_base_mg);
  if (!digit) return digit.error();
  return add(*share, *digit);
}

}  // namespace

Result<SessionAccount> session_account(const Ledger& ledger, const std::string& session) {
  SessionAccount account;
  account.session = session;
  bool any = false;
  for (const auto& [lot, book] : ledger.lots()) {
    for (const auto& [name, draw] : book.draws) {
      if (draw.session != session) continue;
      any = true;
      if (auto added = add_draw(account, draw, book.lot.strength); !added) return added.error();
    }
  }
  if (any) return account;
  return Error{
      ErrorCode::not_found, "session",
      fmt::format("nothing was drawn up for a session '{}' in the ledger of '{}'", session, ledger.site())};
}

Result<GivenCheck> check_given(const SessionAccount& account, const Decimal& record_base_mg) {
  GivenCheck made;
  made.record_base_mg = record_base_mg;
  for (const LabelMass& mass : account.given) {
    const auto base = base_mg_down(mass, compared_places);
    if (!base) return base.error();
    const auto sum = add(made.ledger_base_mg, *base);
    if (!sum) return sum.error();
    made.ledger_base_mg = *sum;
  }
  const auto difference = subtract(made.ledger_base_mg, record_base_mg);
  if (!difference) return difference.error();
  made.difference_mg = *difference;
  const auto allowed = tolerance(account, record_base_mg);
  if (!allowed) return allowed.error();
  made.agrees = size_of(made.difference_mg) <= *allowed;
  made.text = fmt::format(
      "session {}: the ledger has {} mg of base given, the record {} mg; {}", account.session,
      made.ledger_base_mg.to_string(), record_base_mg.to_string(),
      made.agrees ? "they agree"
                  : fmt::format("the ledger has {} mg {}", size_of(made.difference_mg).to_string(),
                                made.difference_mg < Decimal{} ? "less" : "more"));
  return made;
}

}  // namespace evenkeel::care::ledger
