// Whether the server is heard, and what moved on there. When no beat has come for four seconds, the
// connection counts as lost.
import { signal } from "@preact/signals";
import { silence_ms, type Hear, type LiveRecord } from "./stream";
import { joinTabs, type Tabs } from "./tabs";

export type { LiveRecord };
// One record; some, and it is not known which; or all, for nothing was reached for a while.
export type Moved = LiveRecord | "some" | "all";
type Listener = (moved: Moved) => void;

export const connected = signal(true);
export const lastHeard = signal(Date.now());

const listeners = new Set<Listener>();

export function onRecord(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const readAgain = (): void => tell("all");

function tell(moved: Moved): void {
  for (const listener of [...listeners]) listener(moved);
}

export function heard(): void {
  lastHeard.value = Date.now();
  if (connected.value) return;
  connected.value = true;
  tell("all");
}

export function lost(): void {
  connected.value = false;
}

export interface Listening {
  signIn: string; // each has a channel of its own
  streams: boolean; // who sees no schedule has no stream: the server is asked whether it is there
  now(text: string): void;
  askWho(): void; // somebody signed out or locked the screen, perhaps
}

let running: { of: Listening; tabs: Tabs; watch: ReturnType<typeof setInterval> } | null = null;

const hearing =
  (of: Listening): Hear =>
  (said) => {
    if (said.what === "signed_out" || said.what === "refused") return of.askWho();
    heard();
    if (said.what === "beat") of.now(said.now);
    else tell(said.what === "record" ? said.record : "some");
  };

const ping = (): void => void fetch("/api/health", { signal: AbortSignal.timeout(2000) }).then(heard, lost);
const listen = (): void => {
  if (Date.now() - lastHeard.value > silence_ms) lost();
};

export function startLive(of: Listening): void {
  if (running?.of.signIn === of.signIn && running.of.streams === of.streams) return;
  stopLive();
  heard();
  const tabs = joinTabs(`evenkeel.live ${of.signIn}`, hearing(of), of.streams);
  running = { of, tabs, watch: of.streams ? setInterval(listen, 1000) : setInterval(ping, 2500) };
  window.addEventListener("offline", lost);
}

export function stopLive(): void {
  running?.tabs.leave();
  clearInterval(running?.watch);
  running = null;
  window.removeEventListener("offline", lost);
}

// The other tabs ask the server who is at work, and find out.
export function stopEverywhere(): void {
  running?.tabs.tell({ what: "signed_out" });
  stopLive();
}
