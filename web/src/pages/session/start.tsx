// Drawn up, read back, started: the numbers that the syringe and the pump show, typed by the one who starts.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at, type BodyOf } from "../../api/address";
import { send } from "../../api/client";
import type { Planned, Ready, SessionPage } from "../../api/types";
import { enter, queue } from "../../app/state";
import { num, numOrDash, parsed } from "../../format/number";
import { told } from "../../format/told";
import { t, word } from "../../texts";
import { Empty, Mark, ProblemBox, Section, TextField, Submit } from "../../ui/basic";
import { useAction } from "../../ui/dialog";
import { SecondPerson, useSignature } from "../../ui/second_person";
import { isReadAs } from "./read_back";
import { mg, minutes, type Session } from "./record";

type Figure = [string, number | null | undefined, string, number?]; // name, value, unit, decimals

export function Numbers({ of }: { of: Figure[] }): JSX.Element {
  return (
    <dl class="numbers">
      {of.map(([name, value, unit, decimals]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value == null ? "–" : num(value, decimals)} <span class="unit">{unit}</span>
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
): Figure[] {
  const words = t().session.start;
  return [
    [words.perKg, weight ? dose / weight : null, "mg/kg"],
    [words.volume, dose / strength, "mL", 2],
    [words.rate, (dose / strength) * (60 / length), "mL/h", 2],
    [words.massRate, dose * (60 / length), "mg/h"],
  ];
}

function PlannedFacts({ planned }: { planned: Planned }): JSX.Element {
  const words = t().session.start;
  return (
    <p>
      {words.planned}{" "}
      {planned.base_mg === null ? (
        <Mark tone="warn">{words.noDose(told(planned.no_dose_because))}</Mark>
      ) : (
        <strong>{num(planned.base_mg, 6)} mg</strong>
      )}{" "}
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

// What the plan says stands in the field until somebody types something else; then that is told beside it.
function usePlanned(plan: number | null | undefined): {
  text: string;
  set: (text: string) => void;
  value: number | null;
  differs: string | null;
} {
  const [touched, set] = useState<string | null>(null);
  const text = touched ?? (plan == null ? "" : num(plan, 6));
  const value = touched === null ? (plan ?? null) : parsed(touched);
  const off = value !== null && plan != null && value !== plan;
  return { text, set, value, differs: off ? t().session.start.notPlan(num(plan, 6)) : null };
}

const madeReady = (
  session: string,
  dose_mg: number,
  length_min: number,
  mg_per_mL: number,
  second: string,
): { kind: "session_ready"; body: BodyOf<"session_ready"> } => ({
  kind: "session_ready",
  body: {
    session,
    dose: mg(dose_mg),
    infusion_length: minutes(length_min),
    concentration: { value: mg_per_mL, unit: "mg/mL", as: "base" },
    second_checker: second,
  },
});

export function MakeReady({ where, page }: { where: Session; page: SessionPage }): JSX.Element {
  const { planned } = page;
  const dose = usePlanned(planned?.base_mg);
  const length = usePlanned(planned?.length_min);
  const [strength, setStrength] = useState("");
  const [second, setSecond] = useState("");
  const signature = useSignature(second);
  const action = useAction();
  const words = t().session.start;
  const [d, l, c] = [dose.value, length.value, parsed(strength)];
  const whole = d != null && l != null && c != null && d > 0 && l > 0 && c > 0;
  const said = whole ? madeReady(where.session, d, l, c, second.trim()) : null;
  const fields = [
    [words.dose, words.mgBase, dose.text, dose.set, dose.differs],
    [words.length, "min", length.text, length.set, length.differs],
    [words.strength, words.mgPerMl, strength, setStrength],
  ] as const;
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!said) return;
    void action.run(async () => {
      await signature.make({ patient: where.patient, said });
      await enter(where.patient, said);
    });
  };
  const isSigned = said !== null && signature.has({ patient: where.patient, said });
  return (
    <Section title={words.readyTitle}>
      {planned ? <PlannedFacts planned={planned} /> : <Empty>{words.noPlanned}</Empty>}
      <form onSubmit={submit}>
        <div class="form-row">
          <NumberFields of={fields} />
        </div>
        <div class="form-row">
          <SecondPerson
            signature={signature}
            label={words.second}
            hint={words.secondHint}
            value={second}
            onValue={setSecond}
          />
        </div>
        {whole && <Numbers of={worked(d, l, c, planned?.weight_kg)} />}
        <ProblemBox problem={action.problem} />
        <Submit off={action.busy || second.trim() === "" || !isSigned}>{words.readyGo}</Submit>
      </form>
    </Section>
  );
}

// The dose to its last decimal: it is read back as it is.
function readyNumbers(ready: Ready): Figure[] {
  const words = t().session.start;
  return [
    [words.dose, ready.base_mg, words.mgBase, 6],
    [words.perKg, ready.base_mg_per_kg, "mg/kg"],
    [words.volume, ready.volume_mL, "mL", 2],
    [words.rate, ready.rate_mL_per_h, "mL/h", 2],
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
  const said = (text: string, same: boolean): string | null => (text === "" || same ? null : words.differs);
  const pumped = (text: string, want: number | null): string | null =>
    said(text, want === null || isReadAs(text, want));
  const fields = [
    [words.dose, words.mgBase, dose, setDose, said(dose, d === ready.base_mg)],
    [words.volumeSyringe, "mL", volume, setVolume, pumped(volume, ready.volume_mL)],
    [words.ratePump, "mL/h", rate, setRate, pumped(rate, ready.rate_mL_per_h)],
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
