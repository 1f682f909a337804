// A weight that lies far from the last one is more often a slip than a change.
export interface WeightDoubt {
  from_kg: number;
  to_kg: number;
  days: number | null; // between the two; null: not known when the last was taken
  percent: number; // of the last, with its sign
}

const most = 0.1; // of the last weight

export function weightDoubt(
  to_kg: number,
  last: { weight_kg: number | null; weighed: string | null } | null,
  now: Date,
): WeightDoubt | null {
  const from_kg = last?.weight_kg ?? null;
  if (from_kg === null || from_kg <= 0) return null;
  const change = (to_kg - from_kg) / from_kg;
  if (Math.abs(change) <= most + 1e-9) return null;
  const weighed = last?.weighed ? Date.parse(last.weighed) : Number.NaN;
  const days = Number.isNaN(weighed) ? null : Math.max(0, Math.round((now.getTime() - weighed) / 86_400_000));
  return { from_kg, to_kg, days, percent: Math.round(change * 100) };
}
