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
  low: number; // what is taken
  high: number;
  reach: number; // no further digit is waited for above it; a higher number is typed on return to the field
  usual: [number, number]; // what lies outside is asked about once more
}

export const signs: Sign[] = [
  { key: "systolic_mmHg", unit: "mmHg", low: 30, high: 350, reach: 300, usual: [60, 240] },
  { key: "diastolic_mmHg", unit: "mmHg", low: 10, high: 250, reach: 200, usual: [30, 140] },
  { key: "heart_rate_per_min", unit: "/min", low: 10, high: 350, reach: 250, usual: [30, 200] },
  { key: "spo2_percent", unit: "%", low: 30, high: 100, reach: 100, usual: [70, 100] },
  { key: "respiratory_rate_per_min", unit: "/min", low: 0, high: 60, reach: 59, usual: [4, 40] },
  { key: "moaas", unit: "0–5", low: 0, high: 5, reach: 5, usual: [0, 5] },
];

export type Reading = Partial<Record<Sign["key"], string>>;

// Whether no further digits could make another number within reach: "1" of a breathing rate could become 14,
// "12" of a pressure wants a third digit, 98 % can become nothing else, nor can 6 to 9 breaths. A nought may
// stand before a digit: 08 is 8.
export function isWhole(sign: Sign, text: string): boolean {
  if (text === "") return false;
  const value = Number(text);
  if (value === 0) return sign.reach < 10 && sign.low === 0;
  for (
    let [from, to] = [value * 10, value * 10 + 9];
    from <= sign.reach;
    [from, to] = [from * 10, to * 10 + 9]
  ) {
    if (to >= sign.low) return false;
  }
  return true;
}

export const withoutNoughts = (text: string): string => text.replace(/^0+(?=\d)/, "");

export function typed(sign: Sign, text: string, digit: string): string {
  const next = withoutNoughts(text + digit);
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

// What may be right and may be a slip of the finger: the nurse is asked once before it is saved. A digit that
// went into the field before leaves the last one empty.
export type Doubt = { key: Sign["key"]; why: "unusual" | "last" };

export function doubtsOf(reading: Reading): Doubt[] {
  const given = (sign: Sign): boolean => (reading[sign.key] ?? "") !== "";
  const found: Doubt[] = signs
    .filter((sign) => given(sign))
    .filter(({ key, usual }) => Number(reading[key]) < usual[0] || Number(reading[key]) > usual[1])
    .map(({ key }) => ({ key, why: "unusual" }));
  const last = signs.at(-1) as Sign;
  const others = signs.filter((sign) => sign !== last);
  if (!given(last) && others.every(given)) found.push({ key: last.key, why: "last" });
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

// When a reading was taken, some minutes before: from then on it is held, however long the typing takes.
export function earlier(at: Date | null, minutes: number, now: Date): Date | null {
  const moved = new Date((at ?? now).getTime() - minutes * 60_000);
  return moved < now ? moved : null;
}
