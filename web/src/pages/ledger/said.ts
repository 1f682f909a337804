// An entry of the ledger in words.
import type { LedgerEvent } from "../../api/ledger";
import { num } from "../../format/number";
import { day } from "../../format/time";
import { t, word } from "../../texts";

export const kindWords = (kind: string): string => word(t().desk.ledger.kinds, kind);

export function fieldWords(key: string): string {
  const words = t().desk.ledger;
  const names: Record<string, string> = {
    lot: words.lot,
    drug: words.drug,
    strength: words.strength,
    as: words.strengthOf,
    vial_volume: words.vialVolume,
    vials: words.number,
    expires: words.expires,
    supplier: words.supplier,
    document: words.document,
    vial: words.vial,
    draw: words.syringe,
    volume: words.volume,
    session: words.session,
    patient: words.patient,
    reason: t().common.reason,
    count: words.count,
    part_vials: words.partVials,
    event: words.entry,
    witness: words.witness,
    checker: words.checker,
  };
  return word(names, key);
}

function value(v: unknown): string {
  const words = t().desk.ledger;
  if (Array.isArray(v)) return v.map(value).join(", ");
  if (typeof v === "number") return num(v);
  if (v === null || typeof v !== "object")
    return /^\d{4}-\d{2}-\d{2}$/.test(String(v)) ? day(String(v)) : String(v);
  const { value: amount, unit, as, ...rest } = v as Record<string, unknown>;
  if (unit === undefined) return Object.values(rest).map(value).join(" ");
  return [value(amount), unit, as && (as === "base" ? words.base : words.hydrochloride)]
    .filter(Boolean)
    .join(" ");
}

// Without who made it: that stands in a column of its own.
export const eventWords = ({ body }: Pick<LedgerEvent, "body">): string =>
  Object.entries(body)
    .filter(([key, v]) => key !== "by" && !(Array.isArray(v) && v.length === 0))
    .map(([key, v]) => `${fieldWords(key)} ${key === "drug" ? word(t().chart.plan.drugs, v) : value(v)}`)
    .join(", ");
