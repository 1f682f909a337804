#!/usr/bin/env python3
"""Writes the example records beside this file, from the published figures each one names.

No real patient stands behind any of them. Run it again after a change here; a test holds the
committed files against what it writes.   usage: make_examples.py [FOLDER]
"""
import json
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class Record:
    """Events are written down in the order they are added, a minute after they happened."""

    def __init__(self, patient, origin):
        self.patient = patient
        self.lines = [{"format": "evenkeel.record", "version": 1, "patient": patient, "origin": origin}]
        self.last = None

    def add(self, at, by, kind, body, late_min=1):
        recorded = at + timedelta(minutes=late_min)
        if self.last and recorded < self.last:
            recorded = self.last
        self.last = recorded
        self.lines.append({"id": f"e{len(self.lines):03}", "patient": self.patient, "at": stamp(at),
                           "recorded_at": stamp(recorded), "recorded_by": by, "kind": kind, "body": body})

    def save(self, file):
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in self.lines)
        file.write_text(text, encoding="utf-8")


def mg(value):
    return {"value": value, "unit": "mg", "as": "base"}


def mg_per_kg(value):
    return {"value": value, "unit": "mg/kg", "as": "base"}


def kg(value):
    return {"value": value, "unit": "kg"}


def minutes(value):
    return {"value": value, "unit": "min"}


def days(value):
    return {"value": value, "unit": "d"}


def utc(*parts):
    return datetime(*parts, tzinfo=timezone.utc)


def spread(total, items, most):
    """Answers that add up to `total`, the first items first; the last item (self-harm) stays 0."""
    answers = {str(i): 0 for i in range(1, items + 1)}
    usable = items - 1 if items == 9 else items
    for step in range(total):
        answers[str(1 + step % usable)] += 1
    assert max(answers.values()) <= most and sum(answers.values()) == total
    return answers


def phq9(record, at, total, moment):
    record.add(at, "patient", "evaluation",
               {"instrument": "phq-9", "moment": moment, "answers": spread(total, 9, 3)})


def gad7(record, at, total, moment):
    record.add(at, "patient", "evaluation",
               {"instrument": "gad-7", "moment": moment, "answers": spread(total, 7, 3)})


def rating(record, at, instrument, value, moment):
    record.add(at, "patient", "evaluation",
               {"instrument": instrument, "moment": moment, "answers": {"1": value}})


def bladder(record, at, severity="none", symptom="urinary_frequency"):
    record.add(at, "nurse-1", "symptom_report", {"symptom": symptom, "severity": severity})


def dispensing(record, at, found=()):
    record.add(at, "pharmacist-1", "other_source", {"looked_in": "dispensing_history", "found": list(found)})


def plan_review(record, at, reason):
    record.add(at, "prescriber-1", "review",
               {"clinician": "prescriber-1", "decision": "plan_reviewed", "reason": reason})


# Minutes from the start: the share of the mean peak rise in blood pressure. The peak at 40 min is
# published (Yale, 2,342 infusions: +16.0/+11.0 mmHg); its shape over time is an interpolation.
RISE = {-10: 0.0, 10: 0.45, 20: 0.75, 30: 0.95, 40: 1.0, 55: 0.6, 70: 0.35, 100: 0.1}


def session(record, start, name, dose, weight, base_pressure=(122, 76), length=40, drug="racemic-ketamine"):
    def vitals(offset):
        share = RISE[offset]
        named = {"session": name} if offset > 0 else {}
        record.add(start + timedelta(minutes=offset), "nurse-1", "vital_signs", {
            **named, "systolic_mmHg": round(base_pressure[0] + 16.0 * share),
            "diastolic_mmHg": round(base_pressure[1] + 11.0 * share),
            "heart_rate_per_min": round(68 + 8 * share), "spo2_percent": 98,
            "respiratory_rate_per_min": 14, "moaas": 5 if share < 0.4 else 4}, late_min=0)

    vitals(-10)
    record.add(start, "nurse-1", "session_started",
               {"session": name, "route": "intravenous", "drug": drug, "dose": mg(dose),
                "infusion_length": minutes(length), "weight": kg(weight)}, late_min=0)
    for offset in (10, 20, 30, 40):
        vitals(offset)
    record.add(start + timedelta(minutes=length), "nurse-1", "session_ended",
               {"session": name, "given": mg(dose), "completion": "completed"}, late_min=0)
    rating(record, start + timedelta(minutes=length + 5), "dissociation-0-10", 5, "after_dose")
    for offset in (55, 70, 100):
        vitals(offset)
    record.add(start + timedelta(minutes=length + 65), "nurse-1", "session_discharged",
               {"session": name, "escort": True, "moaas": 5}, late_min=0)


