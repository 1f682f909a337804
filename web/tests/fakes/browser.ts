// What several tabs of one browser share, as much of it as the live stream asks for. A frozen tab neither
// hears nor answers.
import { vi } from "vitest";

interface Waiting {
  options: LockOptions;
  run: () => void;
}
interface Held {
  fail: (error: unknown) => void;
}
const taken = (): DOMException => new DOMException("taken", "AbortError");

class FakeLocks {
  private readonly held = new Map<string, Held>();
  private readonly waiting = new Map<string, Waiting[]>();

  request<T>(
    name: string,
    options: LockOptions,
    use: (lock: Lock | null) => T | Promise<T>,
  ): Promise<T | undefined> {
    return new Promise((done, fail) => {
      const run = (): void => {
        const mine: Held = { fail };
        this.held.set(name, mine);
        const over = (): void => {
          if (this.held.get(name) === mine) this.next(name);
        };
        void Promise.resolve(use({ name, mode: "exclusive" } as Lock))
          .then(done, fail)
          .then(over);
      };
      if (options.steal) this.held.get(name)?.fail(taken());
      if (options.steal || !this.held.has(name)) return run();
      if (options.ifAvailable) return void Promise.resolve(use(null)).then(done, fail);
      const queue = this.waiting.get(name) ?? [];
      this.waiting.set(name, [...queue, { options, run }]);
      options.signal?.addEventListener("abort", () => fail(taken()));
    });
  }

  private next(name: string): void {
    this.held.delete(name);
    const queue = (this.waiting.get(name) ?? []).filter((each) => !each.options.signal?.aborted);
    this.waiting.set(name, queue.slice(1));
    queue[0]?.run();
  }
}

export class FakeChannel {
  static all: FakeChannel[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  frozen = false;
  constructor(readonly name: string) {
    FakeChannel.all.push(this);
  }
  postMessage(data: unknown): void {
    const told = FakeChannel.all.filter((each) => each.name === this.name && each !== this);
    queueMicrotask(() => {
      for (const each of told) if (!each.frozen) each.onmessage?.({ data: structuredClone(data) });
    });
  }
  close(): void {
    FakeChannel.all = FakeChannel.all.filter((each) => each !== this);
    this.onmessage = null;
  }
}

export class FakeSource {
  static readonly CLOSED = 2;
  static all: FakeSource[] = [];
  readyState = 1;
  private readonly listeners = new Map<string, (event: { data: string }) => void>();
  constructor() {
    FakeSource.all.push(this);
  }
  addEventListener(name: string, listener: (event: { data: string }) => void): void {
    this.listeners.set(name, listener);
  }
  say(name: string, data: unknown = {}): void {
    if (this.readyState === 1) this.listeners.get(name)?.({ data: JSON.stringify(data) });
  }
  refuse(): void {
    this.readyState = 2;
    this.listeners.get("error")?.({ data: "" });
  }
  close(): void {
    this.readyState = 2;
  }
  static open(): FakeSource[] {
    return FakeSource.all.filter((each) => each.readyState === 1);
  }
}

// A browser whose timers, channels, locks and streams a test holds in its hands.
export function stubBrowser(): void {
  vi.useFakeTimers();
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("navigator", { locks: new FakeLocks() });
  vi.stubGlobal("BroadcastChannel", FakeChannel);
  vi.stubGlobal("EventSource", FakeSource);
  FakeChannel.all = [];
  FakeSource.all = [];
}
