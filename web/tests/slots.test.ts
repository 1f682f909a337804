import { describe, expect, test } from "vitest";
import { at } from "../src/api/address";
import { Unreachable } from "../src/api/client";
import type { Entry } from "../src/api/queue";
import { Queue } from "../src/api/queue";
import { entryOfSlot, slotKeeper, slotsOf } from "../src/api/slots";
import { Places } from "./places";

const plain = {
  seal: async (text: string): Promise<string> => `sealed ${text}`,
  open: async (text: string): Promise<string | null> => (text.startsWith("sealed ") ? text.slice(7) : null),
};
const entry = (key: string): Entry => ({
  key,
  by: "nurse-1",
  path: at("/api/patients/{patient}/events", { patient: "p1" }),
  body: { kind: "contact", body: { from: "patient", topic: "scheduling" } },
  label: key,
  about: "p1/s1",
  entered: "2026-03-02T09:00:00Z",
  state: "waiting",
});
const keysOf = (entries: Entry[]): string[] => entries.map((each) => each.key);

describe("unsaved entries on a device", () => {
  test("two tabs that hold some keep both", async () => {
    const places = new Places();
    const [one, other] = [slotKeeper(places, plain), slotKeeper(places, plain)];
    await one.save([entry("a")]);
    await other.save([entry("b")]);
    await one.save([entry("a"), entry("c")]);
    expect(keysOf(await slotKeeper(places, plain).load())).toEqual(["a", "b", "c"]);
  });
  test("a tab takes away what it held, and nothing of another's", async () => {
    const places = new Places();
    const [one, other] = [slotKeeper(places, plain), slotKeeper(places, plain)];
    await one.save([entry("a")]);
    await other.save([entry("b")]);
    await one.save([]);
    expect(keysOf(await slotKeeper(places, plain).load())).toEqual(["b"]);
  });
  test("what was read after a reload goes once it was sent", async () => {
    const places = new Places();
    await slotKeeper(places, plain).save([entry("a"), entry("b")]);
    const again = slotKeeper(places, plain);
    const [, second] = await again.load();
    await again.save([second!]);
    expect(slotsOf(places)).toEqual(["evenkeel.unsaved.b"]);
  });
  test("a changed entry keeps its place in the order", async () => {
    const places = new Places();
    const keeper = slotKeeper(places, plain);
    await keeper.save([entry("a"), entry("b")]);
    await keeper.save([{ ...entry("a"), state: "refused" }, entry("b")]);
    expect(keysOf(await slotKeeper(places, plain).load())).toEqual(["a", "b"]);
  });
  test("what cannot be opened, or is no entry of ours, is left alone", async () => {
    const places = new Places();
    places.setItem("evenkeel.unsaved.x", "another's");
    places.setItem("evenkeel.language", "de");
    expect(await slotKeeper(places, plain).load()).toEqual([]);
    expect(places.length).toBe(2);
  });
});

describe("two tabs of one browser", () => {
  const waits = (): Promise<never> => Promise.reject(new Unreachable("cut"));
  test("each show what the other holds, until that one is done with it", async () => {
    const places = new Places();
    const tabs = [0, 1].map(() => new Queue(slotKeeper(places, plain), waits)) as [Queue, Queue];
    await Promise.all(tabs.map((each) => each.load()));
    const { key } = await tabs[0].add(entry("a"));
    expect(tabs[1].entries.value).toEqual([]);
    const slot = slotsOf(places)[0]!;
    expect(entryOfSlot(slot)).toBe(key);
    await tabs[1].heard(key, true);
    await tabs[1].heard(key, true);
    expect(keysOf(tabs[1].entries.value)).toEqual([key]);
    await tabs[0].discard(key);
    await tabs[1].heard(key, false);
    expect(tabs[1].entries.value).toEqual([]);
    expect(entryOfSlot("evenkeel.language")).toBe(null);
  });
});
