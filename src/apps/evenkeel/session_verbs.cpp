#include "apps/evenkeel/session_verbs.hpp"

#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <charconv>

#include "apps/evenkeel/arguments.hpp"
#include "exchange/words.hpp"

namespace evenkeel::app {
namespace {

namespace w = exchange::words;

Error fault(std::string option, std::string what) {
  return {ErrorCode::invalid_input, std::move(option), std::move(what)};
}

template <class T, std::size_t N>
Result<T> word(const std::string& text, const char* option,
               const std::pair<std::string_view, T> (&known)[N]) {
  std::string allowed;
  for (const auto& [name, value] : known) {
    if (name == text) return value;
    allowed += (allowed.empty() ? "" : ", ") + std::string{name};
  }
  return fault(option, fmt::format("'{}' is not known here; allowed: {}", text, allowed));
}

Result<Decimal> amount(const std::string& text, const char* option) {
  auto value = Decimal::parse(text);
  if (value && *value < Decimal{0}) return fault(option, fmt::format("'{}' is below zero", text));
  if (!value) return fault(option, fmt::format("'{}' is not a plain number such as 35 or 0.5", text));
  return value;
}

Result<int> whole(std::string_view text, const char* option) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size()) return value;
  return fault(option, fmt::format("'{}' is not a whole number", text));
}

void amount_option(CLI::App& command, const char* name, std::string& value, const char* help) {
  command.add_option(name, value, help)->required()->option_text("NUMBER");
}
void reason_option(CLI::App& command, SessionWords& words) {
  command.add_option("--reason", words.reason, "Why")->required()->option_text("TEXT");
}

Result<care::Body> check_in(const SessionWords& words) {
  return care::SessionCheckedIn{words.session, words.place};
}

Result<care::Body> pre_check(const SessionWords& words) {
  const auto check = word(words.what, "CHECK", w::checks);
  if (!check) return check.error();
  if (!words.concern.empty() && !words.not_applicable.empty())
    return fault("--not-applicable", "a check is either a concern or not applicable");
  const auto outcome = !words.concern.empty()          ? care::Screened::concern
                       : !words.not_applicable.empty() ? care::Screened::not_applicable
                                                       : care::Screened::clear;
  return care::PreCheck{words.session, *check, outcome, words.concern + words.not_applicable};
}

Result<care::Body> decision(const SessionWords& words) {
  return care::SessionDecision{words.session, words.what, words.go_on, words.clinician, words.reason};
}

Result<care::Body> ready(const SessionWords& words) {
  const auto dose = amount(words.base_mg, "--base-mg");
  if (!dose) return dose.error();
  const auto over = duration_argument(words.over, "--over");
  if (!over) return over.error();
  const auto strength = amount(words.base_mg_per_mL, "--base-mg-per-mL");
  if (!strength) return strength.error();
  return care::SessionReady{words.session, *dose, *over, *strength, words.second};
}

Result<care::Body> vitals(const SessionWords& words) {
  care::VitalSigns signs;
  signs.session = words.session;
  if (!words.pressure.empty()) {
    const auto slash = words.pressure.find('/');
    if (slash == std::string::npos)
      return fault("--bp", fmt::format("'{}' is not systolic/diastolic, such as 122/76", words.pressure));
    const auto systolic = whole(std::string_view{words.pressure}.substr(0, slash), "--bp");
    if (!systolic) return systolic.error();
    const auto diastolic = whole(std::string_view{words.pressure}.substr(slash + 1), "--bp");
    if (!diastolic) return diastolic.error();
    signs.systolic_mmHg = *systolic;
    signs.diastolic_mmHg = *diastolic;
  }
  signs.heart_rate_per_min = words.heart_rate;
  signs.spo2_percent = words.spo2;
  signs.respiratory_rate_per_min = words.respiratory_rate;
  signs.moaas = words.moaas;
  return signs;
}

Result<care::Body> sign(const SessionWords& words) {
  return care::SignSeen{words.session, words.what, words.note};
}

