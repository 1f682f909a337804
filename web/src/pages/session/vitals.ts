// The signs of a reading and how digits are typed into them: the next field comes by itself as soon as a
// number is whole.
export interface Sign {
  key:
    | "systolic_mmHg"
    | "diastolic_mmHg"
    | "heart_rate_per_min"
    | "spo2_percent"
    | "respiratory_rate_per_min"
    | "moaas";
  unit: string;
  low: number;
  high: number;
}

export const signs: Sign[] = [
  { key: "systolic_mmHg", unit: "mmHg", low: 30, high: 350 },
  { key: "diastolic_mmHg", unit: "mmHg", low: 10, high: 250 },
  { key: "heart_rate_per_min", unit: "/min", low: 10, high: 350 },
  { key: "spo2_percent", unit: "%", low: 30, high: 100 },
  { key: "respiratory_rate_per_min", unit: "/min", low: 0, high: 99 },
  { key: "moaas", unit: "0–5", low: 0, high: 5 },
];

export type Reading = Partial<Record<Sign["key"], string>>;

// Whether no further digits could make another number within the sign's bounds: "1" of a breathing rate could
// become 14, "12" of a pressure wants a third digit, 98 % can become nothing else.
export function isWhole(sign: Sign, text: string): boolean {
  if (text === "") return false;
  const value = Number(text);
  if (value === 0) return sign.low === 0; // no number goes on after a leading zero
  for (
    let [from, to] = [value * 10, value * 10 + 9];
    from <= sign.high;
    [from, to] = [from * 10, to * 10 + 9]
  ) {
    if (to >= sign.low) return false;
  }
  return true;
}

export function typed(sign: Sign, text: string, digit: string): string {
  const next = (text + digit).replace(/^0+(?=\d)/, "");
  return next.length > String(sign.high).length ? text : next;
}

export type Fault = { key: Sign["key"]; why: "range" | "pair" | "order" };

export function faultsOf(reading: Reading): Fault[] {
  const found: Fault[] = [];
  for (const sign of signs) {
    const text = reading[sign.key] ?? "";
    if (text === "") continue;
    const value = Number(text);
    if (!Number.isInteger(value) || value < sign.low || value > sign.high)
      found.push({ key: sign.key, why: "range" });
  }
  const { systolic_mmHg: top = "", diastolic_mmHg: foot = "" } = reading;
  if ((top === "") !== (foot === ""))
    found.push({ key: top === "" ? "systolic_mmHg" : "diastolic_mmHg", why: "pair" });
  else if (top !== "" && Number(foot) >= Number(top)) found.push({ key: "diastolic_mmHg", why: "order" });
  return found;
}

export const isEmpty = (reading: Reading): boolean => signs.every((sign) => (reading[sign.key] ?? "") === "");

export function bodyOf(session: string, reading: Reading): Record<string, unknown> {
  const body: Record<string, unknown> = { session };
  for (const sign of signs) {
    const text = reading[sign.key] ?? "";
    if (text !== "") body[sign.key] = Number(text);
  }
  return body;
}

export function labelOf(reading: Reading): string {
  const { systolic_mmHg: top, diastolic_mmHg: foot, ...rest } = reading;
  const parts = top ? [`${top}/${foot ?? ""} mmHg`] : [];
  for (const sign of signs.slice(2)) {
    const text = rest[sign.key as keyof typeof rest];
    if (text) parts.push(sign.key === "moaas" ? `MOAA/S ${text}` : `${text} ${sign.unit}`);
  }
  return parts.join(", ");
}
