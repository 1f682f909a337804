// The study as /api/public/study tells it.
export interface Level {
  id: string;
  title: string;
}
export interface Factor {
  id: string;
  title: string;
  levels: Level[];
}
export interface Arm {
  id: string;
  title: string;
  watched: boolean;
  levels: Record<string, string>;
}
export interface Supposed {
  name: string;
  words: string;
  unit: string;
  value: number;
  low: number;
  high: number;
  source: string;
  label: string;
}
export interface Behaviour {
  id: string;
  title: string;
  story: string;
  truth: string;
  share: number;
}
export interface Study {
  id: string;
  version: string;
  title: string;
  question: string;
  assumed: string[];
  patients: number;
  weeks: number;
  seed: string;
  model: string;
  dependence_harm: number;
  reference: string;
  factors: Factor[];
  arms: Arm[];
  behaviours: Behaviour[];
  supposed: Supposed[];
  sources: { key: string; citation: string }[];
}
export interface Estimate {
  value: number;
  low: number;
  high: number;
}
export interface Outcome {
  watched: boolean;
  signs: { of: number; in_time: number; late: number; unnoticed: number };
  others: { of: number; looked_at: number };
  harm: { count: number; of: number };
  noticed_by_day: [number, number][];
  delay_days: Estimate | null;
  false_alarms_a_year: Estimate | null;
  mean_clinic_mg: number;
  mean_outside_mg: number;
  mean_sessions: number;
  mean_uses: number;
  hours_above_100: { p05: number; median: number; p95: number } | null;
  peak_ng_mL: { p05: number; median: number; p95: number } | null;
  mean_phq9_gain: number;
}
export interface ArmState {
  arm: string;
  lived: number;
  of: number;
  outcome: Outcome | null;
}
