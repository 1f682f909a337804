import { describe, expect, test } from "vitest";
import {
  bodyOf,
  faultsOf,
  isWhole,
  labelOf,
  signs,
  typed,
  type Reading,
  type Sign,
} from "../src/pages/session/vitals";

const sign = (key: string): Sign => signs.find((s) => s.key === key) as Sign;

// The second road: a number is whole where no longer digit string lies within the bounds.
function wholeByTrial(s: Sign, text: string): boolean {
  const value = Number(text);
  if (value === 0) return s.low === 0;
  for (let n = s.low; n <= s.high; n++) if (String(n).startsWith(String(value)) && n !== value) return false;
  return true;
}

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
    const reading: Reading = {};
    let at = 0;
    for (const digit of "124787098145") {
      const s = signs[at] as Sign;
      reading[s.key] = typed(s, reading[s.key] ?? "", digit);
      if (isWhole(s, reading[s.key] ?? "")) at = Math.min(at + 1, signs.length - 1);
    }
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

  test("no breath is a value, not an empty field", () => {
    expect(isWhole(sign("respiratory_rate_per_min"), "0")).toBe(true);
    expect(bodyOf("s1", { respiratory_rate_per_min: "0" })).toEqual({
      session: "s1",
      respiratory_rate_per_min: 0,
    });
    expect(isWhole(sign("systolic_mmHg"), "0")).toBe(false);
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