Result<care::Body> rate(const SessionWords& words) {
  const auto mg_per_h = amount(words.base_mg_per_h, "--base-mg-per-h");
  if (!mg_per_h) return mg_per_h.error();
  return care::RateChanged{words.session, *mg_per_h, words.reason};
}

Result<care::Body> pause(const SessionWords& words) {
  return care::RateChanged{words.session, Decimal{0}, words.reason};
}

Result<care::Body> end(const SessionWords& words) {
  const auto given = amount(words.base_mg, "--base-mg");
  if (!given) return given.error();
  return care::SessionEnded{words.session,
                            {*given},
                            words.reason.empty() ? care::Completion::completed : care::Completion::stopped,
                            words.reason,
                            words.more_than_drawn_up};
}

Result<care::Body> evaluation(const SessionWords& words) {
  const auto moment = word(words.moment, "--moment", w::moments);
  if (!moment) return moment.error();
  care::Evaluation body{words.what, *moment, {}, words.total};
  for (const std::string& each : words.answers) {
    const auto equals = each.find('=');
    if (equals == std::string::npos)
      return fault("ANSWERS", fmt::format("'{}' is not item=answer, such as 1=2", each));
    const auto answer = whole(std::string_view{each}.substr(equals + 1), "ANSWERS");
    if (!answer) return answer.error();
    if (!body.answers.emplace(each.substr(0, equals), *answer).second)
      return fault("ANSWERS", fmt::format("item '{}' is answered twice", each.substr(0, equals)));
  }
  if (body.total.has_value() == !body.answers.empty())
    return fault("ANSWERS", "an evaluation has either answers or, from elsewhere, --total");
  return body;
}

Result<care::Body> discharge(const SessionWords& words) {
  care::SessionDischarged body{words.session, !words.no_escort, words.moaas, {}};
  if (words.next_contact.empty()) return body;
  const auto next = Date::parse(words.next_contact);
  if (!next) return fault("--next-contact", next.error().what);
  body.next_contact = *next;
  return body;
}

Result<care::Body> cancel(const SessionWords& words) {
  return care::SessionCancelled{words.session, words.reason};
}

Result<care::Body> stop(const SessionWords& words) {
  const auto departure = word(words.departure, "--departure", w::departures);
  if (!departure) return departure.error();
  care::SessionStopped body{words.session, {}, *departure, words.reason, words.more_than_drawn_up};
  if (words.base_mg.empty()) return body;
  const auto given = amount(words.base_mg, "--base-mg");
  if (!given) return given.error();
  body.given_mg = *given;
  return body;
}

void more_option(CLI::App& c, SessionWords& s) {
  c.add_flag("--more-than-drawn-up", s.more_than_drawn_up, "It is no slip: more was given than was drawn up");
}

