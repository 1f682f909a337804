import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { me, queue } from "../src/app/state";
import type { Me } from "../src/api/types";
import { write, type Written } from "../src/pages/session/record";

const where = { patient: "p1", session: "s1" };
const pause: Written = {
  kind: "rate_changed",
  body: { session: "s1", rate: { value: 0, unit: "mg/h", as: "base" }, reason: "r" },
  label: "paused",
};
const problem = (status: number, code: string): Response =>
  new Response(JSON.stringify({ type: "", title: "", status, code, detail: "" }), { status });

// What the server does next; the keys under which it was asked.
let answers: (Response | Error)[] = [];
let keys: (string | undefined)[] = [];

beforeEach(() => {
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("fetch", async (_path: string, init: RequestInit) => {
    keys.push((init.headers as Record<string, string>)["Idempotency-Key"]);
    const next = answers.shift() ?? new Response("{}", { status: 201 });
    if (next instanceof Error) throw next;
    return next;
  });
  me.value = { name: "nurse-1" } as Me;
  [answers, keys] = [[], []];
});
afterEach(async () => {
  for (const entry of queue.entries.value) await queue.discard(entry.key);
  vi.unstubAllGlobals();
});
const settle = async (): Promise<void> => {
  for (let i = 0; i < 20 && queue.entries.value.length > 0; i++) {
    await queue.flush("nurse-1");
    await new Promise((done) => setTimeout(done, 1));
  }
};

describe("what is written at the chair", () => {
  test.each([
    ["the server fails", problem(500, "internal")],
    ["its store is full", problem(503, "storage")],
    ["it is too busy", problem(429, "too_many_requests")],
    ["the screen was locked", problem(401, "screen_locked")],
    ["it is not reached", new Error("cut")],
  ])("waits under the key it had where %s, and goes once", async (_why, answer) => {
    answers = [answer, new Error("cut")];
    await write(where, pause);
    await settle();
    expect(queue.entries.value).toEqual([]);
    expect(keys.length).toBe(3);
    expect(new Set(keys).size).toBe(1);
  });

  test("is refused to whoever wrote it where the server says no, and does not wait", async () => {
    answers = [problem(422, "invalid_input")];
    await expect(write(where, pause)).rejects.toThrow();
    expect(queue.entries.value).toEqual([]);
  });

  test("stands behind what waits already: their order is what happened", async () => {
    answers = [new Error("cut"), new Error("cut"), new Error("cut"), new Error("cut")];
    await write(where, pause);
    await write(where, { ...pause, label: "again" });
    expect(queue.entries.value.map((entry) => entry.label)).toEqual(["paused", "again"]);
  });
});
