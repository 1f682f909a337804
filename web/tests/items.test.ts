import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Instrument } from "../src/api/instrument";
import {
  asked,
  bounds,
  isAsked,
  lead,
  lines,
  missingOf,
  optionsOf,
  type Answers,
} from "../src/pages/evaluate/items";

const folder = new URL("../../content/instruments/", import.meta.url);
const all = readdirSync(folder)
  .filter((f) => f !== "schema.json")
  .map((f) => JSON.parse(readFileSync(new URL(f, folder), "utf8")) as Instrument);
const of = (id: string): Instrument => all.find((i) => i.id === id) as Instrument;

describe("instruments from their data", () => {
  test("every shipped instrument has something to answer, and each answer is a whole number", () => {
    for (const instrument of all) {
      const questions = lines(instrument).filter((l) => lead.has(l.item.type));
      expect(questions.length, instrument.id).toBeGreaterThan(0);
      for (const { item } of questions) {
        const values = item.type === "integer" ? bounds(item) : optionsOf(item).map(([n]) => n);
        expect(values.length, `${instrument.id} ${item.linkId}`).toBeGreaterThan(1);
        for (const v of values) expect(Number.isInteger(v), `${instrument.id} ${item.linkId}`).toBe(true);
      }
    }
  });

  test("every item that is scored can be answered", () => {
    for (const instrument of all as (Instrument & { scoring: { total: { items: { item: string }[] } } })[]) {
      const ids = new Set(
        lines(instrument)
          .filter((l) => lead.has(l.item.type))
          .map((l) => l.item.linkId),
      );
      for (const { item } of instrument.scoring.total.items)
        expect(ids.has(item), `${instrument.id} ${item}`).toBe(true);
    }
  });

  test("the fifth question of the ASQ is asked after any yes and its answer falls away with it", () => {
    const asq = of("asq");
    const no: Answers = { "1": 0, "2": 0, "3": 0, "4": 0 };
    expect(missingOf(asq, no)).toEqual([]);
    expect(missingOf(asq, { ...no, "2": 1 })).toEqual(["5"]);
    expect(asked(asq, { ...no, "5": 1 })).toEqual(no);
    const fifth = lines(asq).find((l) => l.item.linkId === "5");
    expect(fifth && isAsked(fifth, { ...no, "4": 1 }, asq)).toBe(true);
  });

  test("an unanswered required item is missing", () => {
    expect(missingOf(of("phq-9"), { "1": 0 })).toEqual(["2", "3", "4", "5", "6", "7", "8", "9"]);
  });
});
