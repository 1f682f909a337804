import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RecordEvent, SessionPage } from "../src/api/types";
import { locked } from "../src/app/state";
import { zone } from "../src/format/time";
import { valid } from "../src/pages/chart/in_error";
import { given, madeReady } from "../src/pages/print/session_facts";
import { strengthOf } from "../src/pages/session/record";
import { usePrintedName } from "../src/ui/print_name";
import { mount } from "./fakes/hook";

const event = (id: string, kind: string, body: object): RecordEvent =>
  ({ id, kind, body, at: "2026-03-02T09:00:00Z", recorded_by: "nurse-1" }) as RecordEvent;
const wrong = (id: string, of: string): RecordEvent =>
  event(id, "entered_in_error", { event: of, reason: "r" });
const amount = (value: number, unit: string): object => ({ value, unit, as: "base" });
const ready = (id: string, mg: number, mg_per_mL: number): RecordEvent =>
  event(id, "session_ready", {
    session: "s1",
    dose: amount(mg, "mg"),
    infusion_length: { value: 40, unit: "min" },
    concentration: amount(mg_per_mL, "mg/mL"),
    second_checker: "nurse-2",
  });
const started = (id: string, session = "s1"): RecordEvent =>
  event(id, "session_started", {
    session,
    drug: "esketamine",
    route: "intravenous",
    dose: amount(35, "mg"),
    weight: { value: 70, unit: "kg" },
    infusion_length: { value: 40, unit: "min" },
  });
const ended = (id: string): RecordEvent =>
  event(id, "session_ended", { session: "s1", given: amount(35, "mg"), completion: "completed" });
const page = (events: RecordEvent[]): SessionPage => ({ events, ready: null }) as unknown as SessionPage;
const ids = (events: RecordEvent[]): string[] => events.map((each) => each.id);

describe("what was marked as entered in error", () => {
  const events = [ready("e1", 35, 5), ready("e2", 70, 10), wrong("e3", "e2")];

  test("is on no paper, nor is the mark", () => {
    const facts = new Map(madeReady(page(valid(events))));
    expect([...facts.values()].join()).toContain("35");
    expect([...facts.values()].join()).not.toContain("70");
    expect(ids(valid(events))).toEqual(["e1"]);
  });

  test("is no strength to work out a rate with", () => {
    expect(strengthOf(page(events))).toBe(5);
  });

  test("takes with it what was written of the session below a start, as the record has it", () => {
    const again = [started("e1"), ended("e2"), started("e3", "s2"), wrong("e4", "e1"), started("e5")];
    expect(ids(valid(again))).toEqual(["e3", "e5"]);
    expect(given(page(valid(again))).at(-1)?.[1]).toBe("still runs");
  });
});

describe("a printed page", () => {
  beforeEach(() => {
    vi.stubGlobal("document", { adoptedStyleSheets: [] });
    vi.stubGlobal(
      "CSSStyleSheet",
      class {
        text = "";
        replaceSync(text: string): void {
          this.text = text;
        }
      },
    );
  });
  afterEach(() => {
    locked.value = false;
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
  });
  const margin = async (): Promise<string> => {
    await new Promise((done) => setTimeout(done, 100));
    return (document.adoptedStyleSheets as unknown as { text: string }[]).map((each) => each.text).join();
  };

  test("has the name on its margin, and none while the screen is locked", async () => {
    const name = mount(usePrintedName, "Anna Abel, p1");
    expect(await margin()).toContain("Anna Abel");
    locked.value = true;
    expect(await margin()).toBe("");
    name.leave();
  });

  test("names the zone of the moment it tells of", () => {
    vi.stubEnv("TZ", "Europe/Berlin");
    expect([zone("2026-01-15T09:00:00Z"), zone("2026-07-15T09:00:00Z")]).toEqual(["CET", "CEST"]);
  });
});
