import { describe, expect, test } from "vitest";
import {
  bodyOf,
  doubtsOf,
  faultsOf,
  isWhole,
  labelOf,
  signs,
  typed,
  withoutNoughts,
  type Reading,
  type Sign,
} from "../src/pages/session/vitals";

const sign = (key: string): Sign => signs.find((s) => s.key === key) as Sign;

// The second road: a number is whole where no longer digit string lies within reach.
function wholeByTrial(s: Sign, text: string): boolean {
  const value = Number(text);
  for (let n = s.low; n <= s.reach; n++) if (String(n).startsWith(String(value)) && n !== value) return false;
  return true;
}

// As somebody types who never looks up and never touches "next".
function typedThrough(digits: string): Reading {
  const reading: Reading = {};
  let at = 0;
  for (const digit of digits) {
    const s = signs[at] as Sign;
    const before = reading[s.key] ?? "";
    reading[s.key] = typed(s, before, digit);
    const next = reading[s.key] ?? "";
    if (next !== before && next.length >= before.length && isWhole(s, next))
      at = Math.min(at + 1, signs.length - 1);
  }
  return reading;
}
const spread = (from: number, to: number, by: number): number[] =>
  Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, i) => from + i * by);

describe("typing vital signs", () => {
  test("a number is whole exactly where no more digits could make another within the bounds", () => {
    const wrong = signs.flatMap((s) =>
      Array.from({ length: s.high }, (_, i) => String(i + 1))
        .filter((text) => isWhole(s, text) !== wholeByTrial(s, text))
        .map((text) => `${s.key} ${text}`),
    );
    expect(wrong).toEqual([]);
  });

  test("twelve digits fill six signs and the next one comes by itself", () => {
    const reading = typedThrough("124787098145");
    expect(bodyOf("s1", reading)).toEqual({
      session: "s1",
      systolic_mmHg: 124,
      diastolic_mmHg: 78,
      heart_rate_per_min: 70,
      spo2_percent: 98,
      respiratory_rate_per_min: 14,
      moaas: 5,
    });
  });

  test("six to nine breaths are whole, and a nought before a digit is none", () => {
    const breathing = sign("respiratory_rate_per_min");
    expect(["1", "5", "6", "7", "8", "9"].map((text) => isWhole(breathing, text))).toEqual([
      false,
      false,
      true,
      true,
      true,
      true,
    ]);
    expect(typedThrough("1247870988")).toMatchObject({ respiratory_rate_per_min: "8" });
    expect(typedThrough("12478709885")).toMatchObject({ respiratory_rate_per_min: "8", moaas: "5" });
    expect(typedThrough("124787098085")).toMatchObject({ respiratory_rate_per_min: "8", moaas: "5" });
    expect(withoutNoughts("08")).toBe("8");
    expect(withoutNoughts("0")).toBe("0");
  });

  test("no breath is a value, not an empty field", () => {
    expect(isWhole(sign("moaas"), "0")).toBe(true);
    expect(bodyOf("s1", { respiratory_rate_per_min: "0" })).toEqual({
      session: "s1",
      respiratory_rate_per_min: 0,
    });
    expect(isWhole(sign("systolic_mmHg"), "0")).toBe(false);
  });

  test("what is typed through without looking is right, or is not saved without a question", () => {
    const silent: string[] = [];
    const [tops, hearts, oxygen] = [spread(40, 260, 7), spread(20, 250, 3), spread(30, 100, 5)];
    for (const top of tops)
      for (const foot of [0.4, 0.6, 0.8].map((part) => Math.round(top * part)))
        for (const heart of hearts)
          for (const spo2 of oxygen)
            for (const [breaths, moaas] of [
              [0, 0],
              [1, 4],
              [5, 3],
              [6, 0],
              [8, 5],
              [14, 5],
              [45, 2],
              [59, 1],
            ]) {
              const wanted = [top, foot, heart, spo2, breaths, moaas];
              if (foot < 10) continue;
              const reading = typedThrough(wanted.join(""));
              const got = signs.map((s) => Number(reading[s.key] || Number.NaN));
              const asked = faultsOf(reading).length + doubtsOf(reading).length > 0;
              if (!asked && got.join() !== wanted.join()) silent.push(`${wanted} became ${got}`);
            }
    expect(silent.slice(0, 5)).toEqual([]);
  });

  test("a usual reading is saved without a question, and part of one too", () => {
    expect(doubtsOf(typedThrough("124787098145"))).toEqual([]);
    expect(doubtsOf({ spo2_percent: "98" })).toEqual([]);
    expect(doubtsOf({ systolic_mmHg: "120", diastolic_mmHg: "80" })).toEqual([]);
    expect(doubtsOf({ respiratory_rate_per_min: "53" })).toEqual([
      { key: "respiratory_rate_per_min", why: "unusual" },
    ]);
    expect(doubtsOf(typedThrough("12478709814"))).toEqual([{ key: "moaas", why: "last" }]);
  });

  test("more digits than the sign can have are not taken", () => {
    expect(typed(sign("spo2_percent"), "100", "5")).toBe("100");
    expect(typed(sign("moaas"), "5", "1")).toBe("5");
  });

  test("one pressure alone, a pair in the wrong order and a value out of bounds are told", () => {
    expect(faultsOf({ systolic_mmHg: "120" })).toEqual([{ key: "diastolic_mmHg", why: "pair" }]);
    expect(faultsOf({ systolic_mmHg: "80", diastolic_mmHg: "80" })).toEqual([
      { key: "diastolic_mmHg", why: "order" },
    ]);
    expect(faultsOf({ spo2_percent: "101" })).toEqual([{ key: "spo2_percent", why: "range" }]);
    expect(faultsOf({ heart_rate_per_min: "70" })).toEqual([]);
  });

  test("the words of an unsaved reading carry their units", () => {
    expect(labelOf({ systolic_mmHg: "120", diastolic_mmHg: "80", spo2_percent: "98", moaas: "5" })).toBe(
      "120/80 mmHg, 98 %, MOAA/S 5",
    );
  });
});
