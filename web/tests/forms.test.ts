import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { nextName } from "../src/pages/session/names";
import { along } from "../src/pages/session/along";
import { bodyOf, eventKind, faults, forms } from "../src/pages/chart/write_forms";
import { ledgerBody, ledgerFaults, ledgerForms, shownParts, uncounted } from "../src/pages/ledger/forms";
import {
  approvalFaults,
  changeBody,
  planBody,
  startValues,
  type Protocol,
} from "../src/pages/plan/plan_form";
import { match } from "../src/app/match";
import { momentOf, span } from "../src/format/time";
import { num, parsed, three } from "../src/format/number";

const form = (kind: string): (typeof forms)[number] =>
  forms.find((f) => f.kind === kind) as (typeof forms)[number];

describe("forms and the record's bodies", () => {
  test("another source that was found becomes one event with what was found", () => {
    const values = {
      looked_in: "dispensing_history",
      substance: "lozenges",
      supplier: "another prescriber",
      kind: "ketamine",
    };
    expect(eventKind(form("other_source_found"))).toBe("other_source");
    expect(bodyOf(form("other_source_found"), values)).toEqual({
      looked_in: "dispensing_history",
      found: [{ substance: "lozenges", supplier: "another prescriber", kind: "ketamine" }],
    });
  });

  test("a drug test carries what was tested for and nothing else", () => {
    const test = form("toxicology");
    expect(faults(test, { specimen: "urine", confirmed: "yes" })).toEqual(["results"]);
    expect(bodyOf(test, { specimen: "urine", confirmed: "no", ketamine: "yes", opioid: "no" })).toEqual({
      specimen: "urine",
      confirmed: false,
      results: [
        { substance: "ketamine", found: true },
        { substance: "opioid", found: false },
      ],
    });
  });

  test("a look that found nothing says so", () => {
    expect(bodyOf(form("other_source"), { looked_in: "toxicology" })).toEqual({
      looked_in: "toxicology",
      found: [],
    });
  });

  test("an empty field that is needed, and a number that is none, keep a form from being sent", () => {
    expect(faults(form("patient_facts"), { weight: "seventy" })).toEqual(["weight"]);
    expect(faults(form("contact"), { from: "patient", topic: "" })).toEqual(["topic"]);
    expect(bodyOf(form("patient_facts"), { weight: "70,5" })).toEqual({
      weight: { value: 70.5, unit: "kg" },
    });
  });

  test("a witness is another person than the one who enters, capitals or not", () => {
    const values = { vial: "v1", volume: "9.3", reason: "end of the day" };
    const waste = ledgerForms["wasted_vial"] as never;
    expect(ledgerFaults(waste, { ...values, witness: "Nurse-1" }, "nurse-1")).toEqual(["witness"]);
    expect(ledgerFaults(waste, { ...values, witness: "nurse-2" }, "nurse-1")).toEqual([]);
    expect(ledgerBody(waste, { ...values, witness: "nurse-2" }, "nurse-1")).toEqual({
      vial: "v1",
      volume: { value: 9.3, unit: "mL" },
      reason: "end of the day",
      by: "nurse-1",
      witness: "nurse-2",
    });
  });

  test("a count carries what is left in each vial that was taken", () => {
    const count = ledgerForms["counted"] as never;
    expect(
      ledgerBody(count, { lot: "K", vials: "7", witness: "nurse-2" }, "pharmacist-1", { v1: "0", v2: "" }),
    ).toMatchObject({
      vials: 7,
      part_vials: [{ vial: "v1", volume: { value: 0, unit: "mL" } }],
    });
  });

  test("a vial that nobody looked into is not counted as lost: the count waits for it", () => {
    expect(uncounted(["v1", "v2", "v3"], { v1: "0", v2: "", v3: "abc" })).toEqual(["v2", "v3"]);
    expect(uncounted(["v1"], { v1: "9,3" })).toEqual([]);
  });

  test("what was typed for a vial of another lot is not counted with this one", () => {
    const count = ledgerForms["counted"] as never;
    const values = { lot: "B", vials: "7", witness: "nurse-2" };
    const parts = shownParts(["b1"], { a1: "3", b1: "2" });
    expect(ledgerBody(count, values, "pharmacist-1", parts)["part_vials"]).toEqual([
      { vial: "b1", volume: { value: 2, unit: "mL" } },
    ]);
  });

  test("an entry is taken back by its id, with a reason and nobody else's name", () => {
    const wrong = ledgerForms["entered_in_error"] as never;
    expect(ledgerFaults(wrong, { event: "e1" }, "nurse-1")).toEqual(["reason"]);
    expect(ledgerBody(wrong, { event: "e1", reason: "another lot" }, "nurse-1")).toEqual({
      event: "e1",
      reason: "another lot",
    });
  });
});

