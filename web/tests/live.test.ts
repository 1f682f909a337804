import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connected, heard, onRecord, startLive, stopLive } from "../src/api/live";
import { silence_ms } from "../src/api/stream";
import { FakeSource, stubBrowser } from "./fakes/browser";

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const listening = { signIn: "nurse-1", streams: true, now: () => undefined, askWho: () => undefined };
const beat = (): void => FakeSource.open().forEach((each) => each.say("beat", { now: "" }));

beforeEach(stubBrowser);
afterEach(() => {
  stopLive();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

// What is written after a page was read and before the stream stands is told by nobody.
describe("a stream that stands", () => {
  test("says once that what was read before may be old, and to nobody who reads later", async () => {
    const [early, late]: unknown[][] = [[], []];
    const record = { patient: "p1", version: 2, kind: "contact", at: "2026-01-01T09:00:00Z" };
    startLive(listening);
    await pass(1);
    const ends = [onRecord((moved) => void early?.push(moved))];
    beat();
    ends.push(onRecord((moved) => void late?.push(moved)));
    beat();
    FakeSource.open()[0]?.say("record", record);
    expect([early, late]).toEqual([["some", record], [record]]);
    ends.forEach((end) => end());
  });
});

describe("a lost connection", () => {
  test("is told within a second after the silence that means it, and not before", async () => {
    startLive(listening);
    await pass(1);
    beat();
    await pass(silence_ms - 100);
    expect(connected.value).toBe(true);
    await pass(1100);
    expect(connected.value).toBe(false);
  });

  test("is told at once where the browser says so", () => {
    startLive(listening);
    window.dispatchEvent(new Event("offline"));
    expect(connected.value).toBe(false);
  });

  test("is none as long as beats come, each two seconds", async () => {
    startLive(listening);
    for (let i = 0; i < 20; i++) {
      beat();
      await pass(2000);
      expect(connected.value).toBe(true);
    }
  });

  test("is over with the first beat, and everything is read again", async () => {
    const told: unknown[] = [];
    const stop = onRecord((record) => void told.push(record));
    startLive(listening);
    await pass(silence_ms + 1100);
    expect(connected.value).toBe(false);
    beat();
    expect(connected.value).toBe(true);
    expect(told).toContain("all");
    stop();
  });

  test("is asked about by the page that has no stream", async () => {
    let answers = true;
    vi.stubGlobal("fetch", () => (answers ? Promise.resolve({}) : Promise.reject(new Error("cut"))));
    startLive({ ...listening, streams: false });
    await pass(6000);
    expect(connected.value).toBe(true);
    answers = false;
    await pass(2600);
    expect(connected.value).toBe(false);
    heard();
  });
});
