import { describe, expect, it } from "vitest";
import { choose, offered } from "../src/pages/addictive/choice";
import type { Arm, Factor } from "../src/pages/addictive/study_types";

const factor = (id: string, ...levels: string[]): Factor => ({
  id,
  title: id,
  levels: levels.map((level) => ({ id: level, title: level })),
});
const arm = (regimen: string, supervision: string, evaluations: string): Arm => ({
  id: `${regimen}-${supervision}-${evaluations}`,
  title: "",
  watched: supervision !== "none",
  levels: { regimen, supervision, evaluations },
});
const factors = [
  factor("regimen", "clinic", "daily"),
  factor("supervision", "whole", "lapses", "none"),
  factor("evaluations", "often", "seldom", "none"),
];
const arms = [
  arm("clinic", "whole", "often"),
  arm("clinic", "whole", "seldom"),
  arm("clinic", "lapses", "often"),
  arm("clinic", "lapses", "seldom"),
  arm("daily", "none", "none"),
];
const at = (id: string): Arm => arms.find((each) => each.id === id)!;
const pick = (from: string, name: string, level: string): string =>
  choose(factors, arms, at(from), name, level).id;

describe("what a reader can choose of a study", () => {
  it("keeps what was chosen beside it", () => {
    expect(pick("clinic-whole-seldom", "supervision", "lapses")).toBe("clinic-lapses-seldom");
    expect(pick("clinic-lapses-often", "evaluations", "seldom")).toBe("clinic-lapses-seldom");
  });
  it("takes the study's first where nothing else fits", () => {
    expect(pick("clinic-lapses-seldom", "regimen", "daily")).toBe("daily-none-none");
    expect(pick("daily-none-none", "regimen", "clinic")).toBe("clinic-whole-often");
  });
  it("offers of a factor what arms have beside what was chosen before it", () => {
    const levels = (from: string, index: number): string[] =>
      offered(factors, arms, at(from), index).map((each) => each.id);
    expect(levels("daily-none-none", 0)).toEqual(["clinic", "daily"]);
    expect(levels("daily-none-none", 1)).toEqual(["none"]);
    expect(levels("clinic-lapses-often", 1)).toEqual(["whole", "lapses"]);
    expect(levels("clinic-lapses-often", 2)).toEqual(["often", "seldom"]);
  });
});
