// From the assessment and the events to what the timeline draws. Pure, so that the tests can hold it.
import type { Assessment } from "../../api/assessment";
import type { Instrument } from "../../api/instrument";
import type { RecordEvent } from "../../api/types";
import { valid } from "./in_error";

export interface DosePoint {
  at: number;
  mg: number | null;
  mg_per_kg: number | null;
  ordered_mg: number;
  stopped: boolean;
  session: string;
}
export interface LevelPoint {
  at: number;
  median: number | null;
  low: number | null;
  high: number | null;
}
export interface Measured {
  at: number;
  value: number;
  site: string;
  analyte: string;
}
export interface ScorePoint {
  at: number;
  total: number;
  band: string;
}
export interface Pressure {
  at: number;
  systolic: number;
  diastolic: number;
}

export const seconds = (at: string): number => Date.parse(at) / 1000;

export function doses(assessment: Assessment): DosePoint[] {
  return assessment.sessions
    .map((s) => ({
      at: seconds(s.start),
      mg: s.given_mg,
      mg_per_kg: s.given_mg === null || s.weight_kg <= 0 ? null : s.given_mg / s.weight_kg,
      ordered_mg: s.ordered_mg,
      stopped: s.stopped,
      session: s.session,
    }))
    .sort((a, b) => a.at - b.at);
}

// One line through all sessions with a gap after each. Where the patient's own estimate exists its band is
// taken, for it rests on what was measured; else the model's curve alone.
export function levels(assessment: Assessment): LevelPoint[] {
  const starts = new Map(assessment.sessions.map((s) => [s.session, seconds(s.start)]));
  const own = new Map((assessment.individual?.sessions ?? []).map((s) => [s.session, s.points]));
  const parts: LevelPoint[][] = [];
  for (const exposed of assessment.exposure.sessions) {
    const start = starts.get(exposed.session);
    if (start === undefined || exposed.refused) continue;
    const points = own.get(exposed.session);
    const part: LevelPoint[] = points
      ? points.map((p) => ({
          at: start + p.min * 60,
          median: p.patient_ng_per_mL.p50,
          low: p.patient_ng_per_mL.p5,
          high: p.patient_ng_per_mL.p95,
        }))
      : exposed.curve.map(([min, level]) => ({
          at: start + min * 60,
          median: level,
          low: null,
          high: null,
        }));
    if (part.length > 0) parts.push(part);
  }
  parts.sort((a, b) => (a[0]?.at ?? 0) - (b[0]?.at ?? 0));
  return joined(parts);
}

// Times must rise for the plot; a gap is a point without a value.
function joined(parts: LevelPoint[][]): LevelPoint[] {
  const all: LevelPoint[] = [];
  for (const part of parts) {
    const end = all.at(-1)?.at ?? -Infinity;
    const rest = part.filter((point) => point.at > end);
    if (all.length > 0 && rest.length > 0) all.push({ at: end + 1, median: null, low: null, high: null });
    all.push(...rest.filter((point) => point.at > (all.at(-1)?.at ?? -Infinity)));
  }
  return all;
}

export function measured(assessment: Assessment): Measured[] {
  return assessment.exposure.comparisons
    .filter((c) => c.measured_ng_per_mL !== null)
    .map((c) => ({
      at: seconds(c.at),
      value: c.measured_ng_per_mL as number,
      site: c.site,
      analyte: c.analyte,
    }))
    .sort((a, b) => a.at - b.at);
}

export function scores(assessment: Assessment, instrument: string): ScorePoint[] {
  return assessment.scores
    .filter((s) => s.instrument === instrument && s.total !== null)
    .map((s) => ({ at: seconds(s.at), total: s.total as number, band: s.band }))
    .sort((a, b) => a.at - b.at);
}

export function instruments(assessment: Assessment): string[] {
  const seen = new Set(assessment.scores.map((s) => s.instrument));
  const endpoint = assessment.course?.response.instrument;
  if (endpoint) seen.delete(endpoint);
  return [...(endpoint ? [endpoint] : []), ...[...seen].sort()];
}

// A fall to this score counts as response; below the other, as remission.
export interface ScoreLines {
  response: number | null;
  remission: number | null;
}
export function scoreLines(
  { course }: Pick<Assessment, "course">,
  instrument: Pick<Instrument, "id" | "scoring"> | undefined,
): ScoreLines {
  const before = course?.response.instrument === instrument?.id ? course?.response.baseline?.total : null;
  const fall = instrument?.scoring.response?.value;
  return {
    response: before != null && fall !== undefined ? before * (1 - fall / 100) : null,
    remission: instrument?.scoring.remission_below?.value ?? null,
  };
}

// Readings that were entered in error do not count.
export function pressures(events: RecordEvent[]): Pressure[] {
  const found: Pressure[] = [];
  for (const event of valid(events)) {
    if (event.kind !== "vital_signs") continue;
    const { systolic_mmHg: systolic, diastolic_mmHg: diastolic } = event.body;
    if (systolic === undefined || diastolic === undefined) continue;
    found.push({ at: seconds(event.at), systolic, diastolic });
  }
  return found.sort((a, b) => a.at - b.at);
}

// A plot's times must rise: two readings of one second stand a thousandth apart.
export function rising(times: number[]): number[] {
  let last = -Infinity;
  return times.map((time) => (last = time > last ? time : last + 0.001));
}

// The window of everything that has a time, with a margin.
export function extent(times: number[], now: number): [number, number] {
  const low = Math.min(now, ...(times.length ? [times.reduce((a, b) => Math.min(a, b))] : []));
  const high = Math.max(now, times.length ? times.reduce((a, b) => Math.max(a, b)) : now);
  const margin = Math.max(3600, (high - low) * 0.02);
  return [low - margin, high + margin];
}
