// The server's events. A beat comes every two seconds; when none has come for four, the connection counts as
// lost.
import { signal } from "@preact/signals";

export interface LiveRecord {
  patient: string;
  session?: string;
  version: number;
  kind: string;
  at: string;
}
type Listener = (record: LiveRecord | null) => void;

const silence_ms = 4000;
export const connected = signal(true);
export const lastHeard = signal(Date.now());

const listeners = new Set<Listener>();
let source: EventSource | null = null;
let watch: ReturnType<typeof setInterval> | null = null;
let opened = 0;

// `null` means: what was missed is not known, read everything again.
export function onRecord(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const readAgain = (): void => tell(null);

function tell(record: LiveRecord | null): void {
  for (const listener of [...listeners]) listener(record);
}

export function heard(): void {
  lastHeard.value = Date.now();
  if (connected.value) return;
  connected.value = true;
  tell(null);
}

export function lost(): void {
  connected.value = false;
}

interface Callbacks {
  now(text: string): void;
  signedOut(): void;
}

function open(callbacks: Callbacks): void {
  source?.close();
  opened = Date.now();
  source = new EventSource("/api/live");
  source.addEventListener("beat", (event) => {
    heard();
    callbacks.now((JSON.parse((event as MessageEvent<string>).data) as { now: string }).now);
  });
  source.addEventListener("record", (event) => {
    heard();
    tell(JSON.parse((event as MessageEvent<string>).data) as LiveRecord);
  });
  source.addEventListener("reset", () => tell(null));
  source.addEventListener("signed_out", () => callbacks.signedOut());
  source.addEventListener("error", () => {
    if (!navigator.onLine) lost();
  });
}

export function startLive(callbacks: Callbacks): void {
  stopLive();
  heard();
  open(callbacks);
  watch = setInterval(() => {
    if (Date.now() - lastHeard.value > silence_ms) lost();
    const silentSinceOpening = Date.now() - Math.max(opened, lastHeard.value) > silence_ms;
    if (source?.readyState === EventSource.CLOSED || silentSinceOpening) open(callbacks);
  }, 1000);
  window.addEventListener("offline", lost);
}

// Who sees no schedule has no channel: the server is asked now and then whether it is there.
export function startPing(): void {
  stopLive();
  heard();
  const ping = (): void => void fetch("/api/health", { signal: AbortSignal.timeout(2000) }).then(heard, lost);
  watch = setInterval(ping, 2500);
  window.addEventListener("offline", lost);
}

export function stopLive(): void {
  source?.close();
  source = null;
  if (watch) clearInterval(watch);
  watch = null;
  window.removeEventListener("offline", lost);
}