const SessionVerb verbs[] = {
    {"check-in", "The patient has come",
     [](CLI::App& c, SessionWords& s) {
       c.add_option("--place", s.place, "Chair or room")->option_text("TEXT");
     },
     &check_in},
    {"check", "One check before the infusion is done",
     [](CLI::App& c, SessionWords& s) {
       c.add_option("what", s.what,
                    "identity_first, identity_second, fasting, escort, equipment, no_change or pregnancy")
           ->required()
           ->option_text("CHECK");
       c.add_option("--concern", s.concern, "It is not in order: what was found")->option_text("TEXT");
       c.add_option("--not-applicable", s.not_applicable, "Why it does not apply")->option_text("TEXT");
     },
     &pre_check},
    {"decide", "A clinician decides about a gate or a rule that fired",
     [](CLI::App& c, SessionWords& s) {
       c.add_option("what", s.what, "The gate or the rule, by its id")->required()->option_text("ID");
       c.add_flag("--go-on,!--do-not-go-on", s.go_on, "Go on, or not")->required();
       c.add_option("--clinician", s.clinician, "Who decides")->required()->option_text("NAME");
       reason_option(c, s);
     },
     &decision},
    {"ready", "The dose is drawn up and read back by two people; nothing stands in the way",
     [](CLI::App& c, SessionWords& s) {
       amount_option(c, "--base-mg", s.base_mg, "The dose, mg of ketamine base");
       c.add_option("--over", s.over, "How long it is to run, such as 40min")
           ->required()
           ->option_text("TIME");
       amount_option(c, "--base-mg-per-mL", s.base_mg_per_mL, "What is in the syringe, mg of base per mL");
       c.add_option("--second", s.second, "Who checked as well")->required()->option_text("NAME");
     },
     &ready},
    {"vitals", "Vital signs were read",
     [](CLI::App& c, SessionWords& s) {
       c.add_option("--bp", s.pressure, "Blood pressure, mmHg")->option_text("SYS/DIA");
       c.add_option("--hr", s.heart_rate, "Heart rate, per minute")->option_text("N");
       c.add_option("--spo2", s.spo2, "Oxygen saturation, %")->option_text("N");
       c.add_option("--rr", s.respiratory_rate, "Breaths per minute")->option_text("N");
       c.add_option("--moaas", s.moaas, "Alertness, 5 alert to 0")->option_text("N");
     },
     &vitals},
    {"sign", "One of the protocol's signs was seen: chest pain, the patient asks to stop, ...",
     [](CLI::App& c, SessionWords& s) {
       c.add_option("what", s.what, "The sign, by its id")->required()->option_text("ID");
       c.add_option("--note", s.note, "What was seen")->option_text("TEXT");
     },
     &sign},
    {"rate", "The infusion goes on at another rate",
     [](CLI::App& c, SessionWords& s) {
       amount_option(c, "--base-mg-per-h", s.base_mg_per_h, "The rate, mg of base per hour");
       reason_option(c, s);
     },
     &rate},
    {"pause", "The infusion is paused", &reason_option, &pause},
    {"end", "The infusion has ended",
     [](CLI::App& c, SessionWords& s) {
       amount_option(c, "--base-mg", s.base_mg, "What ran in altogether, mg of base");
       c.add_option("--stopped-because", s.reason, "It was stopped early: why")->option_text("TEXT");
       more_option(c, s);
     },
     &end},
    {"evaluate", "An instrument was answered",
     [](CLI::App& c, SessionWords& s) {
       c.add_option("what", s.what, "The instrument's id")->required()->option_text("ID");
       c.add_option("answers", s.answers, "item=answer, as many as there are")->option_text("ANSWERS");
       c.add_option("--moment", s.moment, "baseline, before_dose, during_dose, after_dose or between_doses")
           ->required()
           ->option_text("MOMENT");
       c.add_option("--total", s.total, "From elsewhere: its total alone")->option_text("N");
     },
     &evaluation},
    {"discharge", "The patient goes home",
     [](CLI::App& c, SessionWords& s) {
       c.add_flag("--no-escort", s.no_escort, "Nobody takes the patient home");
       c.add_option("--moaas", s.moaas, "Alertness, 5 alert to 0")->required()->option_text("N");
       c.add_option("--next-contact", s.next_contact, "When the clinic is in touch next")
           ->option_text("DATE");
     },
     &discharge},
    {"cancel", "No drug has run, and the visit ends", &reason_option, &cancel},
    {"stop", "Drug has run, and the visit ends otherwise than by a discharge",
     [](CLI::App& c, SessionWords& s) {
       c.add_option("--departure", s.departure, "transferred, left_against_advice or other")
           ->required()
           ->option_text("HOW");
       c.add_option("--base-mg", s.base_mg, "While it runs: what ran in, mg of base")->option_text("NUMBER");
       more_option(c, s);
       reason_option(c, s);
     },
     &stop},
};

}  // namespace

std::span<const SessionVerb> session_verbs() {
  return verbs;
}

}  // namespace evenkeel::app
