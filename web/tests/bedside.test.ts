// What the page of a session works out by itself.
import { describe, expect, test } from "vitest";
import { at, type SaidEvent } from "../src/api/address";
import type { Entry } from "../src/api/queue";
import type { RecordEvent, SessionPage, Vitals } from "../src/api/types";
import { errorsIn } from "../src/pages/chart/in_error";
import { lastOf, unsentErrors, unsentOf } from "../src/pages/session/pending";
import { massRate, volumeRate } from "../src/pages/session/rates";
import { isFarOff, isReadAs } from "../src/pages/session/read_back";
import { wasChanged } from "../src/pages/session/rate";
import { struckReadings } from "../src/pages/session/struck";
import { earlier } from "../src/pages/session/vitals";
import { weightDoubt } from "../src/pages/session/weight";

const entry = (
  body: SaidEvent,
  entered = "2026-03-02T09:30:00Z",
  state: Entry["state"] = "waiting",
): Entry => ({
  key: `${body.kind} ${entered}`,
  by: "nurse-1",
  path: at("/api/patients/{patient}/events", { patient: "p1" }),
  body,
  label: "",
  about: "p1/s1",
  entered,
  state,
});
const rate = (value: number): SaidEvent => ({
  kind: "rate_changed",
  body: { session: "s1", rate: { value, unit: "mg/h", as: "base" }, reason: "r" },
});

describe("reading back from a pump", () => {
  test.each([
    ["18.349", 18.349],
    ["18.34", 18.349],
    ["18.35", 18.349],
    ["18.3", 18.349],
    ["18,3", 18.349],
    ["12.2", 12.233],
    ["12.3", 12.25],
    ["12.2", 12.25],
    ["0.3", 0.3],
    ["7", 7],
    ["7.0", 7],
    ["1.0", 1.005],
    ["1.01", 1.005],
    ["1.00", 1.005],
  ])("%s is %f rounded or cut", (text, want) => expect(isReadAs(text, want)).toBe(true));
  test.each([
    ["18", 18.349],
    ["18.4", 18.349],
    ["18.2", 18.349],
    ["18.36", 18.349],
    ["12", 12.233],
    ["122.3", 12.233],
    ["-18.3", 18.349],
    ["", 0],
    ["7.", 7],
    ["7.1", 7],
  ])("%s is not %f", (text, want) => expect(isReadAs(text, want)).toBe(false));
  test("every value of a pump's thousandths is read in tenths and hundredths, and no other tenth is", () => {
    for (let n = 0; n < 3000; n++) {
      const want = n / 1000;
      for (const d of [1, 2]) expect(isReadAs(want.toFixed(3).slice(0, d - 3), want)).toBe(true);
      expect(isReadAs(((Math.floor(n / 100) + 2) / 10).toFixed(1), want)).toBe(false);
    }
  });
  test("what was given is far off from a tenth of what the rates give on", () => {
    expect(isFarOff(15, 1.5)).toBe(true);
    expect(isFarOff(1.5, 1.46)).toBe(false);
    expect(isFarOff(0, 0.04)).toBe(false);
    expect(isFarOff(35, 32)).toBe(false);
    expect(isFarOff(28, 35)).toBe(true);
  });
});

describe("a weight", () => {
  const last = { weight_kg: 70, weighed: "2026-02-26T09:00:00Z" };
  const now = new Date("2026-03-02T09:00:00Z");
  test("far from the last is asked about, with both, the days and the part", () => {
    expect(weightDoubt(107, last, now)).toEqual({ from_kg: 70, to_kg: 107, days: 4, percent: 53 });
    expect(weightDoubt(62, last, now)).toEqual({ from_kg: 70, to_kg: 62, days: 4, percent: -11 });
  });
  test("within a tenth of it, or without a last one, is not", () => {
    for (const kg of [63, 70, 77]) expect(weightDoubt(kg, last, now)).toBe(null);
    expect(weightDoubt(107, null, now)).toBe(null);
    expect(weightDoubt(107, { weight_kg: null, weighed: null }, now)).toBe(null);
  });
});

describe("a rate", () => {
  test("goes between the pump and the record and back", () => {
    expect(massRate(18.3, 1.2)).toBe(21.96);
    expect(volumeRate(21.96, 1.2)).toBe(18.3);
    expect(massRate(10, null)).toBe(null);
    expect(volumeRate(10, 0)).toBe(null);
  });
});

