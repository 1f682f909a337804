// One stream for all tabs of a browser: HTTP/1.1 opens six connections to a server, and each tab's own would
// starve the seventh tab and every request. Who holds the lock leads: it has the stream and tells the others.
// When it closes, the browser gives the lock to the next. When it is frozen, it answers nobody, and one of
// the others takes the lock from it, before the silence counts as a lost connection.
import { openStream, type Hear, type Said, type Stream } from "./stream";

export interface Tabs {
  tell(said: Said): void; // to the other tabs
  leave(): void;
}
type Word = Said | { what: "who" } | { what: "leads" };

const quiet_ms = 2500; // of a leader; then it is asked
const answer_ms = 500;

// `name` is of one sign-in: who signs in next hears nothing of it. Without `streams` only words go about.
export function joinTabs(name: string, hear: Hear, streams: boolean): Tabs {
  if (!("locks" in navigator) || typeof BroadcastChannel === "undefined") return alone(hear, streams);
  const channel = new BroadcastChannel(name);
  const left = new AbortController();
  let stream: Stream | null = null;
  let seen = Date.now();
  let asked = 0;
  const say = (word: Word): void => channel.postMessage(word);

  // Until it is given up; where the lock is taken away, the request fails and this is never settled.
  const lead = (takenOver: boolean): Promise<void> => {
    const relay: Hear = (said) => {
      if (said.what !== "refused") say(said); // whoever is refused asks the server, and the others with it
      hear(said);
    };
    stream = openStream(relay, takenOver);
    say({ what: "leads" });
    return new Promise((done) => left.signal.addEventListener("abort", () => done()));
  };
  const hold = async (options: LockOptions, takenOver: boolean): Promise<void> => {
    const granted = (lock: Lock | null): Promise<void> | undefined =>
      lock && !left.signal.aborted ? lead(takenOver) : undefined;
    await navigator.locks.request(name, options, granted).catch((error: unknown) => {
      if (!(error instanceof DOMException) || error.name !== "AbortError") throw error;
    });
    stream?.close();
    stream = null;
    seen = Date.now();
  };
  const waitForIt = async (): Promise<void> => {
    try {
      await hold({ ifAvailable: true }, false);
      while (!left.signal.aborted) await hold({ signal: left.signal }, true);
    } catch {
      stream ??= openStream(hear, false); // the browser gives no locks here
    }
  };
  // One at a time takes it; by the time that another could, the new leader has been heard.
  const takeIt = (): Promise<void> =>
    navigator.locks.request(`${name} taken`, { ifAvailable: true }, async (lock) => {
      if (!lock || left.signal.aborted) return;
      void hold({ steal: true }, true);
      await new Promise((done) => setTimeout(done, quiet_ms));
    });
  const look = (): void => {
    const now = Date.now();
    if (stream || now - seen < quiet_ms) asked = 0;
    else if (!asked) {
      asked = now;
      say({ what: "who" });
    } else if (now - asked >= answer_ms) {
      asked = 0;
      seen = now;
      void takeIt();
    }
  };

  channel.onmessage = ({ data: word }: MessageEvent<Word>) => {
    if (word.what === "who") {
      stream?.look(); // timers of a hidden tab are slow; this is not
      if (stream) say({ what: "leads" });
      return;
    }
    seen = Date.now();
    asked = 0;
    if (word.what !== "leads") hear(word);
  };
  const watch = streams ? setInterval(look, answer_ms) : undefined;
  if (streams) void waitForIt();
  return {
    tell: say,
    leave: () => {
      clearInterval(watch);
      left.abort();
      channel.close();
      stream?.close();
      stream = null;
    },
  };
}

function alone(hear: Hear, streams: boolean): Tabs {
  const stream = streams ? openStream(hear, false) : null;
  return { tell: () => undefined, leave: () => stream?.close() };
}
