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
  const able = "locks" in navigator && typeof BroadcastChannel !== "undefined";
  return able ? new Together(name, hear, streams) : alone(hear, streams);
}

function alone(hear: Hear, streams: boolean): Tabs {
  const stream = streams ? openStream(hear) : null;
  return { tell: () => undefined, leave: () => stream?.close() };
}

class Together implements Tabs {
  private readonly channel: BroadcastChannel;
  private readonly left = new AbortController();
  private readonly watch: ReturnType<typeof setInterval> | undefined;
  private stream: Stream | null = null; // of the one who leads
  private seen = Date.now(); // when the leader was last heard
  private asked = 0; // when it was asked and has not answered yet

  constructor(
    private readonly name: string,
    private readonly hear: Hear,
    streams: boolean,
  ) {
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = ({ data }: MessageEvent<Word>) => this.told(data);
    if (!streams) return;
    this.watch = setInterval(() => this.look(), answer_ms);
    void this.waitForIt();
  }

  tell(word: Word): void {
    this.channel.postMessage(word);
  }

  leave(): void {
    clearInterval(this.watch);
    this.left.abort();
    this.channel.close();
    this.stream?.close();
    this.stream = null;
  }

  private told(word: Word): void {
    if (word.what === "who") {
      this.stream?.look(); // timers of a hidden tab are slow; this is not
      if (this.stream) this.tell({ what: "leads" });
      return;
    }
    this.seen = Date.now();
    this.asked = 0;
    if (word.what !== "leads") this.hear(word);
  }

  private async waitForIt(): Promise<void> {
    try {
      await this.hold({ ifAvailable: true });
      while (!this.left.signal.aborted) await this.hold({ signal: this.left.signal });
    } catch {
      this.stream ??= openStream(this.hear); // the browser gives no locks here
    }
  }

  private async hold(options: LockOptions): Promise<void> {
    const granted = (lock: Lock | null): Promise<void> | undefined =>
      lock && !this.left.signal.aborted ? this.lead() : undefined;
    await navigator.locks.request(this.name, options, granted).catch((error: unknown) => {
      if (!(error instanceof DOMException) || error.name !== "AbortError") throw error;
    });
    this.stream?.close();
    this.stream = null;
    this.seen = Date.now();
  }

  // Until it is given up; where the lock is taken away, the request fails and this is never settled.
  private lead(): Promise<void> {
    const relay: Hear = (said) => {
      if (said.what !== "refused") this.tell(said); // whoever is refused asks the server, and finds out
      this.hear(said);
    };
    this.stream = openStream(relay);
    this.tell({ what: "leads" });
    return new Promise((done) => this.left.signal.addEventListener("abort", () => done()));
  }

  private look(): void {
    const now = Date.now();
    if (this.stream || now - this.seen < quiet_ms) this.asked = 0;
    else if (!this.asked) {
      this.asked = now;
      this.tell({ what: "who" });
    } else if (now - this.asked >= answer_ms) {
      this.asked = 0;
      this.seen = now;
      void this.takeIt();
    }
  }

  // One at a time takes it; by the time that another could, the new leader has been heard.
  private async takeIt(): Promise<void> {
    await navigator.locks.request(`${this.name} taken`, { ifAvailable: true }, async (lock) => {
      if (!lock || this.left.signal.aborted) return;
      void this.hold({ steal: true });
      await new Promise((done) => setTimeout(done, quiet_ms));
    });
  }
}
