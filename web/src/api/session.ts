// evenkeel.session/1 (schema/session-1.schema.json).
export interface Source {
  source: string;
  label: string;
  note?: string;
}
export type Consequence = "advise" | "decide" | "block" | "hold" | "stop";

export interface Gate {
  id: string;
  gate: string;
  outcome: "passed" | "failed" | "missing" | "stale" | "not_applicable";
  consequence: Consequence;
  lets_start: boolean;
  text: string;
  basis: string[];
  decision: { event: string; at: string; go_on: boolean; clinician: string; reason: string } | null;
  source: Source;
}
export interface Firing {
  rule: string;
  event: string;
  at: string;
  value: number | null;
  limit: number | null;
  consequence: Consequence;
  text: string;
  action: string;
  answer: "none" | "paused" | "ended" | "decided" | "not_asked";
  answered_by: string;
  open: boolean;
  source: Source;
}
export interface VitalsDue {
  what: string;
  due: string;
  state: "taken" | "late" | "missing" | "overdue" | "to_come";
  taken: string | null;
  source: Source;
}
export interface Criterion {
  id: string;
  met: "met" | "not_met" | "unknown";
  text: string;
  source: Source;
}
export interface Flowsheet {
  start: string;
  ended: string | null;
  ordered_base_mg: number;
  ordered_length_min: number;
  drug: string;
  route: string;
  given_base_mg: number | null;
  left_base_mg: number | null;
  rate_base_mg_per_h: number;
  note: string;
  hold_asked: boolean;
  stop_asked: boolean;
  firings: Firing[];
  vital_signs_due: VitalsDue[];
  observe_until: string | null;
  may_discharge: boolean;
  discharge: Criterion[];
}
export interface SessionSheet {
  patient: string;
  session: string;
  protocol: string;
  now: string;
  state:
    | "not_arrived"
    | "checked_in"
    | "pre_checks"
    | "ready"
    | "infusing"
    | "observing"
    | "discharged"
    | "stopped"
    | "cancelled";
  ended: boolean;
  gates: Gate[];
  flowsheet: Flowsheet | null;
}
