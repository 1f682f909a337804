#!/usr/bin/env bash
# A patient's first infusion, from screening to the way home, as the people of a clinic enter it: a
# prescriber, two nurses, a pharmacist, an administrator and an auditor. Invented; times are given so that
# the day can be played again. At work they are left out, and the clock counts.
#   usage: clinic-day.sh [FOLDER]     the store is made there; $EVENKEEL names the program
set -euo pipefail
evenkeel="${EVENKEEL:-evenkeel}"
export EVENKEEL_DATA="${1:-$(mktemp -d)/clinic}"
patient=(--patient example-1)
session=(--patient example-1 --session s1)
site=(--site example-clinic)
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
pharmacist() { as pharmacist-1 pharmacist "$@"; }
expect() { # expect STATUS WORDS...: what must end so; a refusal is part of the day
  local wanted=$1 status=0
  shift
  "$@" || status=$?
  [ "$status" = "$wanted" ] || { echo "ended with $status, not $wanted"; exit 1; }
}

echo "== A store"
as admin-1 administrator 07:30 store create

echo
echo "== Four days before: screening, consent, what is known"
nurse 09:00 enter "${patient[@]}" patient_facts \
  '{"born": "1984-05-17", "sex": "female", "height_cm": 168, "weight": {"value": 70, "unit": "kg"}}'
for criterion in vascular-malformation intracerebral-haemorrhage hypersensitivity cardiovascular-disease \
  pregnancy-breastfeeding psychosis liver-disease raised-pressure substance-misuse substance-history \
  hypertensive-encephalopathy sedatives pressor-medicines bipolar-unstabilised diagnosis suicide-screen \
  psychosis-substance-history medicines blood-pressure liver-tests bladder-baseline dispensing-history \
  informed-consent escort-driving; do
  prescriber 09:30 enter "${patient[@]}" screening \
    "{\"criterion\": \"$criterion\", \"outcome\": \"clear\"}"
done
prescriber 09:40 enter "${patient[@]}" consent_recorded \
  '{"version": "2", "given": true, "explained_by": "prescriber-1"}'
nurse 10:00 enter "${patient[@]}" evaluation '{"instrument": "phq-9", "moment": "baseline",
  "answers": {"1": 3, "2": 3, "3": 2, "4": 2, "5": 2, "6": 2, "7": 2, "8": 1, "9": 0}}'
nurse 10:05 enter "${patient[@]}" evaluation '{"instrument": "gad-7", "moment": "baseline",
  "answers": {"1": 2, "2": 1, "3": 1, "4": 1, "5": 1, "6": 1, "7": 1}}'
nurse 10:07 enter "${patient[@]}" evaluation \
  '{"instrument": "craving-0-10", "moment": "baseline", "answers": {"1": 0}}'
nurse 10:07 enter "${patient[@]}" evaluation '{"instrument": "dependence-check", "moment": "baseline",
  "answers": {"preoccupation": 0, "cutting-down": 0, "neglect": 0, "withdrawn": 0, "without": 0, "other-source": 0}}'
nurse 10:07 enter "${patient[@]}" evaluation '{"instrument": "daily-life", "moment": "baseline",
  "answers": {"work": 2, "contacts": 3, "sleep": 2, "concentration": 2, "body": 0}}'
nurse 10:08 enter "${patient[@]}" symptom_report '{"symptom": "urinary_frequency", "severity": "none"}'
pharmacist 10:30 enter "${patient[@]}" other_source '{"looked_in": "dispensing_history", "found": []}'

echo
echo "== The plan: refused without its limits, then approved"
plan='{"protocol": "iv-ket-trd-0.5x40", "protocol_version": "2.0.0", "drug": "racemic-ketamine",
  "indication": "treatment-resistant depression", "prior_treatments": ["two adequate antidepressants"],
  "endpoint": {"instrument": "phq-9", "target": "response"},
  "dose": {"value": 0.5, "unit": "mg/kg", "as": "base"}, "infusion_length": {"value": 40, "unit": "min"},
  "weight_basis": "actual", "planned_sessions": 6, "interval": {"value": 3, "unit": "d"},
  "stop_date": "2026-06-30", "responsible_clinician": "prescriber-1", "next_review": "2026-03-16",
  "consent_version": "2", "other_care": "psychotherapy goes on"}'
expect 4 prescriber 11:00 enter "${patient[@]}" plan_approved "${plan/2026-06-30/2031-06-30}"
expect 3 nurse 11:05 enter "${patient[@]}" plan_approved "$plan"
prescriber 11:10 enter "${patient[@]}" plan_approved "$plan"

echo
echo "== The day: the pharmacist receives and counts"
day=2026-03-02
pharmacist 08:00 enter "${site[@]}" received '{"lot": "K-2603", "drug": "racemic-ketamine",
  "strength": {"value": 50, "unit": "mg/mL", "as": "base"}, "vial_volume": {"value": 10, "unit": "mL"},
  "vials": 5, "expires": "2027-08-31", "supplier": "wholesaler-1", "document": "D-1041",
  "by": "pharmacist-1", "witness": "nurse-2"}'

echo
echo "== At the chair: checks, and a start that is refused until they are done"
as desk-1 front-desk 08:40 session check-in "${session[@]}" --place "chair 2"
nurse 08:42 session check "${session[@]}" identity_first
second 08:43 session check "${session[@]}" identity_second
nurse 08:44 session check "${session[@]}" fasting
nurse 08:44 session check "${session[@]}" escort
nurse 08:45 session check "${session[@]}" equipment
nurse 08:45 session check "${session[@]}" no_change
nurse 08:46 session check "${session[@]}" pregnancy --not-applicable "tested on 26 February, negative"
expect 4 nurse 08:47 session ready "${session[@]}" --base-mg 35 --over 40min --base-mg-per-mL 5 --second nurse-2
nurse 08:48 enter "${patient[@]}" patient_facts '{"weight": {"value": 70, "unit": "kg"}}'
nurse 08:50 session evaluate "${session[@]}" asq 1=0 2=0 3=0 4=0 --moment before_dose
nurse 08:52 session vitals "${session[@]}" --bp 124/78 --hr 70 --spo2 98 --rr 14 --moaas 5
nurse 08:53 session show "${session[@]}"

