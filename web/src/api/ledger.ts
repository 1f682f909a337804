import type { Ledger, Reconciled } from "../../generated/api";

export type { Ledger };
export type GivenCheck = Reconciled["checks"][number];
export type LedgerEvent = Ledger["events"][number];
export type Lot = Ledger["balance"]["lots"][number];
export type OpenDraw = Ledger["balance"]["open_draws"][number];
export type LedgerFinding = Ledger["balance"]["findings"][number];