def approve(record, at, weight, interval, sessions, stop, review, born, sex, height):
    record.add(at, "nurse-1", "patient_facts",
               {"born": born, "sex": sex, "height_cm": height, "weight": kg(weight)})
    record.add(at + timedelta(minutes=30), "prescriber-1", "plan_approved", {
        "protocol": "iv-ket-trd-0.5x40", "protocol_version": "2.0.0", "drug": "racemic-ketamine",
        "indication": "treatment-resistant depression",
        "prior_treatments": ["two antidepressants at adequate dose and length"],
        "endpoint": {"instrument": "phq-9", "target": "response"}, "dose": mg_per_kg(0.5),
        "infusion_length": minutes(40), "weight_basis": "actual", "planned_sessions": sessions,
        "interval": days(interval), "stop_date": stop, "responsible_clinician": "prescriber-1",
        "next_review": review, "consent_version": "1"})


def baseline(record, at, phq, gad, craving):
    phq9(record, at, phq, "baseline")
    gad7(record, at + timedelta(minutes=5), gad, "baseline")
    rating(record, at + timedelta(minutes=10), "craving-0-10", craving, "baseline")
    bladder(record, at + timedelta(minutes=12))
    dispensing(record, at + timedelta(hours=2))


def steady_course():
    r = Record("steady", "Constructed, no real patient. Six infusions in two weeks, 0.5 mg/kg over 40 min (the "
               "standard of the trials). Blood pressure rises by the published mean, +16/+11 mmHg at 40 min "
               "(Yale, PMID 38991311). PHQ-9 falls as in a responder of McInnes 2022 (doi "
               "10.1016/j.jad.2021.12.097), where 53.6 % responded; the weekly values are invented to fit.")
    intake = utc(2026, 9, 3, 9)
    approve(r, intake, 70.0, 2.4, 6, "2026-12-31", "2026-10-05", "1984-05-02", "female", 170)
    baseline(r, intake + timedelta(hours=1), 18, 11, 0)
    starts = [utc(2026, 9, day, 10) for day in (7, 9, 11, 14, 16, 18)]
    weekly = {3: (13, 8), 5: (9, 6)}
    for i, start in enumerate(starts):
        if i in weekly:
            phq9(r, start - timedelta(minutes=40), weekly[i][0], "before_dose")
            gad7(r, start - timedelta(minutes=35), weekly[i][1], "before_dose")
            rating(r, start - timedelta(days=1), "craving-0-10", 1 if i == 3 else 0, "between_doses")
            bladder(r, start - timedelta(minutes=25))
        session(r, start, f"s{i + 1}", 35.0, 70.0)
        if i == 3:
            plan_review(r, start + timedelta(hours=3), "after session 4: benefit, well tolerated; go on")
    follow_up = utc(2026, 9, 21, 9)
    r.add(follow_up, "nurse-1", "contact", {"from": "clinic", "topic": "follow_up", "note": "well, no complaint"})
    phq9(r, follow_up + timedelta(minutes=10), 8, "between_doses")
    rating(r, follow_up + timedelta(minutes=15), "craving-0-10", 0, "between_doses")
    bladder(r, follow_up + timedelta(minutes=16))
    plan_review(r, follow_up + timedelta(hours=1), "end of induction: response; watch, next look in four weeks")
    return r


