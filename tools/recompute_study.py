#!/usr/bin/env python3
"""Recompute every number of a study from its patients.

    tools/recompute_study.py RESULT.json PATIENTS.csv

Reads the result of `evenkeel study --format json` and the table of patients (docs/study-results.md), works out
each count, share, range and interval anew by its definition, and says where the two differ. It shares no code with
the program: the interval of a rate is found by summing Poisson terms, that of a share by solving its equation.
Exit status 0: they agree; 1: they do not; 3: a file cannot be read. Standard library only.
"""
import csv
import json
import math
import sys

Z = 1.959963984540054
LEVELS = 5
PARTS = 64
TOLERANCE = 1e-8  # relative; the JSON carries ten digits


def day(text):
    return None if text == "" else int(text)


class Patient:
    def __init__(self, row, rules):
        self.arm, self.behaviour, self.truth = row["arm"], row["behaviour"], row["truth"]
        for name in ("clinic_mg", "outside_mg", "peak_ng_mL", "area_mg_h_L", "hours_above_100", "tolerance",
                     "phq9_start", "phq9_end"):
            setattr(self, name, float(row[name]))
        for name in ("sessions", "uses", "visits", "watched_days", "alarms", "reviews", "spaced", "stopped", "referred"):
            setattr(self, name, int(row[name]))
        self.levels = [day(row[f"level_{level}_day"]) for level in range(LEVELS)]
        self.onset, self.noticed, self.harm = day(row["onset_day"]), day(row["noticed_day"]), day(row["harm_day"])
        self.first = {rule: day(row[f"first:{rule}"]) for rule in rules}
        self.rule_alarms = {rule: int(row[f"alarms:{rule}"]) for rule in rules}

    def highest(self):
        return max([level for level in range(1, LEVELS) if self.levels[level] is not None], default=0)

    def has_sign(self):
        return self.truth == "sign" and self.onset is not None

    def harmed(self):
        return self.has_sign() and self.harm is not None and self.harm >= self.onset

    def in_time(self, when):
        return when is not None and when >= self.onset and (not self.harmed() or when < self.harm)

    def only_rule(self):
        """The rule that counted in time where no other did."""
        if not self.has_sign() or not self.in_time(self.noticed):
            return None
        rules = [rule for rule, when in self.first.items() if self.in_time(when)]
        return rules[0] if len(rules) == 1 else None

    def delay_of(self, rule):
        when = self.first[rule]
        return when - self.onset if self.has_sign() and when is not None and when >= self.onset else None


# --- ranges -----------------------------------------------------------------------------------------------

def rank_of(share, count):
    return min(max(math.ceil(share * count), 1), count)


def binned(value):
    """The middle of the value's bin: each doubling is cut into 64 equal parts."""
    if value == 0.0:
        return 0.0
    mantissa, exponent = math.frexp(value)
    part = math.floor(PARTS * (2.0 * mantissa - 1.0))
    return math.ldexp(1.0 + (part + 0.5) / PARTS, exponent - 1)


def spread(values, read=lambda value: value):
    if not values:
        return None
    values = sorted(values)
    names = {"p05": 0.05, "p25": 0.25, "median": 0.5, "p75": 0.75, "p95": 0.95}
    return {name: read(values[rank_of(share, len(values)) - 1]) for name, share in names.items()}


def mean(values):
    return math.fsum(values) / len(values) if values else 0.0


# --- intervals --------------------------------------------------------------------------------------------

def bisect(rising, low, high):
    for _ in range(200):
        middle = 0.5 * (low + high)
        if rising(middle) < 0.0:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def wilson(count, of):
    """The shares p at which the score test is just not rejected: |x/n - p| = z sqrt(p (1 - p) / n)."""
    if of == 0:
        return None
    seen = count / of

    def score(p):
        return (p - seen) ** 2 - Z * Z * p * (1.0 - p) / of
    low = 0.0 if count == 0 else bisect(lambda p: -score(p), 0.0, seen)
    high = 1.0 if count == of else bisect(score, seen, 1.0)
    return {"value": seen, "low": low, "high": high}


def poisson_at_most(k, mu):
    """P(X <= k), term by term downwards from k; what is left out is below 1e-18 of the whole."""
    if mu == 0.0:
        return 1.0
    total = math.exp(k * math.log(mu) - mu - math.lgamma(k + 1.0)) if k >= 0 else 0.0
    term, i = total, k
    if mu >= k:  # terms fall from k down
        while i > 0 and term > 1e-18 * total:
            term *= i / mu
            total += term
            i -= 1
        return total
    rest, term, i = 0.0, total * mu / (k + 1.0), k + 1
    while term > 1e-18 * max(rest, 1e-300):
        rest += term
        i += 1
        term *= mu / i
    return 1.0 - rest


