// What a printed visit says of the dose: as it was made ready, as it was started, as it ended. An amount in
// mg is of the base.
import type { RecordEvent, SessionPage } from "../../api/types";
import { num, withUnit } from "../../format/number";
import { clock } from "../../format/time";
import { t, word } from "../../texts";

export type Fact = readonly [name: string, value: string];
type Kind = RecordEvent["kind"];
type Of<K extends Kind> = Extract<RecordEvent, { kind: K }>;

// The last of its kind.
export const find = <K extends Kind>(events: RecordEvent[], kind: K): Of<K> | undefined =>
  events.findLast((event): event is Of<K> => event.kind === kind);

const base = (amount: { value: number; unit: string }): string =>
  `${withUnit(amount.value, amount.unit)} ${t().chart.plan.base}`;

export function madeReady({ events }: SessionPage): Fact[] {
  const made = find(events, "session_ready");
  if (!made) return [];
  const words = t().session.start;
  const { dose, infusion_length: length, concentration, second_checker: second } = made.body;
  const volume = dose.unit === "mg" ? withUnit(dose.value / concentration.value, "mL") : "–";
  return [
    [t().print.drawnUp, `${base(dose)}, ${withUnit(length.value, length.unit)}, ${volume}`],
    [words.strength, base(concentration)],
    [t().print.drawnBy, `${made.recorded_by}, ${clock(made.at)}`],
    [words.second, second],
  ];
}

export function given({ events }: SessionPage): Fact[] {
  const started = find(events, "session_started");
  if (!started) return [];
  const ended = find(events, "session_ended");
  const { drug, route, dose, weight, infusion_length: length } = started.body;
  const perKg = dose.unit === "mg" ? `, ${num(dose.value / weight.value, 3)} mg/kg` : "";
  const words = t().print;
  return [
    [t().chart.plan.drug, `${word(t().chart.plan.drugs, drug)}, ${word(words.routes, route)}`],
    [words.weight, withUnit(weight.value, weight.unit)],
    [words.ordered, `${base(dose)}${perKg}, ${withUnit(length.value, length.unit)}`],
    [words.started, `${clock(started.at)}, ${started.recorded_by}`],
    [
      words.given,
      ended
        ? `${base(ended.body.given)}, ${t().session.infusion[ended.body.completion]}, ` +
          `${clock(ended.at)}, ${ended.recorded_by}`
        : words.runs,
    ],
  ];
}

// What stands in no part of its own.
const elsewhere = new Set<Kind>(["pre_check", "vital_signs", "session_discharged"]);
export const others = (events: RecordEvent[]): RecordEvent[] =>
  events.filter((event) => !elsewhere.has(event.kind));