def warning_course():
    r = Record("warning", "Constructed, no real patient, on the pattern of a published case (AJP 2021, doi "
               "10.1176/appi.ajp.2020.20101480): benefit in a first course, then a second prescriber with "
               "100 mg lozenges beside the infusions, and rising frequency. Craving and bladder symptoms are "
               "added after the symptoms reported in Harding 2025 (PMC12426348). The values are invented to fit.")
    intake = utc(2026, 2, 5, 9)
    approve(r, intake, 82.0, 2.4, 6, "2026-12-31", "2026-10-15", "1991-03-14", "male", 181)
    baseline(r, intake + timedelta(hours=1), 20, 9, 1)
    number = 0

    def give(start, dose, phq=None, craving=None):
        nonlocal number
        number += 1
        if craving is not None:
            rating(r, start - timedelta(days=2), "craving-0-10", craving, "between_doses")
        if phq is not None:
            phq9(r, start - timedelta(minutes=40), phq, "before_dose")
        session(r, start, f"s{number}", dose, 82.0, (126, 80))

    for i, day in enumerate((9, 11, 13, 16, 18, 20)):
        give(utc(2026, 2, day, 14), 41.0, phq={3: 14, 5: 10}.get(i))
        if i == 3:
            plan_review(r, utc(2026, 2, day, 17), "after session 4: benefit; go on")
    end = utc(2026, 2, 23, 9)
    plan_review(r, end, "end of induction: response; monthly maintenance")
    r.add(end + timedelta(minutes=5), "prescriber-1", "plan_changed",
          {"reason": "spacing", "note": "maintenance every four weeks", "planned_sessions": 16,
           "interval": days(28), "next_review": "2026-06-15"})
    give(utc(2026, 3, 20, 14), 41.0, phq=9, craving=1)
    give(utc(2026, 4, 17, 14), 41.0, phq=10, craving=2)
    dispensing(r, utc(2026, 4, 17, 16))
    bladder(r, utc(2026, 4, 17, 16, 10))
    r.add(utc(2026, 5, 4, 8), "front-desk-1", "contact",
          {"from": "patient", "topic": "asked_sooner", "note": "asks for the next infusion before it is due"})
    give(utc(2026, 5, 11, 14), 41.0, phq=11, craving=3)
    r.add(utc(2026, 5, 12, 9), "prescriber-1", "plan_changed",
          {"reason": "administrative", "note": "dose as asked for by the patient", "dose": mg_per_kg(0.75)})
    bladder(r, utc(2026, 5, 29, 13), "mild")
    give(utc(2026, 5, 29, 14), 61.5, phq=10, craving=4)
    r.add(utc(2026, 6, 3, 8), "front-desk-1", "contact",
          {"from": "patient", "topic": "asked_stronger", "note": "asks whether more would last longer"})
    bladder(r, utc(2026, 6, 12, 13), "moderate")
    bladder(r, utc(2026, 6, 12, 13, 2), "mild", "urinary_urgency")
    give(utc(2026, 6, 12, 14), 61.5, phq=11, craving=6)
    dispensing(r, utc(2026, 6, 15, 9),
               [{"substance": "ketamine lozenges 100 mg", "route": "oral", "supplier": "a second prescriber",
                 "dispensed": "2026-05-20"}])
    rating(r, utc(2026, 6, 16, 9), "craving-0-10", 6, "between_doses")
    return r


# S-ketamine 10 mg over 30 min; hours from the start; venous medians, read off a figure, ng/mL.
MEASURED = {"esketamine": {0.5: 56, 1: 27, 2: 15.5, 3: 11.5, 5: 6.0, 6: 4.2, 8: 2.5, 10: 1.8},
            "esnorketamine": {0.5: 10, 1: 23, 2: 20, 3: 16, 5: 12, 6: 11, 8: 8, 10: 6.5}}


def measured_course():
    r = Record("measured", "S-ketamine 10 mg over 30 min; assays are the published venous medians of esketamine and "
               "esnorketamine (Otto 2021, doi 10.1007/s00228-021-03104-1, digitised from its figure), so the one "
               "record stands for a group of volunteers. 68 kg is the weight the figure was simulated for; age and "
               "dates are invented. There is no plan: it was a study, not a treatment.")
    start = utc(2026, 3, 4, 9)
    r.add(start - timedelta(hours=1), "study-nurse", "patient_facts", {"born": "1996-01-01", "weight": kg(68.0)})
    r.add(start, "study-nurse", "session_started",
          {"session": "s1", "route": "intravenous", "drug": "esketamine", "dose": mg(10.0),
           "infusion_length": minutes(30), "weight": kg(68.0)}, late_min=0)
    r.add(start + timedelta(minutes=30), "study-nurse", "session_ended",
          {"session": "s1", "given": mg(10.0), "completion": "completed"}, late_min=0)
    for hours in MEASURED["esketamine"]:
        for analyte, values in MEASURED.items():
            r.add(start + timedelta(hours=hours), "laboratory", "assay",
                  {"analyte": analyte, "site": "venous", "value": {"value": values[hours], "unit": "ng/mL"}}, late_min=0)
    return r


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, make in (("steady", steady_course), ("warning", warning_course), ("measured", measured_course)):
        make().save(folder / f"{name}-course.jsonl")


if __name__ == "__main__":
    main()
