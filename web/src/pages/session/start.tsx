// Drawn up, read back, started: the numbers that the syringe and the pump show, typed by the one who starts.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../../api/address";
import { send } from "../../api/client";
import type { Planned, Ready, SessionPage } from "../../api/types";
import { enter, queue } from "../../app/state";
import { num, numOrDash, parsed } from "../../format/number";
import { t, word } from "../../texts";
import { Empty, ProblemBox, Section, TextField, Submit } from "../../ui/basic";
import { useAction } from "../../ui/dialog";
import { PersonField } from "../../ui/person";
import { mg, minutes, type Session } from "./record";

export function Numbers({ of }: { of: [string, number | null | undefined, string][] }): JSX.Element {
  return (
    <dl class="numbers">
      {of.map(([name, value, unit]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value == null ? "–" : num(value)} <span class="unit">{unit}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

type NumberField = readonly [string, string, string, (text: string) => void, (string | null)?];

function NumberFields({ of }: { of: readonly NumberField[] }): JSX.Element {
  return (
    <>
      {of.map(([label, unit, value, set, error]) => (
        <TextField
          key={label}
          label={label}
          unit={unit}
          value={value}
          onValue={set}
          inputmode="decimal"
          error={error ?? null}
        />
      ))}
    </>
  );
}

// What these fields amount to, before anything is sent: the same sums the server makes.
export function worked(
  dose: number,
  length: number,
  strength: number,
  weight: number | null | undefined,
): [string, number | null, string][] {
  const words = t().session.start;
  return [
    [words.perKg, weight ? dose / weight : null, "mg/kg"],
    [words.volume, dose / strength, "mL"],
    [words.rate, (dose / strength) * (60 / length), "mL/h"],
    [words.massRate, dose * (60 / length), "mg/h"],
  ];
}

function PlannedFacts({ planned }: { planned: Planned }): JSX.Element {
  const words = t().session.start;
  return (
    <p>
      {words.planned} <strong>{numOrDash(planned.base_mg)} mg</strong>{" "}
      {words.baseOf(word(t().chart.plan.drugs, planned.drug))} {words.over}{" "}
      <strong>{num(planned.length_min)} min</strong>
      {planned.base_mg_per_kg !== null && (
        <>
          {" "}
          ({num(planned.base_mg_per_kg)} mg/kg × {numOrDash(planned.weight_kg)} kg)
        </>
      )}
      .
    </p>
  );
}

export function MakeReady({ where, page }: { where: Session; page: SessionPage }): JSX.Element {
  const { planned } = page;
  const [dose, setDose] = useState(String(planned?.base_mg ?? ""));
  const [length, setLength] = useState(String(planned?.length_min ?? ""));
  const [strength, setStrength] = useState("");
  const [second, setSecond] = useState("");
  const action = useAction();
  const words = t().session.start;
  const [d, l, c] = [dose, length, strength].map(parsed);
  const whole = d != null && l != null && c != null && d > 0 && l > 0 && c > 0;
  const fields = [
    [words.dose, words.mgBase, dose, setDose],
    [words.length, "min", length, setLength],
    [words.strength, words.mgPerMl, strength, setStrength],
  ] as const;
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!whole) return;
    const body = {
      session: where.session,
      dose: mg(d),
      infusion_length: minutes(l),
      concentration: { value: c, unit: "mg/mL", as: "base" } as const,
      second_checker: second.trim(),
    };
    void action.run(async () => {
      await enter(where.patient, {
        kind: "session_ready",
        body,
      });
    });
  };
  return (
    <Section title={words.readyTitle}>
      {planned ? <PlannedFacts planned={planned} /> : <Empty>{words.noPlanned}</Empty>}
      <form onSubmit={submit}>
        <div class="form-row">
          <NumberFields of={fields} />
          <PersonField label={words.second} hint={words.secondHint} value={second} onValue={setSecond} />
        </div>
        {whole && <Numbers of={worked(d, l, c, planned?.weight_kg)} />}
        <ProblemBox problem={action.problem} />
        <Submit off={action.busy || !whole || second.trim() === ""}>{words.readyGo}</Submit>
      </form>
    </Section>
  );
}

function readyNumbers(ready: Ready): [string, number | null, string][] {
  const words = t().session.start;
  return [
    [words.dose, ready.base_mg, words.mgBase],
    [words.perKg, ready.base_mg_per_kg, "mg/kg"],
    [words.volume, ready.volume_mL, "mL"],
    [words.rate, ready.rate_mL_per_h, "mL/h"],
    [words.massRate, ready.rate_base_mg_per_h, "mg/h"],
    [words.length, ready.length_min, "min"],
  ];
}

export function ReadBack({ where, ready }: { where: Session; ready: Ready }): JSX.Element {
  const [dose, setDose] = useState("");
  const [volume, setVolume] = useState("");
  const [rate, setRate] = useState("");
  const action = useAction();
  const words = t().session.start;
  const [d, v, r] = [dose, volume, rate].map(parsed);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (d == null || v == null || r == null) return;
    void action.run(async () => {
      await send(at("/api/patients/{patient}/sessions/{session}/start", where), {
        base_mg: d,
        volume_mL: v,
        rate_mL_per_h: r,
      });
      queue.saved.value += 1;
    });
  };
  const differs = (text: string, is: number | null | undefined, want: number | null): string | null =>
    text !== "" && want !== null && (is == null || Math.abs(is - want) > 0.0005) ? words.differs : null;
  const fields = [
    [words.dose, words.mgBase, dose, setDose, differs(dose, d, ready.base_mg)],
    [words.volumeSyringe, "mL", volume, setVolume, differs(volume, v, ready.volume_mL)],
    [words.ratePump, "mL/h", rate, setRate, differs(rate, r, ready.rate_mL_per_h)],
  ] as const;
  return (
    <Section title={words.title} class="read-back">
      <Numbers of={readyNumbers(ready)} />
      <p class="quiet">
        {words.drawnBy(ready.by, ready.second, num(ready.base_mg_per_mL), numOrDash(ready.weight_kg))}
      </p>
      <form onSubmit={submit}>
        <h3>{words.readBack}</h3>
        <div class="form-row large">
          <NumberFields of={fields} />
        </div>
        <ProblemBox problem={action.problem} />
        <Submit off={action.busy || d == null || v == null || r == null} big>
          {words.go}
        </Submit>
      </form>
    </Section>
  );
}
