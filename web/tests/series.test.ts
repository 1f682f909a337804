import { describe, expect, test } from "vitest";
import type { Assessment } from "../src/api/assessment";
import type { Instrument } from "../src/api/instrument";
import type { RecordEvent } from "../src/api/types";
import { extent, levels, pressures, rising, scoreLines } from "../src/pages/chart/series";

const session = (name: string, start: string): Assessment["sessions"][number] => ({
  session: name,
  drug: "racemic-ketamine",
  start,
  end: null,
  weight_kg: 70,
  ordered_mg: 35,
  given_mg: 35,
  dose_mg_per_kg: 0.5,
  highest_rate_mg_per_kg_h: 0.75,
  discharged: null,
  not_checked: null,
  running: false,
  stopped: false,
  notes: [],
});

describe("the timeline's series", () => {
  test("two sessions are one line with a gap between, and its times rise", () => {
    const assessment = {
      sessions: [session("s1", "2026-01-01T09:00:00Z"), session("s2", "2026-01-03T09:00:00Z")],
      individual: null,
      exposure: {
        sessions: [
          {
            session: "s2",
            refused: null,
            curve: [
              [0, 0],
              [40, 250],
            ],
          },
          {
            session: "s1",
            refused: null,
            curve: [
              [0, 0],
              [40, 240],
            ],
          },
        ],
      },
    } as unknown as Assessment;
    const points = levels(assessment);
    expect(points.map((p) => p.median)).toEqual([0, 240, null, 0, 250]);
    expect(points.every((p, i) => i === 0 || p.at > (points[i - 1]?.at ?? 0))).toBe(true);
  });

  test("a reading that was entered in error is not drawn", () => {
    const events = [
      {
        id: "a",
        kind: "vital_signs",
        at: "2026-01-01T09:00:00Z",
        body: { systolic_mmHg: 120, diastolic_mmHg: 80 },
      },
      {
        id: "b",
        kind: "vital_signs",
        at: "2026-01-01T08:00:00Z",
        body: { systolic_mmHg: 220, diastolic_mmHg: 80 },
      },
      { id: "c", kind: "entered_in_error", at: "2026-01-01T09:05:00Z", body: { event: "b" } },
    ] as unknown as RecordEvent[];
    expect(pressures(events).map((p) => p.systolic)).toEqual([120]);
  });

  test("response is measured from the baseline of the plan's own instrument", () => {
    const course = { response: { instrument: "phq-9", baseline: { total: 20 } } } as Assessment["course"];
    const scoring = { response: { value: 50 }, remission_below: { value: 5 } } as Instrument["scoring"];
    expect(scoreLines({ course }, { id: "phq-9", scoring })).toEqual({ response: 10, remission: 5 });
    expect(scoreLines({ course }, { id: "gad-7", scoring })).toEqual({ response: null, remission: 5 });
    expect(scoreLines({ course }, undefined)).toEqual({ response: null, remission: null });
  });

  test("times that are alike are set apart, and nothing else is moved", () => {
    expect(rising([1, 1, 2])).toEqual([1, 1.001, 2]);
  });

  test("the window holds everything and now", () => {
    const [low, high] = extent([100, 200], 300_000);
    expect(low).toBeLessThan(100);
    expect(high).toBeGreaterThan(300_000);
  });
});
