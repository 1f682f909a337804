import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LedgerEvent } from "../src/api/ledger";
import type { RecordEvent } from "../src/api/types";
import { said } from "../src/pages/chart/said";
import { eventWords } from "../src/pages/ledger/said";
import { language, texts } from "../src/texts";
import { de } from "../src/texts/de";
import { en } from "../src/texts/en";

// A browser turns to it with the module that it loads.
beforeEach(() => {
  texts.value = de;
  language.value = "de";
});
afterEach(() => {
  texts.value = en;
  language.value = "en";
});
const inGerman = (kind: string, body: object): string =>
  said({ kind, body } as RecordEvent, undefined, (id) => id);

describe("an entry in the page's language", () => {
  test("has the words and the numbers of the ledger", () => {
    const body = {
      lot: "L1",
      drug: "esketamine",
      strength: { value: 5.5, unit: "mg/mL", as: "base" },
      expires: "2027-03-01",
      by: "pharmacist-1",
    } as unknown as LedgerEvent["body"];
    expect(eventWords({ body })).toBe(
      "Charge L1, Mittel Esketamin, Stärke 5,5 mg/mL Base, Verwendbar bis 1. März 2027",
    );
    const counted = {
      lot: "L1",
      vials: 7,
      part_vials: [{ vial: "v1", volume: { value: 2.5, unit: "mL" } }],
    } as unknown as LedgerEvent["body"];
    expect(eventWords({ body: counted })).toContain("Entnommene Durchstechflaschen v1 2,5 mL");
  });

  test("says what was chosen by its word, and leaves alone what was typed", () => {
    expect(inGerman("contact", { topic: "asked_sooner", note: "pain" })).toBe(
      "Anlass: bat um früher; Bemerkung: pain",
    );
    expect(inGerman("other_source", { found: [{ supplier: "a_b c", kind: "opioid" }] })).toBe(
      "gefunden: Bezug a_b c, Art Opioid",
    );
  });
});
