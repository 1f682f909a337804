#!/usr/bin/env bash
# A first session of nasal esketamine, observed for two hours from the first spray, as a prescriber and two
# nurses enter it. Invented. The longer day, with a ledger and an auditor, is clinic-day.sh.
#   usage: nasal-day.sh [FOLDER]     the store is made there; $EVENKEEL names the program
set -euo pipefail
evenkeel="${EVENKEEL:-evenkeel}"
export EVENKEEL_DATA="${1:-$(mktemp -d)/clinic}"
patient=(--patient example-2)
session=(--patient example-2 --session n1)
day=2026-02-26

as() { # as NAME ROLE HH:MM WORDS...
  local name=$1 role=$2 time=$3
  shift 3
  echo
  echo "${day} ${time} ${name}\$ evenkeel $*"
  "$evenkeel" "$@" --as "$name" --role "$role" --now "${day}T${time}:00Z"
}
prescriber() { as prescriber-1 prescriber "$@"; }
nurse() { as nurse-1 nurse "$@"; }
second() { as nurse-2 nurse "$@"; }
expect() { # expect STATUS WORDS...: what must end so; a refusal is part of the day
  local wanted=$1 status=0
  shift
  "$@" || status=$?
  [ "$status" = "$wanted" ] || { echo "ended with $status, not $wanted"; exit 1; }
}

as admin-1 administrator 07:30 store create
nurse 09:00 enter "${patient[@]}" patient_facts \
  '{"born": "1979-11-03", "sex": "male", "height_cm": 180, "weight": {"value": 82, "unit": "kg"}}'
for criterion in vascular-malformation intracerebral-haemorrhage hypersensitivity cardiovascular-disease \
  pregnancy-breastfeeding psychosis liver-disease raised-pressure substance-misuse substance-history \
  hypertensive-encephalopathy sedatives pressor-medicines bipolar-unstabilised diagnosis suicide-screen \
  psychosis-substance-history medicines blood-pressure liver-tests bladder-baseline dispensing-history \
  informed-consent escort-driving; do
  prescriber 09:30 enter "${patient[@]}" screening "{\"criterion\": \"$criterion\", \"outcome\": \"clear\"}"
done
prescriber 09:40 enter "${patient[@]}" consent_recorded \
  '{"version": "1", "given": true, "explained_by": "prescriber-1"}'
nurse 10:00 enter "${patient[@]}" evaluation '{"instrument": "phq-9", "moment": "baseline",
  "answers": {"1": 3, "2": 2, "3": 2, "4": 2, "5": 1, "6": 2, "7": 2, "8": 1, "9": 0}}'
nurse 10:05 enter "${patient[@]}" evaluation '{"instrument": "gad-7", "moment": "baseline",
  "answers": {"1": 2, "2": 1, "3": 1, "4": 1, "5": 1, "6": 1, "7": 1}}'
nurse 10:07 enter "${patient[@]}" evaluation \
  '{"instrument": "craving-0-10", "moment": "baseline", "answers": {"1": 0}}'
nurse 10:07 enter "${patient[@]}" evaluation '{"instrument": "dependence-check", "moment": "baseline",
  "answers": {"preoccupation": 0, "cutting-down": 0, "neglect": 0, "withdrawn": 0, "without": 0, "other-source": 0}}'
nurse 10:07 enter "${patient[@]}" evaluation '{"instrument": "daily-life", "moment": "baseline",
  "answers": {"work": 2, "contacts": 3, "sleep": 2, "concentration": 2, "body": 0}}'
nurse 10:08 enter "${patient[@]}" symptom_report '{"symptom": "urinary_frequency", "severity": "none"}'
nurse 10:30 enter "${patient[@]}" other_source '{"looked_in": "dispensing_history", "found": []}'
prescriber 11:10 enter "${patient[@]}" plan_approved '{"protocol": "nasal-esketamine-trd",
  "protocol_version": "1.0.0", "drug": "esketamine", "indication": "treatment-resistant depression",
  "prior_treatments": ["two adequate antidepressants"], "endpoint": {"instrument": "phq-9", "target": "response"},
  "fixed_dose": {"value": 56, "unit": "mg", "as": "base"}, "infusion_length": {"value": 10, "unit": "min"},
  "weight_basis": "actual", "planned_sessions": 8, "interval": {"value": 3.5, "unit": "d"},
  "stop_date": "2026-04-30", "responsible_clinician": "prescriber-1", "next_review": "2026-03-26",
  "consent_version": "1", "other_care": "an oral antidepressant goes on"}'

day=2026-03-02
nurse 08:40 session check-in "${session[@]}" --place "room 1"
nurse 08:42 session check "${session[@]}" identity_first
second 08:43 session check "${session[@]}" identity_second
for check in fasting escort equipment no_change; do nurse 08:44 session check "${session[@]}" "$check"; done
nurse 08:46 session check "${session[@]}" pregnancy --not-applicable "cannot be pregnant"
nurse 08:50 session evaluate "${session[@]}" asq 1=0 2=0 3=0 4=0 --moment before_dose
nurse 08:52 session vitals "${session[@]}" --bp 128/80 --hr 72 --spo2 98 --rr 14 --moaas 5
expect 4 nurse 08:55 session ready "${session[@]}" --base-mg 84 --over 10min --base-mg-per-mL 140 --second nurse-2
nurse 08:56 session ready "${session[@]}" --base-mg 56 --over 10min --base-mg-per-mL 140 --second nurse-2
nurse 09:00 session start "${session[@]}"
nurse 09:05 session end "${session[@]}" --base-mg 56
nurse 09:40 session vitals "${session[@]}" --bp 146/90 --hr 80 --spo2 97 --rr 14 --moaas 4
nurse 10:10 session vitals "${session[@]}" --bp 134/84 --hr 76 --spo2 98 --rr 14 --moaas 5
nurse 10:20 session evaluate "${session[@]}" discharge-readiness circulation=2 orientation-gait=2 nausea=2 \
  bleeding=2 drinking=2 --moment after_dose
nurse 10:21 session evaluate "${session[@]}" asq 1=0 2=0 3=0 4=0 --moment after_dose
expect 4 nurse 10:30 session discharge "${session[@]}" --moaas 5 --next-contact 2026-03-03
nurse 10:55 session vitals "${session[@]}" --bp 130/82 --hr 74 --spo2 98 --rr 14 --moaas 5
nurse 11:01 session discharge "${session[@]}" --moaas 5 --next-contact 2026-03-03
as auditor-1 auditor 17:30 verify
