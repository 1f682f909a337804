// Builders of the events of a visit, from the door to the way home. See events.hpp.
#pragma once

#include <string>
#include <utility>

#include "support/events.hpp"

namespace evenkeel::test {

inline care::SessionCheckedIn checked_in(std::string session) {
  return {std::move(session), "chair 2"};
}
inline care::PreCheck checked(std::string session, care::Check check,
                              care::Screened outcome = care::Screened::clear) {
  return {std::move(session), check, outcome, outcome == care::Screened::clear ? "" : "a note"};
}
inline care::SessionReady made_ready(std::string session, std::string_view mg = "35", double minutes = 40.0,
                                     std::string second = "nurse-2") {
  return {std::move(session), *Decimal::parse(mg), minutes * units::min, Decimal{1}, std::move(second)};
}
inline care::SessionDecision decision(std::string session, std::string about, bool go_on = true) {
  return {std::move(session), std::move(about), go_on, "dr-a", "weighed"};
}
inline care::SignSeen sign(std::string session, std::string which) {
  return {std::move(session), std::move(which), ""};
}
inline care::SessionCancelled cancelled(std::string session) {
  return {std::move(session), "a cold"};
}
inline care::SessionStopped stopped(std::string session, std::string_view mg = "") {
  care::SessionStopped body{std::move(session), {}, care::Departure::transferred, "to the ward"};
  if (!mg.empty()) body.given_mg = *Decimal::parse(mg);
  return body;
}
inline care::ConsentRecorded consent(std::string version = "1", bool given = true) {
  return {std::move(version), given, "dr-a"};
}
inline care::Screening screened(std::string criterion, care::Screened outcome = care::Screened::clear) {
  return {std::move(criterion), outcome, outcome == care::Screened::clear ? "" : "a note"};
}
inline care::PatientFacts weighed(double kg) {
  care::PatientFacts body;
  body.weight = kg * units::kg;
  return body;
}
inline care::VitalSigns alertness(std::string session, int moaas) {
  care::VitalSigns body;
  body.session = std::move(session);
  body.moaas = moaas;
  return body;
}
inline care::VitalSigns saturation(std::string session, int percent) {
  care::VitalSigns body;
  body.session = std::move(session);
  body.spo2_percent = percent;
  return body;
}

inline care::Event by(std::string who, care::Event event) {
  event.recorded_by = std::move(who);
  return event;
}

}  // namespace evenkeel::test
