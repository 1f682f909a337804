// What the server answers, as schema/api-1.schema.json says it. Only what is shown.
import type { Assessment } from "./assessment";
import type { SessionSheet } from "./session";

export type Role =
  | "prescriber"
  | "nurse"
  | "therapist"
  | "pharmacist"
  | "front-desk"
  | "laboratory"
  | "auditor"
  | "administrator";

export interface Me {
  name: string;
  display: string;
  role: Role;
  rights: string[];
  writes: string[];
  must_change_password: boolean;
  second_factor: boolean;
  csrf: string;
  locked: boolean;
  idle_lock_s: number;
  ends_at: string;
  site: string;
  demo: boolean;
  now: string;
}

export interface Problem {
  title: string;
  status: number;
  code: string;
  detail: string;
  field?: string;
  errors?: { code: string; field: string; detail: string }[];
}

export interface TodaySession {
  patient: string;
  name: string;
  session: string;
  at: string;
  place?: string;
  state: string;
  due?: string;
  hold_asked?: boolean;
  stop_asked?: boolean;
  next_vitals_due?: string;
}
export interface TodayDue {
  patient: string;
  name: string;
  what: string;
  due?: string;
  overdue_days: number;
  by?: string;
}
export interface TodayPerson {
  patient: string;
  name: string;
  level: number;
  action: string;
  by_role?: string;
  look_by?: string;
  overdue: boolean;
  findings: { rule: string; title: string; level: number }[];
}
export interface Today {
  now: string;
  day: string;
  sessions: TodaySession[];
  due?: TodayDue[];
  people?: TodayPerson[];
}

export interface Person {
  patient: string;
  name: string;
  born?: string;
  sex?: string;
  level?: number;
}
export interface PatientList {
  patients: Person[];
  next?: string;
}

export interface Amount {
  value: number;
  unit: string;
  as?: string;
}
export interface Plan {
  protocol: string;
  protocol_version: string;
  drug: string;
  indication: string;
  prior_treatments?: string[];
  endpoint: { instrument: string; target: string };
  dose?: Amount;
  fixed_dose?: Amount;
  infusion_length: Amount;
  weight_basis: string;
  planned_sessions: number;
  interval: Amount;
  stop_date: string;
  next_review: string;
  responsible_clinician: string;
  consent_version: string;
  other_care?: string;
}

export interface RecordEvent {
  id: string;
  version: number;
  at: string;
  recorded_at: string;
  recorded_by: string;
  kind: string;
  body: Record<string, unknown>;
}
export interface Events {
  version: number;
  events: RecordEvent[];
}

export interface Chart {
  person: Person;
  version: number;
  now: string;
  assessment: Assessment;
  plan: Plan | null;
  events: number;
}

export interface Vitals {
  at: string;
  event: string;
  systolic_mmHg?: number;
  diastolic_mmHg?: number;
  heart_rate_per_min?: number;
  spo2_percent?: number;
  respiratory_rate_per_min?: number;
  moaas?: number;
}
export interface Ready {
  base_mg: number;
  length_min: number;
  base_mg_per_mL: number;
  volume_mL: number;
  rate_base_mg_per_h: number;
  rate_mL_per_h: number;
  base_mg_per_kg: number;
  weight_kg: number;
  second: string;
  by: string;
}
export interface Planned {
  base_mg: number;
  length_min: number;
  base_mg_per_kg?: number;
  weight_kg: number;
  drug: string;
  protocol: string;
}
export interface SessionPage {
  person: Person;
  version: number;
  session: SessionSheet;
  place?: string;
  writes: string[];
  planned: Planned | null;
  ready: Ready | null;
  vitals: Vitals[];
  signs: { id: string; text: string }[];
  events: RecordEvent[];
}
export interface Curve {
  model?: string;
  analyte?: string;
  site?: string;
  unit?: string;
  start?: string;
  note?: string;
  minutes?: number[];
  median?: number[];
  low?: number[];
  high?: number[];
  measured?: { at_min: number; value: number }[];
  reason?: string;
}
export interface Written {
  event: string;
  version: number;
  score?: { total: number | null; status: string; urgent: string[] };
}

export interface AuditEntry {
  number: number;
  action: string;
  actor: string;
  role: string;
  purpose?: string;
  subject?: string;
  detail?: string;
  at: string;
  written?: string;
  clock_stepped_back?: boolean;
  hash: string;
}
export interface Verified {
  good: boolean;
  entries: number;
  head: { number: number; hash: string };
  faults: string[];
}
export interface User {
  name: string;
  display: string;
  role: Role;
  enabled: boolean;
  second_factor: boolean;
  locked_until?: string | null;
  must_change_password: boolean;
  patients?: string[] | null;
  version: number;
}
export interface Library {
  kinds: { kind: string; entries: LibraryEntry[] }[];
}
export interface LibraryEntry {
  id: string;
  version: string;
  status: string;
  title: string;
}