echo
echo "== Drawn up, read back, started"
nurse 08:54 enter "${site[@]}" vial_taken '{"vial": "v1", "lot": "K-2603", "by": "nurse-1"}'
nurse 08:55 enter "${site[@]}" drawn_up '{"draw": "d1", "vial": "v1", "volume": {"value": 0.7, "unit": "mL"},
  "session": "s1", "patient": "example-1", "by": "nurse-1", "checker": "nurse-2"}'
expect 4 nurse 08:56 session ready "${session[@]}" --base-mg 36 --over 40min --base-mg-per-mL 5 --second nurse-2
nurse 08:57 session ready "${session[@]}" --base-mg 35 --over 40min --base-mg-per-mL 5 --second nurse-2
nurse 08:58 enter "${patient[@]}" patient_facts '{"weight": {"value": 60, "unit": "kg"}}'
expect 4 nurse 08:58 session start "${session[@]}"
nurse 08:59 enter "${patient[@]}" patient_facts '{"weight": {"value": 70, "unit": "kg"}}'
nurse 09:00 session start "${session[@]}"

echo
echo "== A hold rule fires: paused, looked at, gone on with"
nurse 09:10 session vitals "${session[@]}" --bp 142/88 --hr 78 --spo2 97 --rr 14 --moaas 5
expect 1 nurse 09:20 session vitals "${session[@]}" --bp 184/98 --hr 88 --spo2 97 --rr 15 --moaas 4
expect 1 nurse 09:21 session pause "${session[@]}" --reason "pressure above 180"
expect 1 nurse 09:24 session vitals "${session[@]}" --bp 162/92 --hr 84 --spo2 98 --rr 14 --moaas 5
expect 4 nurse 09:25 session rate "${session[@]}" --base-mg-per-h 52.5 --reason "pressure fell"
prescriber 09:26 session decide "${session[@]}" systolic-above-180 --go-on --clinician prescriber-1 \
  --reason "fell at once without the drug, no complaint; go on and watch"
nurse 09:27 session rate "${session[@]}" --base-mg-per-h 52.5 --reason "decided by prescriber-1"
nurse 09:34 session vitals "${session[@]}" --bp 150/88 --hr 80 --spo2 98 --rr 14 --moaas 5
nurse 09:44 session vitals "${session[@]}" --bp 146/86 --hr 78 --spo2 98 --rr 14 --moaas 5
expect 4 nurse 09:46 session end "${session[@]}" --base-mg 350
nurse 09:46 session end "${session[@]}" --base-mg 35
nurse 09:46 session vitals "${session[@]}" --bp 142/84 --hr 76 --spo2 98 --rr 14 --moaas 5

echo
echo "== The rest is wasted before a witness"
nurse 09:50 enter "${site[@]}" given '{"draw": "d1", "volume": {"value": 0.7, "unit": "mL"}, "by": "nurse-1"}'
expect 3 nurse 09:51 enter "${site[@]}" wasted '{"vial": "v1", "volume": {"value": 9.3, "unit": "mL"},
  "reason": "rest of a vial for one session", "by": "nurse-1", "witness": "nurse-1"}'
nurse 09:52 enter "${site[@]}" wasted '{"vial": "v1", "volume": {"value": 9.3, "unit": "mL"},
  "reason": "rest of a vial for one session", "by": "nurse-1", "witness": "nurse-2"}'

echo
echo "== Observed for an hour: a reading above the limit is looked at and taken again before the way home"
nurse 10:01 session vitals "${session[@]}" --bp 136/82 --hr 74 --spo2 98 --rr 14 --moaas 5
expect 1 nurse 10:16 session vitals "${session[@]}" --bp 186/99 --hr 72 --spo2 98 --rr 14 --moaas 5
prescriber 10:18 session decide "${session[@]}" systolic-above-180 --go-on --clinician prescriber-1 \
  --reason "stood up to the bathroom; no complaint, to be read again lying"
expect 4 nurse 10:18 session discharge "${session[@]}" --moaas 5
nurse 10:19 session vitals "${session[@]}" --bp 130/80 --hr 72 --spo2 98 --rr 14 --moaas 5
expect 4 nurse 10:20 session discharge "${session[@]}" --moaas 5 --next-contact 2026-03-03
nurse 10:46 session vitals "${session[@]}" --bp 126/78 --hr 70 --spo2 98 --rr 14 --moaas 5
nurse 10:47 session evaluate "${session[@]}" discharge-readiness circulation=2 orientation-gait=2 nausea=2 \
  bleeding=2 drinking=1 --moment after_dose
nurse 10:48 session evaluate "${session[@]}" asq 1=0 2=0 3=0 4=0 --moment after_dose
nurse 10:50 session discharge "${session[@]}" --moaas 5 --next-contact 2026-03-03

echo
echo "== In the evening: counted, listed, verified"
pharmacist 17:00 enter "${site[@]}" counted \
  '{"lot": "K-2603", "vials": 4, "part_vials": [], "by": "pharmacist-1", "witness": "nurse-2"}'
pharmacist 17:05 ledger "${site[@]}"
as desk-1 front-desk 17:10 session list
as auditor-1 auditor 17:20 store audit --about patient/example-1 --last 5
as auditor-1 auditor 17:30 verify
