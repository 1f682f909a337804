// Times on the pages: the 24-hour clock of the reader's zone, whose name stands in the page's head.
import { language } from "../texts";

const pad = (n: number): string => String(n).padStart(2, "0");
const locale = (): string => (language.value === "de" ? "de-DE" : "en-GB");

export function clock(at: string | number | Date): string {
  const d = new Date(at);
  return Number.isNaN(d.getTime()) ? "–" : `${pad(d.getHours())}:${pad(d.getMinutes())}`;
}

// Made once a language: a formatter costs as much as a thousand uses of it.
const days = new Map<string, Intl.DateTimeFormat>();
function dayFormat(): Intl.DateTimeFormat {
  const kept = days.get(locale());
  if (kept) return kept;
  const made = new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short", year: "numeric" });
  days.set(locale(), made);
  return made;
}

export function day(at: string | number | Date): string {
  // A date without a time is that day wherever it is read.
  const d =
    typeof at === "string" && /^\d{4}-\d{2}-\d{2}$/.test(at) ? new Date(`${at}T12:00:00`) : new Date(at);
  if (Number.isNaN(d.getTime())) return "–";
  return dayFormat().format(d);
}

export const moment = (at: string | number | Date): string => `${day(at)}, ${clock(at)}`;

export function isoDay(at: Date): string {
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}

// Both ends of a day of the reader's zone; where the clock is put forward or back it has another length.
export function dayBounds(isoDate: string): { from: string; until: string } {
  const from = new Date(`${isoDate}T00:00:00`);
  const until = new Date(from);
  until.setDate(until.getDate() + 1);
  return { from: rfc(from), until: rfc(until) };
}

// Its name at that moment: in summer it has another one.
export function zone(at: string | number | Date): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" }).formatToParts(new Date(at));
  return parts.find((part) => part.type === "timeZoneName")?.value ?? "";
}

export function age(born: string, now: Date): number {
  const b = new Date(`${born}T12:00:00`);
  const before =
    now.getMonth() < b.getMonth() || (now.getMonth() === b.getMonth() && now.getDate() < b.getDate());
  return now.getFullYear() - b.getFullYear() - (before ? 1 : 0);
}

// "3 min", "2 h 05 min", "4 d": the unit that one reads at a glance.
export function span(ms: number): string {
  const min = Math.max(0, Math.floor(ms / 60_000));
  if (min < 60) return `${min} min`;
  if (min < 48 * 60) return `${Math.floor(min / 60)} h ${pad(min % 60)} min`;
  return `${Math.floor(min / 1440)} d`;
}

// A moment of today from "09:05" on the reader's clock; the day before where that would lie ahead.
export function momentOf(hhmm: string, now: Date): Date | null {
  const parts = /^(\d{1,2}):?(\d{2})$/.exec(hhmm.trim());
  if (!parts) return null;
  const [hour, minute] = [Number(parts[1]), Number(parts[2])];
  if (hour > 23 || minute > 59) return null;
  const found = new Date(now);
  found.setHours(hour, minute, 0, 0);
  if (found.getTime() > now.getTime() + 60_000) found.setDate(found.getDate() - 1);
  return found;
}

export const rfc = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, "Z");
