// The ledger's entries as data. Who enters it is `by`; the second person is another one, here and at the
// server.
import { formed, type SaidLedgerEvent } from "../../api/address";
import { parsed } from "../../format/number";

export interface LedgerField {
  key: string;
  kind:
    | "lot"
    | "vial"
    | "draw"
    | "text"
    | "name"
    | "count"
    | "volume"
    | "date"
    | "reason"
    | "person"
    | "drug"
    | "strength"
    | "as";
  optional?: boolean;
}
export interface LedgerForm {
  kind: string;
  second?: "witness" | "checker";
  fields: LedgerField[];
}

const f = (key: string, kind: LedgerField["kind"], optional = false): LedgerField => ({
  key,
  kind,
  ...(optional && { optional }),
});

export const ledgerForms: Record<string, LedgerForm> = {
  received: {
    kind: "received",
    second: "witness",
    fields: [
      f("lot", "name"),
      f("drug", "drug"),
      f("strength", "strength"),
      f("as", "as"),
      f("vial_volume", "volume"),
      f("vials", "count"),
      f("expires", "date"),
      f("supplier", "text"),
      f("document", "text"),
    ],
  },
  vial_taken: { kind: "vial_taken", fields: [f("lot", "lot"), f("vial", "name")] },
  drawn_up: {
    kind: "drawn_up",
    second: "checker",
    fields: [
      f("vial", "vial"),
      f("draw", "name"),
      f("volume", "volume"),
      f("session", "name"),
      f("patient", "name"),
    ],
  },
  given: { kind: "given", fields: [f("draw", "draw"), f("volume", "volume")] },
  wasted_draw: {
    kind: "wasted",
    second: "witness",
    fields: [f("draw", "draw"), f("volume", "volume"), f("reason", "reason")],
  },
  wasted_vial: {
    kind: "wasted",
    second: "witness",
    fields: [f("vial", "vial"), f("volume", "volume"), f("reason", "reason")],
  },
  entered_in_error: { kind: "entered_in_error", fields: [f("event", "name"), f("reason", "reason")] },
  // What two people answer for, one alone does not take back.
  entered_in_error_by_two: {
    kind: "entered_in_error",
    second: "witness",
    fields: [f("event", "name"), f("reason", "reason")],
  },
  vial_returned: { kind: "vial_returned", second: "witness", fields: [f("vial", "vial")] },
  counted: { kind: "counted", second: "witness", fields: [f("lot", "lot"), f("vials", "count")] },
  discrepancy_reviewed: {
    kind: "discrepancy_reviewed",
    second: "witness",
    fields: [f("count", "name"), f("volume", "volume"), f("reason", "reason")],
  },
  returned_to_supplier: {
    kind: "returned_to_supplier",
    second: "witness",
    fields: [f("lot", "lot"), f("vials", "count"), f("supplier", "text"), f("document", "text")],
  },
  destroyed: {
    kind: "destroyed",
    second: "witness",
    fields: [f("lot", "lot"), f("vials", "count"), f("reason", "reason"), f("document", "text", true)],
  },
};

export type Values = Record<string, string>;

// Of a count: what was typed for another lot before is not of this one.
export const shownParts = (vials: string[], parts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(vials.map((vial) => [vial, parts[vial] ?? ""]));

// Of a count, the vials that nobody looked into: one that is left empty would count as lost.
export const uncounted = (vials: string[], parts: Record<string, string>): string[] =>
  vials.filter((vial) => parsed(parts[vial] ?? "") === null);

export function ledgerFaults(form: LedgerForm, values: Values, me: string): string[] {
  const faults = form.fields
    .filter((field) => {
      const text = (values[field.key] ?? "").trim();
      if (text === "") return !field.optional;
      if (field.kind === "count") return !/^\d+$/.test(text);
      return (field.kind === "volume" || field.kind === "strength") && parsed(text) === null;
    })
    .map((field) => field.key);
  const second = (values[form.second ?? ""] ?? "").trim();
  if (form.second && (second === "" || second.toLowerCase() === me.toLowerCase())) faults.push(form.second);
  return faults;
}

export function ledgerBody(
  form: LedgerForm,
  values: Values,
  me: string,
  parts: Record<string, string> = {},
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of form.fields) {
    const text = (values[field.key] ?? "").trim();
    if (text === "" || field.kind === "as") continue;
    if (field.kind === "volume") body[field.key] = { value: parsed(text), unit: "mL" };
    else if (field.kind === "strength")
      body[field.key] = { value: parsed(text), unit: "mg/mL", as: values["as"] ?? "" };
    else if (field.kind === "count") body[field.key] = Number(text);
    else body[field.key] = text;
  }
  if (form.kind === "counted") {
    body["part_vials"] = Object.entries(parts)
      .filter(([, v]) => v.trim() !== "")
      .map(([vial, v]) => ({ vial, volume: { value: parsed(v), unit: "mL" } }));
  }
  if (form.kind !== "entered_in_error") body["by"] = me; // whose entry it is stands with it
  if (form.second) body[form.second] = (values[form.second] ?? "").trim();
  return body;
}

export const ledgerEvent = (...said: Parameters<typeof ledgerBody>): SaidLedgerEvent =>
  formed(said[0].kind, ledgerBody(...said));