describe("what waits to be sent", () => {
  const reading = (body: object): SaidEvent => ({ kind: "vital_signs", body }) as SaidEvent;
  const saved = [
    { event: "e1", at: "2026-03-02T09:00:00Z", systolic_mmHg: 120, diastolic_mmHg: 80, moaas: 5 },
    { event: "e2", at: "2026-03-02T09:10:00Z", heart_rate_per_min: 70 },
  ] as Vitals[];
  test("counts among the last values, each sign for itself and with its time", () => {
    const waiting = [
      entry(reading({ heart_rate_per_min: 75 }), "2026-03-02T09:20:00Z"),
      entry(reading({ moaas: 4 }), "2026-03-02T08:00:00Z"),
      entry(reading({ spo2_percent: 91 }), "2026-03-02T09:25:00Z", "refused"),
    ];
    expect(lastOf(saved, waiting)).toEqual({
      systolic_mmHg: { value: 120, at: "2026-03-02T09:00:00Z" },
      diastolic_mmHg: { value: 80, at: "2026-03-02T09:00:00Z" },
      heart_rate_per_min: { value: 75, at: "2026-03-02T09:20:00Z" },
      moaas: { value: 5, at: "2026-03-02T09:00:00Z" },
    });
  });
  test("says how the infusion stands; the last entry counts, a refused one does not", () => {
    expect(unsentOf([])).toBe(null);
    expect(unsentOf([entry(rate(0))])).toEqual({ what: "paused" });
    expect(unsentOf([entry(rate(0)), entry(rate(20))])).toEqual({ what: "rate", mg_per_h: 20 });
    expect(unsentOf([entry(rate(0), "2026-03-02T09:30:00Z", "refused")])).toBe(null);
    const left: SaidEvent = {
      kind: "session_stopped",
      body: { session: "s1", departure: "other", reason: "r" },
    };
    expect(unsentOf([entry(rate(0)), entry(left)])).toEqual({ what: "ended" });
  });
});

describe("a reading that was marked as wrong", () => {
  const event = (id: string, kind: string, body: object): RecordEvent =>
    ({ id, kind, body, at: "2026-03-02T09:00:00Z" }) as RecordEvent;
  const events = [
    event("e1", "vital_signs", { session: "s1", spo2_percent: 98 }),
    event("e2", "vital_signs", { session: "s1", spo2_percent: 89 }),
    event("e3", "sign_seen", { session: "s1", sign: "chest-pain" }),
    event("e4", "entered_in_error", { event: "e2", reason: "the probe was off" }),
  ];
  test("stays among the lines, with its reason", () => {
    const vitals = [{ event: "e1", at: "2026-03-02T09:00:00Z", spo2_percent: 98 }] as Vitals[];
    expect(struckReadings({ vitals, events })).toEqual([
      { event: "e2", at: "2026-03-02T09:00:00Z", spo2_percent: 89 },
    ]);
    expect(errorsIn(events)).toEqual(new Map([["e2", "the probe was off"]]));
  });
  test("is struck out before the mark was sent", () => {
    const mark: SaidEvent = { kind: "entered_in_error", body: { event: "e1", reason: "twice" } };
    expect(errorsIn(events, unsentErrors([entry(mark)])).get("e1")).toBe("twice");
  });
});

// It was counted back from the moment of saving: two minutes of typing made it two minutes later.
test("a reading that was taken three minutes ago stays at its moment while it is typed", () => {
  const now = new Date("2026-03-02T09:30:00Z");
  const later = new Date("2026-03-02T09:32:00Z");
  const at = earlier(earlier(earlier(null, 1, now), 1, now), 1, now);
  expect(at?.toISOString()).toBe("2026-03-02T09:27:00.000Z");
  expect(earlier(at, -1, later)?.toISOString()).toBe("2026-03-02T09:28:00.000Z");
  expect(earlier(earlier(null, 1, now), -1, now)).toBeNull();
});

// "Go on" offered what was ordered also after the rate had been halved.
test("what was ordered is the rate to go on with only where no other was set", () => {
  const where = { patient: "p1", session: "s1" };
  const page = (...rates: number[]): SessionPage =>
    ({ events: rates.map((each, i) => ({ id: `e${i}`, ...rate(each) })) }) as unknown as SessionPage;
  expect(wasChanged(where, page(0))).toBe(false);
  expect(wasChanged(where, page(20, 0))).toBe(true);
});
