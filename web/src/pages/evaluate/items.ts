// The items of an instrument in their order, and which of them are asked. The scoring is the server's.
import type { Instrument, Item } from "../../api/instrument";
import { t } from "../../texts";

export type Answers = Record<string, number>;
export interface Line {
  item: Item;
  above: Item[];
}

export const lead = new Set<Item["type"]>(["choice", "integer", "boolean"]);

export function lines(instrument: Instrument): Line[] {
  const walk = (items: Item[], above: Item[]): Line[] =>
    items.flatMap((item) => [{ item, above }, ...walk(item.item ?? [], [...above, item])]);
  return walk(instrument.questionnaire.item, []);
}

export function ordinal(option: NonNullable<Item["answerOption"]>[number]): number {
  const found = option.extension?.find((e) => e.url.endsWith("/ordinalValue"));
  return found?.valueDecimal ?? NaN;
}

export function optionsOf(item: Item): [number, string][] {
  if (item.type === "boolean")
    return [
      [1, t().open.questions.yes],
      [0, t().open.questions.no],
    ];
  return (item.answerOption ?? []).map((o) => [ordinal(o), o.valueCoding.display ?? o.valueCoding.code]);
}

export function bounds(item: Item): [number, number] {
  const of = (end: string): number =>
    item.extension?.find((e) => e.url.endsWith(`/${end}`))?.valueInteger ?? 0;
  return [of("minValue"), of("maxValue")];
}

type Condition = NonNullable<Item["enableWhen"]>[number];

function holds(condition: Condition, answers: Answers, instrument: Instrument): boolean {
  const seen = answers[condition.question];
  const asked = lines(instrument).find((line) => line.item.linkId === condition.question)?.item;
  const coded = asked?.answerOption?.find((o) => o.valueCoding.code === condition.answerCoding?.code);
  const want =
    condition.answerBoolean !== undefined
      ? Number(condition.answerBoolean)
      : condition.answerInteger !== undefined
        ? condition.answerInteger
        : coded
          ? ordinal(coded)
          : NaN;
  if (seen === undefined) return false;
  return condition.operator === "=" ? seen === want : seen !== want;
}

function enabled(item: Item, answers: Answers, instrument: Instrument): boolean {
  const conditions = item.enableWhen ?? [];
  if (conditions.length === 0) return true;
  const each = (c: Condition): boolean => holds(c, answers, instrument);
  return item.enableBehavior === "any" ? conditions.some(each) : conditions.every(each);
}

export const isAsked = (line: Line, answers: Answers, instrument: Instrument): boolean =>
  [...line.above, line.item].every((item) => enabled(item, answers, instrument));

export function missingOf(instrument: Instrument, answers: Answers): string[] {
  return lines(instrument)
    .filter(
      (l) =>
        lead.has(l.item.type) &&
        l.item.required &&
        isAsked(l, answers, instrument) &&
        answers[l.item.linkId] === undefined,
    )
    .map((l) => l.item.linkId);
}

// Only what is asked is sent: an answer to a question that fell away would contradict the others.
export function asked(instrument: Instrument, answers: Answers): Answers {
  const kept = lines(instrument).filter((l) => lead.has(l.item.type) && isAsked(l, answers, instrument));
  return Object.fromEntries(
    kept.flatMap((l) => {
      const value = answers[l.item.linkId];
      return value === undefined ? [] : [[l.item.linkId, value] as const];
    }),
  );
}
