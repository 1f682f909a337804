// Who is at work, and everything that hangs on it: the token, the live channel, unsaved entries, the idle
// lock.
import { signal } from "@preact/signals";
import { at, type Answer, type SaidEvent } from "../api/address";
import { ApiProblem, Unreachable, get, send, wire } from "../api/client";
import { deviceKeeper, forgetDeviceKey } from "../api/keeper";
import { entryOfSlot } from "../api/slots";
import { connected, heard, lost, readAgain, startLive, stopEverywhere, stopLive } from "../api/live";
import { Queue } from "../api/queue";
import type { Me, Problem } from "../api/types";
import { keepShell } from "./shell_cache";
import { forget, isKnown, remember } from "./verifier";

export const me = signal<Me | null>(null);
export const known = signal(false); // whether the server was asked who is at work
export const unreached = signal(false); // asked, and nobody answered
export const locked = signal(false);
export const notice = signal<string | null>(null);
export const queue = new Queue(deviceKeeper());

// The server's clock, as well as it is known: what is entered offline carries it. A beat is always a little
// old, never young, so the largest of the last ones is nearest, and no entry is dated after the server's now.
const beats: number[] = [];
let offset_ms = 0;

export const serverNow = (): Date => new Date(Date.now() + offset_ms);

function hearClock(now: string): void {
  const difference = Date.parse(now) - Date.now();
  if (!Number.isFinite(difference)) return;
  if (Math.abs(difference - offset_ms) > 5000) beats.length = 0;
  beats.push(difference);
  if (beats.length > 30) beats.shift();
  offset_ms = Math.max(...beats);
}

export function take(who: Me): void {
  wire.csrf = who.csrf;
  hearClock(who.now);
  const opened = locked.value && !who.locked;
  me.value = who;
  locked.value = who.locked;
  if (who.must_change_password || who.second_factor_due || who.locked) return stopLive();
  startLive({
    signIn: `${who.name} ${who.ends_at}`,
    streams: who.rights.includes("see-schedule"),
    now: hearClock,
    askWho: () => void ask(),
  });
  if (opened) readAgain(); // what was refused while the screen was locked
  keepShell();
  void queue.load().then(() => queue.flush(who.name));
}

// Without an answer nobody is signed out: the page stays as it is and the banner tells.
export async function ask(): Promise<void> {
  try {
    const who = await get(at("/api/me"));
    unreached.value = false;
    if (localStorage.getItem(leaving)) return void (await leave(who));
    take(localStorage.getItem(locking) ? await lockFirst(who) : who);
  } catch (error) {
    unreached.value = error instanceof Unreachable;
    if (error instanceof ApiProblem && error.problem.status === 401) away(error.problem);
    else if (localStorage.getItem(leaving)) left(); // in another tab
  } finally {
    known.value = true;
  }
}

// Somebody signed out while the server was not reached: its session ends before anybody sees the page again.
const leaving = "evenkeel.leaving";
async function leave(who: Me): Promise<void> {
  wire.csrf = who.csrf;
  await send(at("/api/sign-out"), {});
  localStorage.removeItem(leaving);
  me.value = null;
}

// A lock that the server was not told of must not open by itself, in this tab or another: it is told as soon
// as it is reached, before anything opens.
const locking = "evenkeel.locking";
export async function tellLocked(): Promise<void> {
  await send(at("/api/lock"), {});
  localStorage.removeItem(locking);
}
async function lockFirst(who: Me): Promise<Me> {
  wire.csrf = who.csrf;
  await tellLocked();
  return { ...who, locked: true };
}

function away(problem: Problem): void {
  if (problem.code === "screen_locked" && me.value) {
    stopLive();
    locked.value = true;
  } else left();
}

function left(): void {
  stopLive();
  localStorage.removeItem(locking);
  wire.csrf = "";
  me.value = null;
  locked.value = false;
}

wire.onProblem = (problem) => {
  if (problem.code === "screen_locked" || problem.code === "signed_out") away(problem);
  if (problem.code === "csrf") void ask();
};
wire.onReach = (reached) => (reached ? heard() : lost());

export async function signIn(name: string, password: string, code: string): Promise<void> {
  const who = await send(at("/api/sign-in"), code ? { name, password, code } : { name, password });
  take(who);
  localStorage.removeItem(leaving);
  void remember(password, who);
}

export async function unlock(password: string): Promise<void> {
  try {
    const who = await send(at("/api/unlock"), { password });
    localStorage.removeItem(locking);
    take(who);
    void remember(password, who);
  } catch (error) {
    const who = me.value;
    const known = error instanceof Unreachable && who && (await isKnown(who.name, password));
    if (!known) throw error;
    localStorage.removeItem(locking);
    take({ ...who, locked: false, now: serverNow().toISOString() });
  }
}

// The screen is covered at once.
export async function lock(): Promise<void> {
  locked.value = true;
  localStorage.setItem(locking, "yes");
  await tellLocked().catch(() => undefined);
  if (locked.value) stopEverywhere(); // it may have been opened before the answer came
}

// An event for a patient's record; what is on the page is read again.
export async function enter(
  patient: string,
  event: SaidEvent,
): Promise<Answer<"POST", "/api/patients/{patient}/events">> {
  const written = await send(at("/api/patients/{patient}/events", { patient }), event);
  queue.saved.value += 1;
  return written;
}

export const unsavedOf = (name: string): number =>
  queue.entries.value.filter((entry) => entry.by === name).length;

export async function signOut(): Promise<void> {
  const name = me.value?.name;
  await send(at("/api/sign-out"), {}).catch((error: unknown) => {
    const isOut = error instanceof ApiProblem && error.problem.status === 401;
    if (!isOut) localStorage.setItem(leaving, "yes");
  });
  stopEverywhere();
  forget();
  for (const entry of queue.entries.value) if (entry.by === name) await queue.discard(entry.key);
  // Another's entries still need it.
  if (queue.entries.value.length === 0) await forgetDeviceKey().catch(() => undefined);
  left();
}

export const may = (right: string): boolean => me.value?.rights.includes(right) ?? false;
export const mayWrite = (kind: string): boolean => me.value?.writes.includes(kind) ?? false;

// What another tab did.
globalThis.addEventListener?.("storage", ({ key, newValue }: StorageEvent) => {
  const entry = entryOfSlot(key);
  if (entry) void queue.heard(entry, newValue !== null);
  if (key === locking && newValue && me.value) locked.value = true;
});

setInterval(() => {
  if (me.value && locked.value && localStorage.getItem(locking)) void tellLocked().catch(() => undefined);
  if (me.value && !locked.value && connected.value) void queue.flush(me.value.name);
}, 2000);
