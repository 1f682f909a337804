// A leading zero, no trailing one (0.5 mg, 5 mg), no grouping that could be read as a decimal mark.
import { language } from "../texts";

const locale = (): string => (language.value === "de" ? "de-DE" : "en-GB");

// Formatters are made once: each costs more than a thousand uses of it.
const made = new Map<string, Intl.NumberFormat>();
function formatter(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale()} ${JSON.stringify(options)}`;
  const kept = made.get(key) ?? new Intl.NumberFormat(locale(), { ...options, useGrouping: false });
  made.set(key, kept);
  return kept;
}

export const num = (x: number, decimals = 3): string =>
  formatter({ maximumFractionDigits: decimals }).format(x);

export const numOrDash = (x: number | null): string => (x === null ? "–" : num(x));

// What a model computed: three digits are as many as it knows.
export const three = (x: number): string => formatter({ maximumSignificantDigits: 3 }).format(x);

// What somebody typed, with either decimal mark; null where it is no number.
export function parsed(text: string): number | null {
  const plain = text.trim().replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

export const withUnit = (x: number, unit: string, decimals = 3): string => `${num(x, decimals)}\u00a0${unit}`;

// 504 h is 21 d to whoever plans a course; what is no whole number of days stays in hours.
export const inDays = (x: number, unit: string): string =>
  unit === "h" && x >= 48 && x % 24 === 0 ? withUnit(x / 24, "d") : withUnit(x, unit);
