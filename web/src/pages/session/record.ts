// How a session's entries are written. What is entered at the chair goes into the queue first, so that a lost
// connection loses nothing. What needs the server's answer at once is sent, and queued under the same key
// when the server is not reached or fails: whether it has it is not known then.
import { at, type SaidEvent } from "../../api/address";
import { newKey, send } from "../../api/client";
import { maySucceedLater, type NewEntry } from "../../api/queue";
import type { SessionPage } from "../../api/types";
import { me, queue, serverNow } from "../../app/state";
import { valid } from "../chart/in_error";

export type Session = { patient: string; session: string };

export const about = (s: Session): string => `${s.patient}/${s.session}`;

// The moment is the page's own: when it happened, not when it is sent.
export type Written = SaidEvent & { label: string; when?: Date };

function entryOf(where: Session, what: Written): NewEntry & { key: string } {
  const when = (what.when ?? serverNow()).toISOString();
  return {
    key: newKey(),
    by: me.value?.name ?? "",
    path: at("/api/patients/{patient}/events", { patient: where.patient }),
    body: { kind: what.kind, body: what.body, at: when } as SaidEvent,
    label: what.label,
    about: about(where),
    entered: when,
  };
}

export async function keep(where: Session, what: Written): Promise<void> {
  await queue.add(entryOf(where, what));
}

// Behind entries that wait, it waits too: their order is the order of what happened.
export async function write(where: Session, what: Written): Promise<void> {
  const entry = entryOf(where, what);
  const waiting = queue.entries.value.some((e) => e.by === entry.by && e.state !== "refused");
  if (waiting) return void (await queue.add(entry));
  try {
    await send(entry.path, entry.body, { key: entry.key });
    queue.saved.value += 1;
  } catch (error) {
    if (!maySucceedLater(error)) throw error;
    await queue.add(entry);
  }
}

export const mg = (value: number) => ({ value, unit: "mg", as: "base" }) as const;
export const mgPerHour = (value: number) => ({ value, unit: "mg/h", as: "base" }) as const;
export const minutes = (value: number) => ({ value, unit: "min" }) as const;

// Of the base, in mg/mL, as it was made ready; from the record where the page's own summary has gone.
export function strengthOf(page: SessionPage): number | null {
  if (page.ready) return page.ready.base_mg_per_mL;
  const made = valid(page.events).findLast((e) => e.kind === "session_ready");
  return made?.body.concentration.value ?? null;
}