const shipped = (id: string): Protocol =>
  JSON.parse(readFileSync(new URL(`../../content/protocols/${id}.json`, import.meta.url), "utf8"));
const protocol = shipped("iv-ket-trd-0.5x40");

describe("plans", () => {
  test("a protocol's own numbers begin a plan, and what it does not say is left to the clinician", () => {
    const values = startValues(protocol, null, "2026-01-01");
    expect(values).toMatchObject({ dose: "0.5", length: "40", dose_kind: "weight", stop_date: "" });
    expect(approvalFaults(values, false)).toEqual(expect.arrayContaining(["stop_date", "instrument"]));
    const whole = {
      ...values,
      instrument: "gad-7",
      target: "response",
      next_review: "2026-02-01",
      stop_date: "2026-03-01",
      consent_version: "2",
      planned_sessions: "6",
      interval: "3",
    };
    expect(approvalFaults(whole, false)).toEqual([]);
    expect(approvalFaults(whole, true)).toEqual(["change_reason", "change_note"]);
    expect(planBody(protocol, whole, "dr-1")).toMatchObject({
      dose: { value: 0.5, unit: "mg/kg", as: "base" },
      interval: { value: 3, unit: "d" },
      weight_basis: "actual",
    });
  });

  // The page once took each protocol to be dosed by weight, and failed for a spray.
  test("a protocol of fixed doses begins a plan with its first", () => {
    const values = startValues(shipped("nasal-esketamine-trd"), null, "2026-01-01");
    expect(values).toMatchObject({ dose: "56", length: "10", dose_kind: "fixed" });
  });

  test("a change carries only what was filled in", () => {
    expect(changeBody({ reason: "tolerability", note: "nausea", length: "50", dose: "" }, false)).toEqual({
      reason: "tolerability",
      note: "nausea",
      infusion_length: { value: 50, unit: "min" },
    });
  });
});

describe("small things", () => {
  test("addresses are taken apart as written", () => {
    expect(match("/patients/:p/sessions/:s", "/patients/p-1/sessions/s2")).toEqual({ p: "p-1", s: "s2" });
    expect(match("/patients/:p", "/patients")).toBeNull();
  });

  test("a typed time that lies ahead was yesterday's", () => {
    const now = new Date("2026-03-02T00:10:00");
    expect(momentOf("23:50", now)?.getDate()).toBe(1);
    expect(momentOf("24:00", now)).toBeNull();
    expect(span(125 * 60_000)).toBe("2 h 05 min");
  });

  test("numbers have a leading zero and no trailing one", () => {
    expect([
      num(0.5),
      num(5),
      num(1234.5),
      three(253.4),
      parsed("0,5"),
      parsed(".5"),
      parsed("1.2.3"),
    ]).toEqual(["0.5", "5", "1234.5", "253", 0.5, null, null]);
  });

  test("the next session is one more than the last", () => {
    expect(nextName(["s1", "s10", "s2"], new Date())).toBe("s11");
    expect(nextName([], new Date())).toBe("s1");
  });

  test("the place on a curve lies between its points and nowhere beyond", () => {
    expect(along([0, 10, 20], [0, 100, 50], 15)).toBe(75);
    expect(along([0, 10], [0, 100], 11)).toBeNull();
  });
});
