// Which arm a reader looks at. Factors are chosen from left to right: each offers the levels that arms have
// beside what was chosen before it.
import type { Arm, Factor, Level } from "./study_types";

export function offered(factors: Factor[], arms: Arm[], chosen: Arm, index: number): Level[] {
  const before = factors.slice(0, index);
  const open = arms.filter((arm) => before.every((f) => arm.levels[f.id] === chosen.levels[f.id]));
  return factors[index]!.levels.filter((level) =>
    open.some((arm) => arm.levels[factors[index]!.id] === level.id),
  );
}

// The arm with this level that keeps most of what was chosen: of the factors before it first, then of those
// after it; where nothing else decides, the study's order does.
export function choose(factors: Factor[], arms: Arm[], chosen: Arm, factor: string, level: string): Arm {
  const weight = (arm: Arm): number =>
    factors.reduce(
      (sum, f) => 2 * sum + (f.id !== factor && arm.levels[f.id] === chosen.levels[f.id] ? 1 : 0),
      0,
    );
  const fits = arms.filter((arm) => arm.levels[factor] === level);
  return fits.reduce((best, arm) => (weight(arm) > weight(best) ? arm : best), fits[0] ?? chosen);
}