def garwood(count, years):
    if not years > 0.0:
        return None
    reach = 10.0 + 10.0 * math.sqrt(count + 1.0)
    low = 0.0
    if count > 0:
        low = bisect(lambda mu: 1.0 - poisson_at_most(count - 1, mu) - 0.025, max(count - reach, 0.0), count)
    high = bisect(lambda mu: 0.025 - poisson_at_most(count, mu), count, count + reach)
    return {"value": count / years, "low": low / years, "high": high / years}


def median_interval(days):
    if not days:
        return None
    days = sorted(days)
    n = len(days)
    reach = 0.5 * Z * math.sqrt(n)

    def at(rank):
        return days[int(min(max(rank, 1), n)) - 1]
    return {"value": days[rank_of(0.5, n) - 1], "low": at(math.floor(n / 2 - reach)),
            "high": at(math.ceil(n / 2 + reach + 1))}


def less(a, b):
    if a is None or b is None:
        return None
    value = a["value"] - b["value"]
    return {"value": value, "low": value - math.hypot(a["value"] - a["low"], b["high"] - b["value"]),
            "high": value + math.hypot(a["high"] - a["value"], b["value"] - b["low"])}


def proportion(count, of):
    return {"count": count, "of": of, "share": wilson(count, of)}


def rate(count, days):
    years = days / 365.25
    return {"count": count, "patient_years": years, "a_year": garwood(count, years)}


def days_node(days):
    return {"of": len(days), "spread": spread(days), "median": median_interval(days)}


# --- the result -------------------------------------------------------------------------------------------

def exposure(people):
    def over(name):
        return spread([getattr(each, name) for each in people], binned)
    return {"peak_ng_mL": over("peak_ng_mL"), "area_mg_h_L": over("area_mg_h_L"),
            "hours_above_100": over("hours_above_100"), "tolerance": over("tolerance"),
            "cumulative_mg": spread([each.clinic_mg + each.outside_mg for each in people], binned),
            "mean_clinic_mg": mean([each.clinic_mg for each in people]),
            "mean_outside_mg": mean([each.outside_mg for each in people]),
            "mean_area_mg_h_L": mean([each.area_mg_h_L for each in people]),
            "mean_tolerance": mean([each.tolerance for each in people]),
            "mean_phq9_gain": mean([each.phq9_start - each.phq9_end for each in people]),
            "mean_sessions": mean([each.sessions for each in people]),
            "mean_uses": mean([each.uses for each in people])}


def metrics(people):
    signs = [each for each in people if each.has_sign()]
    noticed = [each for each in signs if each.noticed is not None]
    harmed = [each for each in signs if each.harmed()]
    in_time = [each for each in harmed if each.noticed is not None and each.noticed < each.harm]
    made = {name: sum(getattr(each, name) for each in people)
            for name in ("visits", "reviews", "spaced", "stopped", "referred")}
    made.update(
        patients=len(people), watched_years=sum(each.watched_days for each in people) / 365.25,
        exposure=exposure(people),
        reached=[proportion(sum(each.highest() >= level for each in people), len(people)) for level in range(LEVELS)],
        harm=proportion(sum(each.harm is not None for each in people), len(people)),
        noticed=proportion(len(noticed), len(signs)),
        before_harm=proportion(len(in_time), len(harmed)),
        delay_days=days_node([each.noticed - each.onset for each in noticed]),
        lead_days=days_node([each.harm - each.noticed for each in noticed if each.harmed()]))
    return made


def false_alarms(people):
    return rate(sum(each.alarms for each in people), sum(each.watched_days for each in people))


def verdict(found, alarms, alone):
    if found == 0 and alarms == 0:
        return "silent"
    if alarms > found:
        return "alarms_more_than_it_finds"
    return "earns_its_place" if alone > 0 else "adds_nobody"


