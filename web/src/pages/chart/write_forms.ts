// The small forms of a chart, as data: which kind of event, which fields, which words. docs/record-format.md
// has the rules; the server holds to them, these forms only spare a trip.
import type { Plan } from "../../api/types";
import { parsed } from "../../format/number";

export type FieldKind = "choice" | "text" | "long" | "number" | "date" | "yes";
export interface FormField {
  key: string;
  kind: FieldKind;
  options?: readonly string[];
  optional?: boolean;
  unit?: string; // a quantity is written {value, unit}
  plain?: boolean; // a number without {value, unit}
}
export interface WriteForm {
  kind: string;
  fields: FormField[];
  fixed?: Record<string, unknown>;
}

const symptoms = [
  "urinary_frequency",
  "urinary_urgency",
  "nocturia",
  "painful_urination",
  "bladder_pain",
  "blood_in_urine",
  "abdominal_pain",
  "fever",
  "flank_pain",
  "urinary_retention",
  "nausea",
  "vomiting",
  "dizziness",
  "headache",
  "anxiety",
  "other",
] as const;
const substances = [
  "ketamine",
  "norketamine",
  "opioid",
  "benzodiazepine",
  "other_sedative",
  "ghb",
  "amphetamine",
  "cocaine",
  "cannabis",
  "alcohol",
  "other",
] as const;

const note: FormField = { key: "note", kind: "long", optional: true };

export const forms: WriteForm[] = [
  {
    kind: "contact",
    fields: [
      { key: "from", kind: "choice", options: ["patient", "clinic"] },
      {
        key: "topic",
        kind: "choice",
        options: ["asked_sooner", "asked_stronger", "side_effect", "scheduling", "follow_up", "other"],
      },
      note,
    ],
  },
  {
    kind: "symptom_report",
    fields: [
      { key: "symptom", kind: "choice", options: symptoms },
      { key: "severity", kind: "choice", options: ["none", "mild", "moderate", "severe"] },
      note,
    ],
  },
  {
    kind: "patient_facts",
    fields: [
      { key: "weight", kind: "number", unit: "kg" },
      { key: "height_cm", kind: "number", plain: true, optional: true },
    ],
  },
  {
    kind: "consent_recorded",
    fixed: { given: true },
    fields: [
      { key: "version", kind: "text" },
      { key: "explained_by", kind: "text" },
    ],
  },
  {
    kind: "screening",
    fields: [
      { key: "criterion", kind: "choice", options: [] },
      { key: "outcome", kind: "choice", options: ["clear", "concern", "not_applicable"] },
      note,
    ],
  },
  {
    kind: "other_source",
    fixed: { found: [] },
    fields: [
      {
        key: "looked_in",
        kind: "choice",
        options: ["dispensing_history", "patient_report", "outside_record", "toxicology"],
      },
    ],
  },
  {
    kind: "other_source_found",
    fields: [
      {
        key: "looked_in",
        kind: "choice",
        options: ["dispensing_history", "patient_report", "outside_record", "toxicology"],
      },
      { key: "substance", kind: "text" },
      { key: "supplier", kind: "text" },
      { key: "kind", kind: "choice", options: ["ketamine", "opioid", "sedative", "stimulant", "other"] },
      { key: "dispensed", kind: "date", optional: true },
      { key: "for_home", kind: "yes", optional: true },
    ],
  },
  {
    kind: "medicine_changed",
    fields: [
      { key: "substance", kind: "choice", options: substances },
      { key: "name", kind: "text" },
      { key: "change", kind: "choice", options: ["started", "stopped"] },
      { key: "prescribed", kind: "choice", options: ["here", "elsewhere", "not_prescribed", "unknown"] },
      note,
    ],
  },
  {
    kind: "assay",
    fields: [
      { key: "analyte", kind: "choice", options: ["ketamine", "esketamine", "norketamine", "esnorketamine"] },
      { key: "site", kind: "choice", options: ["venous", "arterial"] },
      { key: "value", kind: "number", unit: "ng/mL" },
    ],
  },
  {
    kind: "lab_result",
    fields: [
      { key: "test", kind: "choice", options: ["alt", "alp", "bilirubin", "ggt", "ast"] },
      { key: "value", kind: "number", plain: true },
      { key: "upper_limit", kind: "number", plain: true },
      { key: "unit", kind: "text" },
    ],
  },
  {
    kind: "toxicology",
    fields: [
      { key: "specimen", kind: "choice", options: ["urine", "blood", "oral_fluid", "hair"] },
      { key: "confirmed", kind: "yes" },
      ...substances
        .filter((s) => s !== "other")
        .map((key) => ({ key, kind: "yes" as const, optional: true })),
    ],
  },
  {
    kind: "urine_test",
    fields: [
      { key: "infection", kind: "yes" },
      { key: "blood", kind: "yes" },
    ],
  },
  {
    kind: "circumstance",
    fields: [
      {
        key: "circumstance",
        kind: "choice",
        options: [
          "physical_illness",
          "pain",
          "poor_sleep",
          "job_loss",
          "bereavement",
          "hard_event",
          "travel",
          "anaesthetic",
          "carer_duty",
        ],
      },
      note,
    ],
  },
  {
    kind: "harm",
    fields: [
      {
        key: "harm",
        kind: "choice",
        options: ["overdose", "breathing", "emergency_visit", "admission", "accident", "self_harm"],
      },
      note,
    ],
  },
  {
    kind: "appointment_missed",
    fields: [
      { key: "reason", kind: "choice", options: ["no_word", "illness", "travel", "clinic", "other"] },
      note,
    ],
  },
];

