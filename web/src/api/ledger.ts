// evenkeel.ledger-balance/1 (schema/ledger-balance-1.schema.json) and the ledger's events.
export interface Lot {
  lot: string;
  drug: string;
  strength_mg_mL: number;
  as: "base" | "hydrochloride";
  vial_mL: number;
  expires: string;
  counted: string | null;
  unopened_vials: number;
  in_taken_vials_mL: number;
  in_syringes_mL: number;
  held_mL: number;
  held_mg: number;
  held_base_mg: number;
  received_mL: number;
  given_mL: number;
  wasted_mL: number;
  returned_mL: number;
  destroyed_mL: number;
  found_by_counts_mL: number;
}
export interface OpenDraw {
  draw: string;
  lot: string;
  session: string;
  patient: string;
  by: string;
  at: string;
  open_mL: number;
  age_h: number;
}
export interface LedgerFinding {
  kind: string;
  needs_somebody: boolean;
  lot: string;
  of: string | null;
  at: string | null;
  volume_mL: number | null;
  people: string[];
  handled_by: string[];
  review: string | null;
  text: string;
}
export interface Balance {
  site: string;
  now: string;
  lots: Lot[];
  open_draws: OpenDraw[];
  findings: LedgerFinding[];
}
export interface LedgerEvent {
  id: string;
  at: string;
  recorded_at: string;
  recorded_by: string;
  kind: string;
  body: Record<string, unknown>;
}
export interface Ledger {
  version: number;
  balance: Balance;
  events: LedgerEvent[];
}
