// One session's drug: what was drawn up for it and where it went; held against the patient's record.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

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

Result<Decimal> given_base_mg(const SessionAccount& account) {
  Decimal sum;
  for (const LabelMass& mass : account.given) {
    const auto base = base_mg_down(mass, compared_places);
    if (!base) return base.error();
    const auto more = add(sum, *base);
    if (!more) return more.error();
    sum = *more;
  }
  return sum;
}

// What the record says was given, by session.
std::map<std::string, Decimal> given_by_record(const Record& record) {
  std::map<std::string, Decimal> given;
  for (const care::Event& event : record.valid()) {
    if (const auto* end = std::get_if<SessionEnded>(&event.body)) given[end->session] = end->given.mg;
    const auto* stop = std::get_if<SessionStopped>(&event.body);
    if (stop != nullptr && stop->given_mg) given[stop->session] = *stop->given_mg;
  }
  return given;
}

std::set<std::string> sessions_in(const Ledger& ledger, const std::string& patient) {
  std::set<std::string> found;
  for (const auto& [lot, book] : ledger.lots()) {
    for (const auto& [name, draw] : book.draws) {
      if (draw.patient == patient) found.insert(draw.session);
    }
  }
  return found;
}

GivenCheck not_in_ledger(const Record& record, const std::string& session, const Decimal& given) {
  GivenCheck made{record.patient(), session, {}, given, {}, given == Decimal{}, ""};
  made.text = fmt::format("session {}: the record has {} mg of base given; nothing was drawn up for it",
                          session, given.to_string());
  return made;
}

// Nothing need stand in the record as long as nothing was given.
GivenCheck not_in_record(const SessionAccount& account, const Decimal& base_mg) {
  GivenCheck made{account.patient, account.session, base_mg, {}, {}, base_mg == Decimal{}, ""};
  made.text = fmt::format("session {}: the ledger has {} mg of base given; the record has no end of it",
                          account.session, base_mg.to_string());
  return made;
}

}  // namespace

Result<SessionAccount> session_account(const Ledger& ledger, const std::string& patient,
                                       const std::string& session) {
  SessionAccount account;
  account.patient = patient;
  account.session = session;
  bool any = false;
  for (const auto& [lot, book] : ledger.lots()) {
    for (const auto& [name, draw] : book.draws) {
      if (draw.session != session || draw.patient != patient) continue;
      any = true;
      if (auto added = add_draw(account, draw, book.lot.strength); !added) return added.error();
    }
  }
  if (any) return account;
  return Error{ErrorCode::not_found, "session",
               fmt::format("nothing was drawn up for session '{}' of '{}' in the ledger of '{}'", session,
                           patient, ledger.site())};
}

Result<GivenCheck> check_given(const SessionAccount& account, const Decimal& record_base_mg) {
  const auto ledger_mg = given_base_mg(account);
  if (!ledger_mg) return ledger_mg.error();
  const auto difference = subtract(*ledger_mg, record_base_mg);
  if (!difference) return difference.error();
  const auto allowed = tolerance(account, record_base_mg);
  if (!allowed) return allowed.error();
  GivenCheck made{account.patient, account.session, *ledger_mg, record_base_mg, *difference, false, ""};
  made.agrees = size_of(*difference) <= *allowed;
  made.text =
      fmt::format("session {}: the ledger has {} mg of base given, the record {} mg; {}", account.session,
                  ledger_mg->to_string(), record_base_mg.to_string(),
                  made.agrees ? "they agree"
                              : fmt::format("the ledger has {} mg {}", size_of(*difference).to_string(),
                                            *difference < Decimal{} ? "less" : "more"));
  return made;
}

Result<std::vector<GivenCheck>> reconcile(const Ledger& ledger, const Record& record) {
  const auto by_record = given_by_record(record);
  auto names = sessions_in(ledger, record.patient());
  for (const auto& [session, given] : by_record) names.insert(session);
  std::vector<GivenCheck> checks;
  for (const std::string& session : names) {
    const auto recorded = by_record.find(session);
    const auto account = session_account(ledger, record.patient(), session);
    if (!account && account.error().code != ErrorCode::not_found) return account.error();
    if (!account) {
      checks.push_back(not_in_ledger(record, session, recorded->second));
      continue;
    }
    if (recorded == by_record.end()) {
      const auto base = given_base_mg(*account);
      if (!base) return base.error();
      checks.push_back(not_in_record(*account, *base));
      continue;
    }
    auto check = check_given(*account, recorded->second);
    if (!check) return check.error();
    checks.push_back(*std::move(check));
  }
  return checks;
}

}  // namespace evenkeel::care::ledger
