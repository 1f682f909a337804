// What was entered and is not yet known to be saved. An entry keeps the key it was born with: sent twice, it
// counts once. Entries go in their order, one at a time. A refused entry stays, with its reason, until
// somebody has seen it.
import { signal } from "@preact/signals";
import type { Address, SaidEvent } from "./address";
import { ApiProblem, Unreachable, newKey, send } from "./client";
import type { Problem } from "./types";

// Only what goes into a record waits.
type EntryPath = "/api/patients/{patient}/events";

export interface Entry {
  key: string;
  by: string;
  path: Address<EntryPath>;
  body: SaidEvent;
  label: string;
  about: string; // patient/session, to show it where it belongs
  entered: string;
  state: "waiting" | "sending" | "refused";
  problem?: Problem;
}

export type NewEntry = Pick<Entry, "by" | "path" | "body" | "label" | "about"> & {
  entered?: string;
  key?: string;
};

export interface Keeper {
  load(): Promise<Entry[]>;
  save(entries: Entry[]): Promise<void>;
  lasts: boolean; // whether what was saved last is kept on the device
}

export type Sender = (path: Entry["path"], body: SaidEvent, key: string) => Promise<unknown>;

// Whether the same entry may be taken at another time: who asks is not known or not let in now (401, csrf),
// the server was too slow or too busy (408, 429), or failed (5xx). Everything else is refused for what it is.
export function maySucceedLater(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  if (!(error instanceof ApiProblem)) return false;
  const { status, code } = error.problem;
  return [401, 408, 429].includes(status) || status >= 500 || code === "csrf";
}

export class Queue {
  readonly entries = signal<Entry[]>([]);
  readonly saved = signal(0); // grows with each entry that was saved: pages read again
  private running = false;
  private loaded: Promise<void> | null = null;

  constructor(
    private readonly keeper: Keeper,
    private readonly sender: Sender = (path, body, key) => send(path, body, { key }),
  ) {}

  get lasts(): boolean {
    return this.keeper.lasts;
  }

  load(): Promise<void> {
    this.loaded ??= this.keeper.load().then((kept) => {
      const here = new Set(this.entries.value.map((entry) => entry.key));
      const back = kept.filter((entry) => !here.has(entry.key));
      this.entries.value = [
        ...back.map((e) => (e.state === "sending" ? { ...e, state: "waiting" as const } : e)),
        ...this.entries.value,
      ];
    });
    return this.loaded;
  }

  // Another tab of this browser keeps an entry, or is done with it: each tab shows what all of them hold, so
  // that nobody signs out over what they do not see.
  async heard(key: string, held: boolean): Promise<void> {
    const here = this.entries.value.find((entry) => entry.key === key);
    if (!held && here?.state !== "sending")
      this.entries.value = this.entries.value.filter((entry) => entry.key !== key);
    if (!held || here) return;
    this.loaded = null;
    await this.load();
  }

  // Kept before it is sent, so that a page that is closed at the wrong moment loses nothing.
  async add(entry: NewEntry): Promise<Entry> {
    const whole: Entry = { entered: new Date().toISOString(), key: newKey(), ...entry, state: "waiting" };
    this.entries.value = [...this.entries.value, whole];
    await this.keep();
    void this.flush(entry.by);
    return whole;
  }

  async discard(key: string): Promise<void> {
    this.entries.value = this.entries.value.filter((entry) => entry.key !== key);
    await this.keep();
  }

  async retry(key: string): Promise<void> {
    const found = this.entries.value.find((entry) => entry.key === key);
    if (!found) return;
    this.change(key, "waiting");
    await this.keep();
    await this.flush(found.by);
  }

  // Sends what `who` has entered; another person's entries wait for that person.
  async flush(who: string): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      for (let next = this.next(who); next; next = this.next(who)) {
        if (!(await this.sendOne(next))) break;
      }
    } finally {
      this.running = false;
    }
  }

  private next(who: string): Entry | undefined {
    return this.entries.value.find((entry) => entry.by === who && entry.state === "waiting");
  }

  private async sendOne(entry: Entry): Promise<boolean> {
    this.change(entry.key, "sending");
    try {
      await this.sender(entry.path, entry.body, entry.key);
      await this.discard(entry.key);
      this.saved.value += 1;
      return true;
    } catch (error) {
      return this.failed(entry, error);
    }
  }

  // True where the next entry may go on.
  private async failed(entry: Entry, error: unknown): Promise<boolean> {
    if (error instanceof ApiProblem && !maySucceedLater(error)) {
      this.change(entry.key, "refused", error.problem);
      await this.keep();
      return true;
    }
    this.change(entry.key, "waiting");
    if (!maySucceedLater(error)) throw error;
    return false;
  }

  private change(key: string, state: Entry["state"], problem?: Problem): void {
    this.entries.value = this.entries.value.map((entry) => {
      if (entry.key !== key) return entry;
      const { problem: _old, ...rest } = entry;
      return problem ? { ...rest, state, problem } : { ...rest, state };
    });
  }

  private keep(): Promise<void> {
    return this.keeper.save(this.entries.value);
  }
}
