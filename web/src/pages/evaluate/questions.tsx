// Any instrument from its data: choices, numbers, yes or no, groups, and questions that are asked only after
// some answers.
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { Instrument } from "../../api/instrument";
import { t } from "../../texts";
import { Shape } from "../../ui/basic";
import { bounds, isAsked, lead, lines, optionsOf, type Answers, type Line } from "./items";

const wide = 11;

interface FieldOf {
  line: Line;
  value: number | undefined;
  set: (v: number) => void;
  name: string;
}

// Small whole numbers are touched, not typed.
function Numbers({ line, value, set, name }: FieldOf): JSX.Element {
  const [low, high] = bounds(line.item);
  if (high - low < wide) {
    return (
      <div class="scale">
        {Array.from({ length: high - low + 1 }, (_, i) => low + i).map((n) => (
          <label key={n}>
            <input type="radio" name={name} checked={value === n} onChange={() => set(n)} />
            <span>{n}</span>
          </label>
        ))}
      </div>
    );
  }
  return (
    <input
      type="number"
      min={low}
      max={high}
      step={1}
      value={value ?? ""}
      aria-label={t().open.questions.of(low, high)}
      onInput={(e) => {
        const typed = e.currentTarget.valueAsNumber;
        if (Number.isInteger(typed)) set(typed);
      }}
    />
  );
}

function Choice({ line, value, set, name }: FieldOf): JSX.Element {
  return (
    <div class="options">
      {optionsOf(line.item).map(([n, text]) => (
        <label key={n}>
          <input type="radio" name={name} checked={value === n} onChange={() => set(n)} />
          <span>{text}</span>
          {line.item.type === "choice" && (
            <span class="ordinal" aria-hidden="true">
              {n}
            </span>
          )}
        </label>
      ))}
    </div>
  );
}

function Question({
  line,
  number,
  value,
  set,
  missing,
}: {
  line: Line;
  number: number;
  value: number | undefined;
  set: (v: number) => void;
  missing: boolean;
}): JSX.Element {
  const name = useId();
  const { item } = line;
  const words = t().open.questions;
  return (
    <fieldset class={`question ${missing ? "missing" : ""}`} id={`q-${item.linkId}`}>
      <legend>
        <span class="q-number">{number}.</span> {item.text}
      </legend>
      {missing && (
        <p class="error">
          <Shape tone="bad" />
          {words.required}
        </p>
      )}
      {item.type === "integer" ? (
        <Numbers line={line} value={value} set={set} name={name} />
      ) : (
        <Choice line={line} value={value} set={set} name={name} />
      )}
    </fieldset>
  );
}

function Text({ line }: { line: Line }): JSX.Element {
  const { item } = line;
  if (item.type === "group") return <h3 class="group">{item.text}</h3>;
  if (item.type === "display") return <p class="stem">{item.text}</p>;
  return (
    <p class="elsewhere">
      <strong>{item.text}</strong> <span class="hint">{t().chart.evaluate.elsewhere}</span>
    </p>
  );
}

export function Questions({
  instrument,
  answers,
  set,
  missing,
}: {
  instrument: Instrument;
  answers: Answers;
  set: (item: string, value: number) => void;
  missing: Set<string>;
}): JSX.Element {
  let number = 0;
  return (
    <div class="questions">
      {lines(instrument)
        .filter((line) => isAsked(line, answers, instrument))
        .map((line) => {
          if (!lead.has(line.item.type)) return <Text key={line.item.linkId} line={line} />;
          number += 1;
          return (
            <Question
              key={line.item.linkId}
              line={line}
              number={number}
              value={answers[line.item.linkId]}
              set={(v) => set(line.item.linkId, v)}
              missing={missing.has(line.item.linkId)}
            />
          );
        })}
    </div>
  );
}
