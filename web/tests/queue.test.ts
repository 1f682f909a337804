import { describe, expect, test } from "vitest";
import { at, type SaidEvent } from "../src/api/address";
import { ApiProblem, Unreachable } from "../src/api/client";
import { Queue, maySucceedLater, type Entry, type Keeper, type NewEntry } from "../src/api/queue";

class Memory implements Keeper {
  kept: Entry[] = [];
  readonly lasts = true;
  load = async (): Promise<Entry[]> => structuredClone(this.kept);
  save = async (entries: Entry[]): Promise<void> => {
    this.kept = structuredClone(entries);
  };
}

// A server that does what the contract says: a key counts once, and its answer may be lost on the way.
class Server {
  readonly seen = new Map<string, unknown>();
  fails: ("before" | "after" | "refuses" | "storage")[] = [];
  send = async (_path: string, body: unknown, key: string): Promise<unknown> => {
    const how = this.fails.shift();
    if (how === "before") throw new Unreachable("cut");
    if (how === "refuses")
      throw new ApiProblem({ type: "", title: "", status: 422, code: "invalid_input", detail: "no" });
    if (how === "storage")
      throw new ApiProblem({ type: "", title: "", status: 503, code: "storage", detail: "later" });
    if (!this.seen.has(key)) this.seen.set(key, body);
    if (how === "after") throw new Unreachable("cut");
    return {};
  };
}

const reading = (n: number): SaidEvent => ({ kind: "vital_signs", body: { heart_rate_per_min: 60 + n } });
const entry = (n: number, by = "nurse-1"): NewEntry => ({
  by,
  path: at("/api/patients/{patient}/events", { patient: "p1" }),
  body: reading(n),
  label: `reading ${n}`,
  about: "p1/s1",
});

async function settled(queue: Queue, who = "nurse-1"): Promise<void> {
  for (let i = 0; i < 50; i++) {
    await queue.flush(who);
    await new Promise((done) => setImmediate(done));
    if (queue.entries.value.every((e) => e.state === "refused" || e.by !== who)) return;
  }
}

const make = (): { memory: Memory; server: Server; queue: Queue } => {
  const memory = new Memory();
  const server = new Server();
  return { memory, server, queue: new Queue(memory, server.send) };
};

describe("the queue of unsaved entries", () => {
  test("nothing is lost and nothing doubled, whichever way the connection fails", async () => {
    for (let pattern = 0; pattern < 3 ** 5; pattern++) {
      const { server, queue } = make();
      server.fails = [...pattern.toString(3).padStart(5, "0")].map(
        (c) => (["before", "after"] as ("before" | "after")[])[Number(c)] as "before",
      );
      for (let n = 0; n < 3; n++) await queue.add(entry(n));
      await settled(queue);
      expect([...server.seen.values()]).toEqual([reading(0), reading(1), reading(2)]);
      expect(queue.entries.value).toEqual([]);
    }
  });

  test("an entry is kept before it is sent, and comes back under its key after a reload", async () => {
    const { memory, server, queue } = make();
    server.fails = ["after", "before", "before"];
    await queue.add(entry(1));
    await new Promise((done) => setImmediate(done));
    const again = new Queue(memory, server.send);
    server.fails = [];
    await again.load();
    await settled(again);
    expect(server.seen.size).toBe(1);
    expect(memory.kept).toEqual([]);
  });

  test("a refused entry stays with its reason, and those behind it go on", async () => {
    const { server, queue } = make();
    server.fails = ["refuses"];
    await queue.add(entry(1));
    await queue.add(entry(2));
    await settled(queue);
    expect(queue.entries.value.map((e) => [e.label, e.state, e.problem?.code])).toEqual([
      ["reading 1", "refused", "invalid_input"],
    ]);
    expect([...server.seen.values()]).toEqual([reading(2)]);
    await queue.retry(queue.entries.value[0]?.key ?? "");
    expect([...server.seen.values()]).toEqual([reading(2), reading(1)]);
  });

  test("a store that is full for a moment is tried again, in order", async () => {
    const { server, queue } = make();
    server.fails = ["storage", "storage"];
    await queue.add(entry(1));
    await queue.add(entry(2));
    await settled(queue);
    expect([...server.seen.values()]).toEqual([reading(1), reading(2)]);
  });

  test("what one person entered is never sent as another", async () => {
    const { server, queue } = make();
    server.fails = ["before"];
    await queue.add(entry(1, "nurse-1"));
    await queue.flush("nurse-2");
    expect(server.seen.size).toBe(0);
    expect(queue.entries.value).toHaveLength(1);
  });

  test.each([
    [401, "signed_out", true],
    [401, "screen_locked", true],
    [403, "csrf", true],
    [408, "timeout", true],
    [429, "too_many_requests", true],
    [429, "too_many_connections", true],
    [500, "internal", true],
    [503, "busy", true],
    [403, "not_permitted", false],
    [404, "not_found", false],
    [409, "outside_domain", false],
    [412, "stale", false],
    [422, "invalid_input", false],
  ])("an answer %i %s waits: %s", async (status, code, waits) => {
    const problem = new ApiProblem({ type: "", title: "", status, code, detail: "" });
    expect(maySucceedLater(problem)).toBe(waits);
    const queue = new Queue(new Memory(), () => Promise.reject(problem));
    await queue.add(entry(1));
    await new Promise((done) => setImmediate(done));
    expect(queue.entries.value.map((e) => e.state)).toEqual([waits ? "waiting" : "refused"]);
  });
});
