// Sentences that the server made, with moments and dates as the pages write them: in the reader's zone, and
// one way to say a date. A field of the record is said by its word.
import { t, word } from "../texts";
import { clock, day, moment } from "./time";

// A date or a moment by itself: what stands inside a longer word, as a session's name, is part of it.
const instant = /(?<![\w-])\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z/g;
const minute = /(?<![\w-])(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) UTC\b/g;
const time = /\b(\d{2}):(\d{2}) UTC\b/g;
const date = /(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])/g;
const field = /(?<![\w.-])[a-z]+(?:_[a-z]+)+(?=: )/g; // "infusion_length: ", before what is wrong with it
const arrow = /(\S+) -> (\S+)/g;

const half_day_ms = 12 * 3_600_000;

// That time of the day in UTC which is nearest to `around`: the zone's clock may stand otherwise in winter.
function nearest(hour: number, min: number, around: Date): Date {
  const at = new Date(around);
  at.setUTCHours(hour, min, 0, 0);
  const off = at.getTime() - around.getTime();
  const days = off > half_day_ms ? -1 : off < -half_day_ms ? 1 : 0;
  return new Date(at.getTime() + days * 2 * half_day_ms);
}

// `around`: when it was that the sentence tells of, for times that it gives without their day.
export function told(text: string, around: Date = new Date()): string {
  return text
    .replaceAll(instant, (at) => moment(at))
    .replaceAll(minute, (_, on: string, at: string) => moment(`${on}T${at}:00Z`))
    .replaceAll(time, (_, hour: string, min: string) => clock(nearest(Number(hour), Number(min), around)))
    .replaceAll(date, (at) => day(at))
    .replaceAll(field, (name) => word(t().chart.entries.fields, name))
    .replaceAll(arrow, "$1\u00a0→\u00a0$2");
}
