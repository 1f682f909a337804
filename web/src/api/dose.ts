// evenkeel.plan/1, the parts that the pages show (schema/plan-1.schema.json).
export interface KeptLimit {
  kind: string;
  origin: string;
  kept: boolean;
  share_used: number;
  seen: string;
  allowed: string;
}
export interface Candidate {
  mg: number;
  mg_per_kg: number;
  mL: number;
  minutes: number;
  profile: string;
  rates_mL_per_h: number[];
  highest_rate_mg_per_h: number;
  rise: boolean;
  second_signature: boolean;
  step_up_monitoring: boolean;
  why: string;
  aims: { met: boolean; text: string }[];
  limits: KeptLimit[];
  nearest_limit: string;
  predictions: { model: string; peak_ng_per_mL: { p5: number; p50: number; p95: number } }[];
}
export interface DoseReport {
  start: string;
  no_advice_because: { what: string; sentence: string }[];
  aims: string[];
  candidates: Candidate[];
  refused: { mg: number; minutes: number; profile: string; why: string }[];
  limits: { kind: string; value: number; unit: string; origin: string; label: string; source: string }[];
  questions: string[];
  notes: string[];
}
export interface DoseAnswer {
  asked_at: string;
  report: { next_dose: DoseReport | null; no_next_dose_because: string };
}