// What the record calls it: two of the forms are one kind.
export const eventKind = (form: WriteForm): string =>
  form.kind === "other_source_found" ? "other_source" : form.kind;

export type Values = Record<string, string>;

function valueOf(field: FormField, text: string): unknown {
  if (field.kind === "yes") return text === "yes";
  if (field.kind !== "number") return text.trim();
  const value = parsed(text);
  return field.unit ? { value, unit: field.unit } : value;
}

// What was tested for, found or not; what has no answer was not tested for.
function tested({ specimen, confirmed, ...found }: Record<string, unknown>): Record<string, unknown> {
  return {
    specimen,
    confirmed,
    results: Object.entries(found).map(([substance, seen]) => ({ substance, found: seen })),
  };
}

export function bodyOf(form: WriteForm, values: Values): Record<string, unknown> {
  const body: Record<string, unknown> = { ...form.fixed };
  for (const field of form.fields) {
    const text = values[field.key] ?? "";
    if (text.trim() !== "") body[field.key] = valueOf(field, text);
  }
  if (form.kind === "toxicology") return tested(body);
  if (form.kind !== "other_source_found") return body;
  const { looked_in: lookedIn, ...found } = body;
  return { looked_in: lookedIn, found: [found] };
}

// Which fields keep the form from being sent.
export function faults(form: WriteForm, values: Values): string[] {
  const nothing = form.kind === "toxicology" && substances.every((s) => !values[s]);
  const empty = form.fields
    .filter((field) => {
      const text = (values[field.key] ?? "").trim();
      if (text === "") return !field.optional;
      return field.kind === "number" && (parsed(text) ?? -1) < 0;
    })
    .map((field) => field.key);
  return nothing ? [...empty, "results"] : empty;
}

export const firstValues = (form: WriteForm, me: string, plan: Plan | null): Values => {
  const values: Values = {};
  for (const field of form.fields) if (field.kind === "choice") values[field.key] = "";
  if (form.kind === "consent_recorded")
    return { ...values, explained_by: me, version: plan?.consent_version ?? "" };
  if (form.kind === "urine_test") return { infection: "", blood: "" };
  return values;
};
