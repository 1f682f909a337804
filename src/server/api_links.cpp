// An evaluation on the patient's own device, by an address that works once.
//
// The token is what it stands for, sealed with the site's key: nothing is kept of it, and it holds over a
// restart. That it is used once is held by the record, whose key it is. It stands behind the # of the
// address, so no server and no log sees it there.
#include <fmt/format.h>

#include "exchange/words.hpp"
#include "server/route.hpp"
#include "server/views.hpp"

namespace evenkeel::server {
namespace {

constexpr std::string_view sealed_for = "answer-link";
constexpr Duration valid_for = 24.0 * units::h;
// So long the same answers get their reply again: a telephone that lost it sends them once more.
constexpr Duration answer_again = 2.0 * units::min;

struct Link {
  std::string patient;
  std::string instrument;
  care::Moment moment = care::Moment::between_doses;
  std::string by;                           // who made it
  clinic::Role role = clinic::Role::nurse;  // as it is by now
  Instant until;
  std::string drawn = random_token();  // makes it one of its own
};

std::string sealed(const Link& link, const clinic::SiteKey& key) {
  return key.seal(
      json::dump(json::object(
          {{"patient", json::text(link.patient)},
           {"instrument", json::text(link.instrument)},
           {"moment", json::text(exchange::words::word_for(exchange::words::moments, link.moment))},
           {"by", json::text(link.by)},
           {"until", json::text(link.until.to_string())},
           {"drawn", json::text(link.drawn)}})),
      sealed_for);
}

const Error no_link{ErrorCode::not_found, "token",
                    "this address was used, is too old, or was not made here; ask the clinic for another"};

// What whoever made it is by now: works here still, and sees the patient.
Result<clinic::Role> role_of_maker(const Call& call, const Link& link) {
  const auto book = clinic::account_book(call.house.log, link.by);
  if (!book && book.error().code == ErrorCode::storage) return book.error();
  if (!book) return no_link;
  const clinic::Account& maker = book->record.account();
  if (maker.enabled && clinic::may_see(maker, link.patient, call.who.now)) return maker.role;
  return no_link;
}

Result<Link> opened(const Call& call, const std::string& token) {
  const auto text = call.house.key.open(token, sealed_for);
  if (!text) return no_link;
  const auto tree = json::parse(text->view());
  if (!tree) return no_link;
  Errors faults;
  json::Reader body{*tree, faults};
  Link link;
  if (!body.object({"patient", "instrument", "moment", "by", "until", "drawn"})) return no_link;
  link.patient = body["patient"].name();
  link.instrument = body["instrument"].name();
  link.moment = body["moment"].one_of(exchange::words::moments);
  link.by = body["by"].text(100);
  link.until = body["until"].instant();
  link.drawn = body["drawn"].text(100);
  if (!faults.empty() || link.until <= call.who.now) return no_link;
  const auto role = role_of_maker(call, link);
  if (!role) return role.error();
  link.role = *role;
  return link;
}

// The patient answers; whoever made the address stands for its being theirs to ask.
clinic::Person answering(const Link& link, Instant now) {
  return {std::string{care::patient_alone}, link.role, now,
          "answered on the patient's own device; asked by " + link.by};
}

// By what was sealed and not by the token, which may be spelt in more than one way.
std::string key_of(const Link& link) {
  return "link:" + store::hex(store::sha256(link.drawn));
}

bool asks_for_patient(const care::Instrument& each) {
  return each.who == care::AnsweredBy::patient;
}

Answer make_link(const Call& call) {
  const auto said = body_of(call, [&](json::Reader body) {
    Link link{call.names.front(), {}, {}, call.who.name, call.who.role, call.who.now + valid_for};
    if (!body.object({"instrument", "moment"})) return link;
    link.instrument = body["instrument"].name();
    link.moment = body["moment"].one_of(exchange::words::moments);
    return link;
  });
  if (!said) return problem(said.error());
  const care::Instrument* instrument = assess::find_instrument(call.house.library, said->instrument);
  if (instrument == nullptr || !asks_for_patient(*instrument))
    return problem(Error{ErrorCode::not_found, "instrument",
                         "the library has no instrument of this name that a patient answers"});
  const auto chart = call.house.charts.open_to_write(said->patient, care::Evaluation{}, call.who);
  if (!chart) return problem(chart.error());
  const auto noted = call.house.log.note(
      store::Action::exported, "patient/" + said->patient,
      fmt::format("an address to answer {} once, until {}", said->instrument, said->until.to_string()),
      call.who.request());
  if (!noted) return problem(noted.error());
  return json_answer(201, json::object({{"address", json::text("/answer#" + sealed(*said, call.house.key))},
                                        {"expires_at", json::text(said->until.to_string())}}));
}

struct Answered {
  std::string token;
  care::Answers answers;
};

Answered read_answer(json::Reader body) {
  Answered said;
  if (!body.object({"token", "answers"})) return said;
  said.token = body["token"].text(2000);
  for (auto& [item, answer] : body["answers"].members()) said.answers.emplace(item, answer.integer(0, 1000));
  return said;
}

Answer open_link(const Call& call) {
  const auto token = body_of(call, [](json::Reader body) {
    return body.object({"token"}) ? body["token"].text(2000) : std::string{};
  });
  if (!token) return problem(token.error());
  const auto link = opened(call, *token);
  if (!link) return problem(link.error());
  const auto* file = find(call.house.settings.content, "instruments", link->instrument);
  const auto chart =
      call.house.charts.open_to_write(link->patient, care::Evaluation{}, answering(*link, call.who.now));
  if (file == nullptr || !chart || clinic::entry_of_key(**chart, key_of(*link)).first != nullptr)
    return problem(no_link);
  Members answer;
  answer.add_text("instrument", file->json);
  answer.add("expires_at", json::text(link->until.to_string()));
  return json_answer(200, answer.take());
}

std::optional<Error> not_answerable(const care::Instrument& instrument, const care::Answers& answers) {
  for (const auto& [id, value] : answers) {
    const auto item = std::ranges::find(instrument.items, id, &care::Item::id);
    if (item == instrument.items.end() || !takes_answer(*item) || !is_allowed(*item, value))
      return Error{ErrorCode::invalid_input, "answers." + id, "the question takes no such answer"};
  }
  if (answers.empty()) return Error{ErrorCode::invalid_input, "answers", "nothing was answered"};
  return std::nullopt;
}

// What to do at once is said to the patient only where the instrument itself says it; the clinic's page hears
// of it by the record.
Answer answer_link(const Call& call) {
  const auto said = body_of(call, read_answer);
  if (!said) return problem(said.error());
  const auto link = opened(call, said->token);
  if (!link) return problem(link.error());
  const care::Instrument* instrument = assess::find_instrument(call.house.library, link->instrument);
  if (instrument == nullptr) return problem(no_link);
  if (const auto wrong = not_answerable(*instrument, said->answers)) return problem(*wrong);
  Call theirs = call;
  theirs.who = answering(*link, call.who.now);
  const care::Evaluation body{link->instrument, link->moment, said->answers, {}};
  const auto written = enter_once(theirs, link->patient, body, {}, key_of(*link));
  // Other answers than those that were given: whoever finds the address later learns nothing by trying.
  if (!written && written.error().code == ErrorCode::invalid_input) return problem(no_link);
  if (!written) return problem(written.error());
  if (written->repeated && call.who.now - written->event.recorded_at > answer_again) return problem(no_link);
  const care::Score score = care::score(*instrument, body);
  return json_answer(200, json::object({{"done", json::boolean(true)},
                                        {"urgent", json::boolean(!score.urgent_actions.empty())}}));
}

}  // namespace

std::vector<Route> link_routes() {
  using enum Method;
  return {
      {post,
       "/api/patients/{patient}/links",
       Door::signed_in,
       {},
       "link_asked",
       "link",
       "An address where the patient answers once",
       &make_link},
      {post,
       "/api/answer/open",
       Door::open,
       {},
       "answer_token",
       "opened",
       "What such an address asks",
       &open_link,
       false},
      {post, "/api/answer", Door::open, {}, "answering", "answered", "Answer it", &answer_link, false},
  };
}

}  // namespace evenkeel::server
