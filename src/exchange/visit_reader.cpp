#include "exchange/visit_reader.hpp"

#include "exchange/amount_reader.hpp"
#include "exchange/words.hpp"

namespace evenkeel::exchange {
namespace {

using json::Reader;
namespace w = words;

constexpr int most_mg = 5000;

// A note, required where the outcome is anything but clear.
std::string note_for(Reader place, care::Screened outcome) {
  if (place.has("note")) return place["note"].text();
  if (outcome != care::Screened::clear)
    place.fault("'note' is missing: a concern, or why it does not apply, is written there");
  return {};
}

}  // namespace

care::Body screening(Reader p) {
  care::Screening body;
  if (!p.object({"criterion", "outcome"}, {"note"})) return body;
  body.criterion = p["criterion"].name();
  body.outcome = p["outcome"].one_of(w::screened);
  body.note = note_for(p, body.outcome);
  return body;
}

care::Body consent_recorded(Reader p) {
  care::ConsentRecorded body;
  if (!p.object({"version", "given", "explained_by"})) return body;
  body.version = p["version"].text(40);
  body.given = p["given"].boolean();
  body.explained_by = p["explained_by"].text(100);
  return body;
}

care::Body plan_signed(Reader p) {
  care::PlanSigned body;
  if (!p.object({"plan", "clinician"})) return body;
  body.plan = p["plan"].name();
  body.clinician = p["clinician"].text(100);
  return body;
}

care::Body session_checked_in(Reader p) {
  care::SessionCheckedIn body;
  if (!p.object({"session"}, {"place"})) return body;
  body.session = p["session"].name();
  if (p.has("place")) body.place = p["place"].text(60);
  return body;
}

care::Body pre_check(Reader p) {
  care::PreCheck body;
  if (!p.object({"session", "check", "outcome"}, {"note"})) return body;
  body.session = p["session"].name();
  body.check = p["check"].one_of(w::checks);
  body.outcome = p["outcome"].one_of(w::screened);
  body.note = note_for(p, body.outcome);
  return body;
}

care::Body session_decision(Reader p) {
  care::SessionDecision body;
  if (!p.object({"session", "about", "go_on", "clinician", "reason"})) return body;
  body.session = p["session"].name();
  body.about = p["about"].name();
  body.go_on = p["go_on"].boolean();
  body.clinician = p["clinician"].text(100);
  body.reason = p["reason"].text();
  return body;
}

care::Body sign_seen(Reader p) {
  care::SignSeen body;
  if (!p.object({"session", "sign"}, {"note"})) return body;
  body.session = p["session"].name();
  body.sign = p["sign"].name();
  if (p.has("note")) body.note = p["note"].text();
  return body;
}

care::Body session_ready(Reader p) {
  care::SessionReady body;
  if (!p.object({"session", "dose", "infusion_length", "concentration", "second_checker"})) return body;
  body.session = p["session"].name();
  body.dose_mg = positive_amount<DrugMass>(p["dose"], most_mg);
  body.length = infusion_length(p["infusion_length"]);
  body.mg_per_mL = strength_mg_per_mL(p["concentration"]);
  body.second_checker = p["second_checker"].text(100);
  return body;
}

care::Body session_cancelled(Reader p) {
  care::SessionCancelled body;
  if (!p.object({"session", "reason"})) return body;
  body.session = p["session"].name();
  body.reason = p["reason"].text();
  return body;
}

care::Body session_stopped(Reader p) {
  care::SessionStopped body;
  if (!p.object({"session", "departure", "reason"}, {"given", "more_than_drawn_up"})) return body;
  body.session = p["session"].name();
  body.departure = p["departure"].one_of(w::departures);
  body.reason = p["reason"].text();
  if (p.has("given")) body.given_mg = base_amount<DrugMass>(p["given"], most_mg);
  if (p.has("more_than_drawn_up")) body.more_than_drawn_up = p["more_than_drawn_up"].boolean();
  return body;
}

}  // namespace evenkeel::exchange
