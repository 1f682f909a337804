// An entry's body in words, for those that the assessment does not list.
import type { Assessment } from "../../api/assessment";
import type { RecordEvent } from "../../api/types";
import { num } from "../../format/number";
import { day } from "../../format/time";
import { t, word } from "../../texts";
import { labelOf, type Reading } from "../session/vitals";

export type Score = Assessment["scores"][number];

// What is chosen from a list is one word without spaces; anything else somebody typed, and stands as it is.
function choice(field: string, v: string): string {
  const { chart, common, print, session } = t();
  const lists: Record<string, Record<string, string>> = {
    check: session.gates.checks,
    completion: { completed: session.infusion.completed, stopped: session.infusion.stopped },
    decision: chart.review.decided,
    departure: session.infusion.departures,
    drug: chart.plan.drugs,
    moment: chart.evaluate.moments,
    change_reason: chart.planning.reasons,
    route: print.routes,
    sex: common.sex,
    target: chart.plan.targets,
    weight_basis: chart.plan.bases,
  };
  const typed = field === "note" || !/^[a-z]+([_-][a-z]+)*$/.test(v);
  return typed ? v : word(lists[field] ?? { ...chart.planning.reasons, ...chart.write.options }, v);
}

function value(v: unknown, field: string): string {
  if (v === null || v === undefined) return "";
  if (Array.isArray(v)) return v.length === 0 ? t().common.none : v.map((x) => value(x, field)).join(", ");
  if (typeof v === "number") return num(v);
  if (typeof v === "boolean") return v ? t().common.yes : t().common.no;
  if (typeof v === "string") return /^\d{4}-\d{2}-\d{2}$/.test(v) ? day(v) : choice(field, v);
  return among(v as Record<string, unknown>);
}

function among(o: Record<string, unknown>): string {
  if ("value" in o && "unit" in o)
    return [value(o["value"], ""), o["unit"], o["as"] && t().chart.plan.base].filter(Boolean).join(" ");
  return Object.entries(o)
    .map(([k, x]) => `${word(t().chart.entries.fields, k)} ${value(x, k)}`)
    .join(", ");
}

function vitalSigns(body: Record<string, unknown>): string {
  const { session, ...rest } = body;
  const signs = Object.fromEntries(Object.entries(rest).map(([key, v]) => [key, String(v)]));
  return [session, labelOf(signs as Reading)].filter(Boolean).join(": ");
}

// `score` is what the server made of an evaluation; `shortName` names its instrument.
export function said(
  event: RecordEvent,
  score: Score | undefined,
  shortName: (id: string) => string,
): string {
  const words = t().chart;
  if (event.kind === "vital_signs") return vitalSigns(event.body);
  if (event.kind === "evaluation" && score) {
    const asked = `${shortName(score.instrument)}, ${word(words.evaluate.moments, event.body.moment)}`;
    if (score.total === null) return `${asked}: ${score.no_total_because ?? ""}`;
    return `${asked}: ${num(score.total)}${score.band ? `, ${score.band}` : ""}`;
  }
  return Object.entries(event.body)
    .map(([key, v]) => `${word(words.entries.fields, key)}: ${value(v, key)}`)
    .join("; ");
}
