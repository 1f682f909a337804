import { clock, isoDay } from "../../format/time";

// "s7" after "s6": the next free one. Who cannot see the earlier ones takes the day and the time.
export function nextName(taken: string[] | undefined, now: Date): string {
  if (!taken) return `s-${isoDay(now)}-${clock(now).replace(":", "")}`;
  const numbers = taken
    .map((name) => /^s(\d+)$/.exec(name)?.[1])
    .filter((n) => n !== undefined)
    .map(Number);
  return `s${Math.max(0, ...numbers) + 1}`;
}