def rule_worth(rule, people, behaviours):
    signs = [each for each in people if each.has_sign()]
    others = [each for each in people if each.truth != "sign"]
    delays = [each.delay_of(rule) for each in signs if each.delay_of(rule) is not None]
    alone = sum(each.only_rule() == rule for each in signs)
    alarms = sum(each.rule_alarms[rule] for each in others)
    by_behaviour = []
    for behaviour in behaviours:
        if behaviour["truth"] != "sign":
            continue
        these = [each for each in signs if each.behaviour == behaviour["id"]]
        by_behaviour.append({"behaviour": behaviour["id"], "expected": rule in behaviour["expected"],
                             "noticed": proportion(sum(each.delay_of(rule) is not None for each in these),
                                                   len(these))})
    return {"rule": rule, "noticed": proportion(len(delays), len(signs)), "by_behaviour": by_behaviour,
            "alone": alone, "delay_days": days_node(delays),
            "false_patients": proportion(sum(each.first[rule] is not None for each in others), len(others)),
            "false_alarms": rate(alarms, sum(each.watched_days for each in others)),
            "verdict": verdict(len(delays), alarms, alone)}


def arm_result(arm, people, study):
    without_sign = [each for each in people if each.truth != "sign"]
    by_behaviour = []
    for behaviour in study["behaviours"]:
        these = [each for each in people if each.behaviour == behaviour["id"]]
        alarms = [] if behaviour["truth"] == "sign" else these
        by_behaviour.append({"behaviour": behaviour["id"], "metrics": metrics(these),
                             "false_alarms": false_alarms(alarms)})
    rules = [rule_worth(rule["id"], people, study["behaviours"]) for rule in study["rules"]] if arm["watched"] else []
    return {"arm": arm["id"], "watched": arm["watched"], "all": metrics(people),
            "false_alarms": false_alarms(without_sign), "by_behaviour": by_behaviour, "rules": rules}


def difference(a, b):
    watched = a["watched"] and b["watched"]

    def between(read):
        return less(read(a), read(b)) if watched else None
    found = []
    for mine, theirs in zip(a["by_behaviour"], b["by_behaviour"]):
        value = less(mine["metrics"]["noticed"]["share"], theirs["metrics"]["noticed"]["share"]) if watched else None
        if value is not None:
            found.append({"behaviour": mine["behaviour"], "noticed": value})
    return {"arm": a["arm"], "against": b["arm"],
            "noticed": between(lambda arm: arm["all"]["noticed"]["share"]),
            "before_harm": between(lambda arm: arm["all"]["before_harm"]["share"]),
            "delay_days": between(lambda arm: arm["all"]["delay_days"]["median"]),
            "false_alarms_a_year": between(lambda arm: arm["false_alarms"]["a_year"]),
            "harm": less(a["all"]["harm"]["share"], b["all"]["harm"]["share"]), "noticed_by_behaviour": found}


def recompute(study, people):
    arms = [arm_result(arm, [each for each in people if each.arm == arm["id"]], study) for arm in study["arms"]]
    reference = next((arm for arm in arms if arm["watched"]), arms[0])
    return {"reference": reference["arm"], "arms": arms,
            "differences": [difference(arm, reference) for arm in arms if arm is not reference]}


# --- comparing --------------------------------------------------------------------------------------------

def compare(expected, seen, where, faults):
    """What was recomputed against the result; what only the result has, such as sentences, is left alone. Returns
    how many numbers were compared."""
    if isinstance(expected, dict) and isinstance(seen, dict):
        return sum(compare(value, seen.get(key, "nothing"), f"{where}.{key}", faults)
                   for key, value in expected.items())
    if isinstance(expected, list) and isinstance(seen, list) and len(expected) == len(seen):
        return sum(compare(*pair, f"{where}[{i}]", faults) for i, pair in enumerate(zip(expected, seen)))
    number = not isinstance(expected, bool) and isinstance(expected, (int, float))
    same = expected == seen
    if number and not isinstance(seen, bool) and isinstance(seen, (int, float)):
        same = abs(expected - seen) <= TOLERANCE * max(abs(expected), abs(seen), 1e-6)
    if not same:
        faults.append(f"{where}: the patients say {expected}, the result says {seen}")
    return 1 if number else 0


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 3
    try:
        with open(arguments[0], encoding="utf-8") as file:
            result = json.load(file)
        study = result["study"]
        rules = [rule["id"] for rule in study["rules"]]
        with open(arguments[1], encoding="utf-8", newline="") as file:
            people = [Patient(row, rules) for row in csv.DictReader(file)]
    except (OSError, ValueError, KeyError) as fault:
        print(f"cannot read {' and '.join(arguments)}: {fault!r}", file=sys.stderr)
        return 3
    faults = []
    wanted = study["patients"] * len(study["arms"])
    if len(people) != wanted:
        faults.append(f"{len(people)} patients in the table, {wanted} in the study")
    numbers = compare(recompute(study, people), result, "", faults)
    for fault in faults[:40]:
        print(fault)
    print(f"{numbers} numbers of {len(people)} patients recomputed, {len(faults)} differ")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
