// A leading zero, no trailing one (0.5 mg, 5 mg), no grouping that could be read as a decimal mark.
import { language } from "../texts";

const locale = (): string => (language.value === "de" ? "de-DE" : "en-GB");

export function num(x: number, decimals = 3): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: decimals, useGrouping: false }).format(x);
}

// What a model computed: three digits are as many as it knows.
export function three(x: number): string {
  return new Intl.NumberFormat(locale(), { maximumSignificantDigits: 3, useGrouping: false }).format(x);
}

// What somebody typed, with either decimal mark; null where it is no number.
export function parsed(text: string): number | null {
  const plain = text.trim().replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

export const withUnit = (x: number, unit: string, decimals = 3): string => `${num(x, decimals)}\u00a0${unit}`;
