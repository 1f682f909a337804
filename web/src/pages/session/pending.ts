// What was entered at this chair and is not yet known to be saved, told together with what is.
import type { Entry } from "../../api/queue";
import type { Vitals } from "../../api/types";
import { queue } from "../../app/state";
import { about, type Session } from "./record";
import { signs, type Sign } from "./vitals";

export const waitingFor = (where: Session): Entry[] =>
  queue.entries.value.filter((entry) => entry.about === about(where));

// A refused one happened all the same, but the server knows why it does not count.
const hopeful = (entries: Entry[]): Entry[] => entries.filter((entry) => entry.state !== "refused");

export interface Last {
  value: number;
  at: string;
}

// Of each sign the latest: a reading of the pressure alone leaves the others as they were.
export function lastOf(vitals: Vitals[], entries: Entry[]): Partial<Record<Sign["key"], Last>> {
  const waiting = hopeful(entries).flatMap(({ body, entered }) =>
    body.kind === "vital_signs" ? [{ at: entered, signs: body.body }] : [],
  );
  const all = [...vitals.map((each) => ({ at: each.at, signs: each })), ...waiting].sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at),
  );
  const last: Partial<Record<Sign["key"], Last>> = {};
  for (const { at, signs: taken } of all) {
    for (const { key } of signs) {
      const value = taken[key];
      if (value !== undefined) last[key] = { value, at };
    }
  }
  return last;
}

export type Unsent = { what: "ended" } | { what: "paused" } | { what: "rate"; mg_per_h: number };

// What was done to the infusion and the server does not know yet; the last counts.
export function unsentOf(entries: Entry[]): Unsent | null {
  let found: Unsent | null = null;
  for (const { body } of hopeful(entries)) {
    if (body.kind === "session_ended" || body.kind === "session_stopped") found = { what: "ended" };
    if (body.kind !== "rate_changed") continue;
    const rate = body.body.rate.value;
    found = rate === 0 ? { what: "paused" } : { what: "rate", mg_per_h: rate };
  }
  return found;
}

// The events that an unsent entry marks as wrong, with the reason.
export function unsentErrors(entries: Entry[]): [string, string][] {
  return hopeful(entries).flatMap(({ body }) =>
    body.kind === "entered_in_error" ? [[body.body.event, body.body.reason] as [string, string]] : [],
  );
}
