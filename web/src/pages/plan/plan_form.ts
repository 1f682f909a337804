// From the fields of the plan forms to the record's bodies (docs/record-format.md, plan_approved and
// plan_changed).
import type { Answer } from "../../api/address";
import type { Plan } from "../../api/types";

export type Protocol = Answer<"GET", "/api/library/protocols/{id}">["entry"];
export type Values = Record<string, string>;

export const numberOf = (text: string | undefined): number => Number((text ?? "").trim().replace(",", "."));
export const isNumber = (text: string | undefined): boolean => /^\d+([.,]\d+)?$/.test((text ?? "").trim());

// The server takes no other; older plans may have one.
export const dosedBy = "actual";

interface Amount {
  value: number;
  unit: string;
}
const valueIn = (unit: string, amount: Amount | undefined): number | undefined =>
  amount?.unit === unit ? amount.value : undefined;

// By weight, or of fixed doses the first.
export function ownDose({ dosing, fixed_dosing: fixed }: Protocol): {
  standard?: Amount | undefined;
  length?: Amount | undefined;
  bounds?: { lowest: Amount; highest: Amount };
} {
  if (dosing) return { standard: dosing.standard, length: dosing.infusion_length, bounds: dosing.bounds };
  return { standard: fixed?.doses[0], length: fixed?.giving_length };
}

export function startValues(protocol: Protocol, before: Plan | null, today: string): Values {
  const { standard, length } = ownDose(protocol);
  const fixed = standard?.unit === "mg";
  const kept = before?.protocol === protocol.id ? before : null;
  return {
    indication: kept?.indication ?? protocol.indication,
    prior: (before?.prior_treatments ?? []).join("\n"),
    dose_kind: (kept ? kept.fixed_dose !== undefined : fixed) ? "fixed" : "weight",
    dose: String(
      valueIn("mg/kg", kept?.dose) ??
        valueIn("mg", kept?.fixed_dose) ??
        valueIn(fixed ? "mg" : "mg/kg", standard) ??
        "",
    ),
    length: String(valueIn("min", kept?.infusion_length) ?? valueIn("min", length) ?? ""),
    planned_sessions: String(kept?.planned_sessions ?? protocol.course.induction_sessions.value ?? ""),
    interval: String(valueIn("d", kept?.interval) ?? ""),
    instrument: before?.endpoint.instrument ?? "",
    target: before?.endpoint.target ?? "",
    next_review: before && before.next_review > today ? before.next_review : "",
    stop_date: before && before.stop_date > today ? before.stop_date : "",
    consent_version: before?.consent_version ?? "",
    other_care: before?.other_care ?? "",
  };
}

export function approvalFaults(values: Values, replaces: boolean): string[] {
  const needed = [
    "indication",
    "instrument",
    "target",
    "next_review",
    "stop_date",
    "consent_version",
    ...(replaces ? ["change_reason", "change_note"] : []),
  ];
  const missing = needed.filter((key) => (values[key] ?? "").trim() === "");
  const numbers = ["dose", "length", "planned_sessions", "interval"].filter((key) => !isNumber(values[key]));
  return [...missing, ...numbers];
}

const amount = (value: number, unit: string): object => ({ value, unit, as: "base" });

export function planBody(protocol: Protocol, values: Values, clinician: string): Record<string, unknown> {
  const prior = (values["prior"] ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const dose = numberOf(values["dose"]);
  return {
    protocol: protocol.id,
    protocol_version: protocol.version,
    drug: protocol.drug,
    indication: values["indication"]?.trim(),
    ...(prior.length > 0 && { prior_treatments: prior }),
    endpoint: { instrument: values["instrument"]?.trim(), target: values["target"] },
    ...(values["dose_kind"] === "fixed"
      ? { fixed_dose: amount(dose, "mg") }
      : { dose: amount(dose, "mg/kg") }),
    infusion_length: { value: numberOf(values["length"]), unit: "min" },
    weight_basis: dosedBy,
    planned_sessions: numberOf(values["planned_sessions"]),
    interval: { value: numberOf(values["interval"]), unit: "d" },
    stop_date: values["stop_date"],
    responsible_clinician: clinician,
    next_review: values["next_review"],
    consent_version: values["consent_version"]?.trim(),
    ...(values["other_care"]?.trim() && { other_care: values["other_care"].trim() }),
    ...(values["change_reason"] && {
      change_reason: values["change_reason"],
      change_note: values["change_note"]?.trim(),
    }),
  };
}

// What was typed into a field for a number and is none: it must not be taken for a field left empty.
export const unread = (values: Values): string[] =>
  ["dose", "length", "planned_sessions", "interval"].filter(
    (key) => (values[key] ?? "").trim() !== "" && !isNumber(values[key]),
  );

// Only what was filled in changes; what is left empty stays in force.
export function changeBody(values: Values, fixed: boolean): Record<string, unknown> {
  const body: Record<string, unknown> = { reason: values["reason"], note: values["note"]?.trim() };
  if (isNumber(values["dose"]))
    body[fixed ? "fixed_dose" : "dose"] = amount(numberOf(values["dose"]), fixed ? "mg" : "mg/kg");
  if (isNumber(values["length"]))
    body["infusion_length"] = { value: numberOf(values["length"]), unit: "min" };
  if (isNumber(values["planned_sessions"])) body["planned_sessions"] = numberOf(values["planned_sessions"]);
  if (isNumber(values["interval"])) body["interval"] = { value: numberOf(values["interval"]), unit: "d" };
  for (const key of ["stop_date", "next_review"]) if (values[key]) body[key] = values[key];
  return body;
}
