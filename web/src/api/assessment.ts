// evenkeel.assessment/1, the parts that the pages show (schema/assessment-1.schema.json).
import type { DoseReport } from "./dose";

export interface Action {
  who: string;
  what: string;
  by: string | null;
  urgent: boolean;
}
export interface HelpStep extends Action {
  id: string;
  title: string;
  basis: string;
  source: string;
}

export interface Finding {
  rule: string;
  rule_version: string;
  domain: string;
  level: number;
  text: string;
  since: string;
  events: string[];
  rival_explanation: string;
  next_step: string;
  sources: string[];
  evidence: string[];
  explained_by: string;
  slight: boolean;
  closed: { by: string; at: string; reason: string } | null;
}
export interface RuleResult {
  rule: string;
  version: string;
  title: string;
  outcome: "found" | "clear" | "not_judged";
  why: string;
  findings: Finding[];
}
export interface Due {
  what: string;
  state: string;
  last: string | null;
  next: string | null;
}
export interface Score {
  event: string;
  at: string;
  instrument: string;
  total: number | null;
  band: string;
  no_total_because: string;
}
export interface Course {
  phase: string;
  sessions_done: number;
  sessions_in_plan: number;
  next_session: Due | null;
  due: Due[];
  response: {
    instrument: string;
    baseline: Score | null;
    latest: Score | null;
    fall: number | null;
    response: boolean;
    remission: boolean;
  };
  notes: string[];
}
export interface PastSession {
  session: string;
  drug: string;
  start: string;
  end: string | null;
  weight_kg: number;
  ordered_mg: number;
  given_mg: number | null;
  dose_mg_per_kg: number;
  running: boolean;
  stopped: boolean;
  notes: { kind: string; text: string; source: string; label: string }[];
}
export interface ExposedSession {
  session: string;
  refused: { code: string; where: string; what: string } | null;
  cmax_ng_per_mL?: number;
  tmax_min?: number;
  curve?: [number, number][];
  cautions?: string[];
}
export interface Comparison {
  event: string;
  at: string;
  analyte: string;
  site: string;
  measured_ng_per_mL: number | null;
  lower_limit_ng_per_mL: number | null;
  predicted_ng_per_mL: number | null;
  ratio: number | null;
  not_compared: string;
}
export interface Band {
  p5: number;
  p50: number;
  p95: number;
}
export interface IndividualPoint {
  min: number;
  population_ng_per_mL: Band;
  patient_ng_per_mL: Band;
}
export interface Individual {
  measured: number;
  fits: boolean;
  fit_words: string;
  sessions: { session: string; points: IndividualPoint[] }[];
}
export interface Evidence {
  id: string;
  version: string;
  statement: string;
  grade: string;
  label: string;
  limits: string;
  sources: string[];
}

export interface Assessment {
  patient: string;
  now: string;
  born: string | null;
  protocol: string;
  level: number;
  level_name: string;
  actions: Action[];
  help: HelpStep[];
  rules: RuleResult[];
  course: Course | null;
  no_course_because: string;
  sessions: PastSession[];
  exposure: {
    model: {
      id: string;
      version: string;
      status: string;
      title: string;
      moiety: string;
      site: string;
      caveats: string[];
    } | null;
    refused: { code: string; where: string; what: string } | null;
    sessions: ExposedSession[];
    comparisons: Comparison[];
  };
  scores: Score[];
  entries: { event: string; at: string; text: string }[];
  missing: string[];
  set_aside: { line: number; event: string; error: { code: string; where: string; what: string } }[];
  evidence: Evidence[];
  individual: Individual | null;
  next_dose: DoseReport | null;
  no_next_dose_because: string;
}
