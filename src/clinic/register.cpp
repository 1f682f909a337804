#include "clinic/register.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "clinic/kept_append.hpp"
#include "clinic/register_event.hpp"
#include "clinic/secret.hpp"
#include "store/audit.hpp"

namespace evenkeel::clinic {
namespace {

constexpr std::size_t most = 1'000'000;
constexpr std::string_view id_letters = "bcdfghjkmnpqrstvwxz";  // no words by chance, nothing like a digit
constexpr int most_draws = 4;

std::string subject(const std::string& id) {
  return subject_of(stream_of<RegisterForm>(id));
}

std::string lower(std::string_view text) {
  std::string small{text};
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return small;
}

// Takes in what one kind of event says of each patient, where it is the latest.
Result<void> gather(store::EventLog& log, const char* kind, const Person& who,
                    std::map<std::string, Registered>& by_id) {
  const Instant first = Instant::parse("1900-01-01T00:00:00Z").value_or(Instant{});
  const Instant last = Instant::parse("2199-12-31T00:00:00Z").value_or(Instant{});
  const auto found = log.find(store::StreamKind::person, kind, first, last, most, who.request());
  if (!found) return found.error();
  for (const store::Found& each : *found) {
    const auto event = RegisterForm::read(each.text);
    if (!event) return event.error().front();
    Registered& patient = by_id[each.stream.id];
    if (each.version > patient.version) patient = {each.stream.id, identity_of(event->body), each.version};
  }
  return {};
}

Result<std::vector<Registered>> all_of(store::EventLog& log, const Person& who) {
  std::map<std::string, Registered> by_id;
  for (const char* kind : {"registered", "corrected"}) {
    if (auto done = gather(log, kind, who, by_id); !done) return done.error();
  }
  std::vector<Registered> all;
  all.reserve(by_id.size());
  for (auto& [id, each] : by_id) all.push_back(std::move(each));
  std::ranges::stable_sort(all, {}, [](const Registered& each) { return lower(each.identity.name); });
  return all;
}

// Two entries for one person would part their history.
Result<void> check_is_new(store::EventLog& log, const Identity& identity, const Person& who) {
  const auto all = all_of(log, who);
  if (!all) return all.error();
  const auto same = std::ranges::find_if(*all, [&](const Registered& each) {
    return each.identity.birth_date == identity.birth_date &&
           lower(each.identity.name) == lower(identity.name);
  });
  if (same == all->end()) return {};
  return Error{ErrorCode::invalid_input, "another_of_the_name",
               fmt::format("somebody of this name and birth date is registered as {}; is it another person?",
                           same->id)};
}

Result<Registered> written(store::EventLog& log, Kept<RegisterForm>& kept, RegisterBody body,
                           const std::string& key, const Person& who) {
  Identity identity = identity_of(body);
  const auto done = append<RegisterForm>(log, kept, {std::move(body), who.now, key}, who);
  if (!done) return done.error();
  return Registered{kept.stream.id, std::move(identity), done->version};
}

// Tells nothing of who it is; of a key always the same ones.
std::string drawn_id(const std::string& key, int draw) {
  if (key.empty()) return "p-" + random_text(8, id_letters);
  const store::Hash hash = store::sha256(fmt::format("{}\n{}", draw, key));
  std::string id = "p-";
  for (std::size_t i = 0; i < 8; ++i) id += id_letters[hash[i] % id_letters.size()];
  return id;
}

// Whom this key registered before, if it did.
Result<std::optional<Registered>> registered_before(store::EventLog& log, const Registering& what,
                                                    const Person& who) {
  for (int draw = 0; draw < most_draws && !what.key.empty(); ++draw) {
    const auto kept = load<RegisterForm>(log, drawn_id(what.key, draw), who);
    if (!kept && kept.error().code != ErrorCode::not_found) return kept.error();
    if (!kept) break;
    const auto* event = entry_of_key(*kept, what.key).first;
    if (event == nullptr) continue;
    if (identity_of(event->body) == what.identity)
      return std::optional{Registered{kept->stream.id, what.identity, kept->version}};
    return Error{ErrorCode::invalid_input, "key", "this key registered somebody else; give a new one"};
  }
  return std::optional<Registered>{};
}

constexpr std::string_view invisible[] = {"\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D", "\xE2\x81\xA0",
                                          "\xEF\xBB\xBF"};  // zero-width blanks and joiners
constexpr std::string_view hard_blank = "\xC2\xA0";

// One blank between the words and none around them: what looks alike is alike.
Result<Identity> tidied(Identity identity) {
  for (const std::string_view each : invisible) {
    if (identity.name.find(each) != std::string::npos)
      return Error{ErrorCode::invalid_input, "name", "it has characters that nobody sees"};
  }
  std::string name;
  for (std::size_t i = 0; i < identity.name.size(); ++i) {
    const bool hard = identity.name.compare(i, hard_blank.size(), hard_blank) == 0;
    if (hard) i += hard_blank.size() - 1;
    const char c = hard ? ' ' : identity.name[i];
    if (c != ' ' || (!name.empty() && name.back() != ' ')) name += c;
  }
  if (name.ends_with(' ')) name.pop_back();
  if (name.empty()) return Error{ErrorCode::invalid_input, "name", "a name is asked for"};
  identity.name = std::move(name);
  return identity;
}

}  // namespace

Result<Registered> register_patient(store::EventLog& log, const Registering& asked, const Person& who) {
  if (auto allowed = require(log, who, Right::open_chart, "register"); !allowed) return allowed.error();
  auto identity = tidied(asked.identity);
  if (!identity) return identity.error();
  Registering what = asked;
  what.identity = *std::move(identity);
  const auto before = registered_before(log, what, who);
  if (!before) return before.error();
  if (*before) return **before;
  if (!what.another_of_the_name) {
    if (auto is_new = check_is_new(log, what.identity, who); !is_new) return is_new.error();
  }
  for (int draw = 0; draw < most_draws; ++draw) {
    const std::string id = what.id.empty() ? drawn_id(what.key, draw) : what.id;
    auto kept = nothing_yet<RegisterForm>(id);
    auto made = written(log, kept, WasRegistered{what.identity}, what.key, who);
    if (made || made.error().code != ErrorCode::stale) return made;
    if (!what.id.empty()) break;
  }
  return Error{ErrorCode::invalid_input, "id",
               fmt::format("'{}' is registered already; correct it", what.id)};
}

Result<Registered> correct_patient(store::EventLog& log, const std::string& id, const Identity& asked,
                                   const Person& who) {
  if (auto allowed = require(log, who, Right::open_chart, subject(id)); !allowed) return allowed.error();
  auto tidy = tidied(asked);
  if (!tidy) return tidy.error();
  const Identity right = *std::move(tidy);
  auto kept = load<RegisterForm>(log, id, who);
  if (!kept) return kept.error();
  if (identity_of(kept->record.events().back().body) == right) return Registered{id, right, kept->version};
  return written(log, *kept, WasCorrected{right}, {}, who);
}

Result<std::vector<Registered>> patients(store::EventLog& log, const Person& who) {
  if (auto allowed = require(log, who, Right::read_register, "register"); !allowed) return allowed.error();
  return all_of(log, who);
}

std::vector<Registered> with_prefix(const std::vector<Registered>& patients, std::string_view prefix) {
  const std::string wanted = lower(prefix);
  const auto begins = [&](const Registered& each) {
    const std::string name = " " + lower(each.identity.name);
    return name.find(" " + wanted) != std::string::npos || name.find("-" + wanted) != std::string::npos ||
           each.id.starts_with(wanted);
  };
  std::vector<Registered> found;
  std::ranges::copy_if(patients, std::back_inserter(found), begins);
  return found;
}

Result<Registered> patient_of(store::EventLog& log, const std::string& id, const Person& who) {
  if (auto allowed = require(log, who, Right::read_register, subject(id)); !allowed) return allowed.error();
  const auto kept = load<RegisterForm>(log, id, who);
  if (!kept) return kept.error();
  return Registered{id, identity_of(kept->record.events().back().body), kept->version};
}

}  // namespace evenkeel::clinic
