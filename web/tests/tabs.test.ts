import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Said } from "../src/api/stream";
import { joinTabs, type Tabs } from "../src/api/tabs";
import { FakeChannel, FakeSource, stubBrowser } from "./fakes/browser";

interface Tab {
  tabs: Tabs;
  heard: string[];
  channel: FakeChannel | undefined;
}
const record = { patient: "p1", version: 2, kind: "contact", at: "2026-01-01T09:00:00Z" };

function openTab(signIn = "nurse-1"): Tab {
  const heard: string[] = [];
  const tabs = joinTabs(`live ${signIn}`, (said: Said) => void heard.push(said.what), true);
  return { tabs, heard, channel: FakeChannel.all.at(-1) };
}
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
async function several(n: number): Promise<Tab[]> {
  const all = Array.from({ length: n }, () => openTab());
  await pass(1);
  return all;
}

beforeEach(stubBrowser);
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the tabs of one browser", () => {
  test("have one stream, and each hears what it says", async () => {
    const tabs = await several(8);
    expect(FakeSource.open().length).toBe(1);
    FakeSource.open()[0]?.say("record", record);
    await pass(1);
    for (const tab of tabs) expect(tab.heard).toEqual(["reset", "record"]);
  });

  test("who comes when the stream stands has missed nothing, and reads nothing again", async () => {
    const [first] = await several(1);
    FakeSource.open()[0]?.say("beat", { now: "" });
    await pass(1);
    const late = openTab();
    FakeSource.open()[0]?.say("beat", { now: "" });
    await pass(1);
    expect([first?.heard, late.heard]).toEqual([["reset", "beat", "beat"], ["beat"]]);
  });

  test("when the one that leads closes, another does, and what hangs on a record is read again", async () => {
    const [first, ...others] = await several(4);
    first?.tabs.leave();
    await pass(1);
    expect(FakeSource.open().length).toBe(1);
    FakeSource.open()[0]?.say("beat", { now: "" });
    await pass(1);
    for (const tab of others) expect(tab.heard).toEqual(["reset", "beat"]);
    expect(first?.heard).toEqual([]);
  });

  test("when it is frozen, one other takes over before the silence counts as lost", async () => {
    const tabs = await several(8);
    const [frozen] = tabs;
    if (frozen?.channel) frozen.channel.frozen = true;
    await pass(3900);
    expect(FakeSource.all.length).toBe(2);
    expect(FakeSource.open()).toEqual([FakeSource.all[1]]); // awake, it has lost the lock and closes its own
    if (frozen?.channel) frozen.channel.frozen = false;
    for (let seconds = 0; seconds < 10; seconds += 2) {
      FakeSource.open()[0]?.say("beat", { now: "" });
      await pass(2000);
    }
    expect(FakeSource.all.length).toBe(2);
    for (const tab of tabs) expect(tab.heard.slice(0, 3)).toEqual(["reset", "beat", "beat"]);
  });

  test("a leader that hears nothing itself is not taken for frozen; it opens its stream anew", async () => {
    const tabs = await several(3);
    await pass(5100);
    expect(FakeSource.open().length).toBe(1);
    expect(FakeSource.all.length).toBe(2);
    FakeSource.open()[0]?.say("beat", { now: "" });
    await pass(1);
    for (const tab of tabs) expect(tab.heard).toEqual(["reset", "beat"]);
  });

  test("who is refused asks; a word to all reaches the others alone", async () => {
    const [first, second] = await several(2);
    FakeSource.open()[0]?.refuse();
    await pass(1);
    expect([first?.heard, second?.heard]).toEqual([["refused"], []]);
    second?.tabs.tell({ what: "signed_out" });
    await pass(1);
    expect([first?.heard, second?.heard]).toEqual([["refused", "signed_out"], []]);
  });

  test("another sign-in hears nothing of it", async () => {
    const nurse = openTab("nurse-1");
    const other = openTab("prescriber-1");
    await pass(1);
    expect(FakeSource.open().length).toBe(2);
    FakeSource.open()[0]?.say("record", record);
    nurse.tabs.tell({ what: "signed_out" });
    await pass(1);
    expect([nurse.heard, other.heard]).toEqual([["reset", "record"], []]);
  });

  test.each([
    ["no locks", "navigator", {}],
    ["no channel between tabs", "BroadcastChannel", undefined],
    ["locks that are refused", "navigator", { locks: { request: () => Promise.reject(new Error("no")) } }],
  ])("with %s each has a stream of its own", async (_what, name, value) => {
    vi.stubGlobal(name, value);
    const tabs = await several(2);
    expect(FakeSource.open().length).toBe(2);
    FakeSource.open().forEach((each) => each.say("beat", { now: "" }));
    for (const tab of tabs) expect(tab.heard).toEqual(["reset", "beat"]);
    tabs.forEach((tab) => tab.tabs.leave());
    expect(FakeSource.open()).toEqual([]);
  });
});
