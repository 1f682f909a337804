// Drawn up, read back, started: the numbers that the syringe and the pump show, typed by the one who starts.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at, send } from "../../api/client";
import type { Planned, Ready, SessionPage } from "../../api/types";
import { queue } from "../../app/state";
import { num, parsed } from "../../format/number";
import { t, word } from "../../texts";
import { Empty, ProblemBox, Section, TextField } from "../../ui/basic";
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

// What these fields amount to, before anything is sent: the same sums the server makes.
export function worked(
  dose: number,
  length: number,
  strength: number,
  weight: number | undefined,
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
      {words.planned} <strong>{num(planned.base_mg)} mg</strong>{" "}
      {words.baseOf(word(t().chart.plan.drugs, planned.drug))} {words.over}{" "}
      <strong>{num(planned.length_min)} min</strong>
      {planned.base_mg_per_kg !== undefined && (
        <>
          {" "}
          ({num(planned.base_mg_per_kg)} mg/kg × {num(planned.weight_kg)} kg)
        </>
      )}
      .
    </p>
  );
}

export function MakeReady({ where, page }: { where: Session; page: SessionPage }): JSX.Element {
  const { planned } = page;
  const [dose, setDose] = useState("");
  const [length, setLength] = useState("");
  const [strength, setStrength] = useState("");
  const [second, setSecond] = useState("");
  const action = useAction();
  const words = t().session.start;
  const [d, l, c] = [
    dose || String(planned?.base_mg ?? ""),
    length || String(planned?.length_min ?? ""),
    strength,
  ].map(parsed);
  const whole = d != null && l != null && c != null && d > 0 && l > 0 && c > 0;
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!whole) return;
    const body = {
      session: where.session,
      dose: mg(d),
      infusion_length: minutes(l),
      concentration: { value: c, unit: "mg/mL", as: "base" },
      second_checker: second.trim(),
    };
    void action.run(async () => {
      await send(at("patients", where.patient, "events"), { kind: "session_ready", body });
      queue.saved.value += 1;
    });
  };
  return (
    <Section title={words.readyTitle}>
      {planned ? <PlannedFacts planned={planned} /> : <Empty>{words.noPlanned}</Empty>}
      <form onSubmit={submit}>
        <div class="form-row">
          <TextField
            label={words.dose}
            unit={words.mgBase}
            value={dose || String(planned?.base_mg ?? "")}
            onValue={setDose}
            inputmode="decimal"
          />
          <TextField
            label={words.length}
            unit="min"
            value={length || String(planned?.length_min ?? "")}
            onValue={setLength}
            inputmode="decimal"
          />
          <TextField
            label={words.strength}
            unit={words.mgPerMl}
            value={strength}
            onValue={setStrength}
            inputmode="decimal"
          />
          <PersonField label={words.second} hint={words.secondHint} value={second} onValue={setSecond} />
        </div>
        {whole && <Numbers of={worked(d, l, c, planned?.weight_kg)} />}
        <ProblemBox problem={action.problem} />
        <div class="actions">
          <button type="submit" class="primary" disabled={action.busy || !whole || second.trim() === ""}>
            {words.readyGo}
          </button>
        </div>
      </form>
    </Section>
  );
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
    void action.run(async () => {
      await send(at("patients", where.patient, "sessions", where.session, "start"), {
        base_mg: d,
        volume_mL: v,
        rate_mL_per_h: r,
      });
      queue.saved.value += 1;
    });
  };
  const differs = (text: string, is: number | null | undefined, want: number): string | null =>
    text !== "" && (is == null || Math.abs(is - want) > 0.0005) ? words.differs : null;
  return (
    <Section title={words.title} class="read-back">
      <Numbers
        of={[
          [words.dose, ready.base_mg, words.mgBase],
          [words.perKg, ready.base_mg_per_kg, "mg/kg"],
          [words.volume, ready.volume_mL, "mL"],
          [words.rate, ready.rate_mL_per_h, "mL/h"],
          [words.massRate, ready.rate_base_mg_per_h, "mg/h"],
          [words.length, ready.length_min, "min"],
        ]}
      />
      <p class="quiet">
        {words.drawnBy(ready.by, ready.second, num(ready.base_mg_per_mL), num(ready.weight_kg))}
      </p>
      <form onSubmit={submit}>
        <h3>{words.readBack}</h3>
        <div class="form-row large">
          <TextField
            label={words.dose}
            unit={words.mgBase}
            value={dose}
            onValue={setDose}
            inputmode="decimal"
            error={differs(dose, d, ready.base_mg)}
          />
          <TextField
            label={words.volumeSyringe}
            unit="mL"
            value={volume}
            onValue={setVolume}
            inputmode="decimal"
            error={differs(volume, v, ready.volume_mL)}
          />
          <TextField
            label={words.ratePump}
            unit="mL/h"
            value={rate}
            onValue={setRate}
            inputmode="decimal"
            error={differs(rate, r, ready.rate_mL_per_h)}
          />
        </div>
        <ProblemBox problem={action.problem} />
        <div class="actions">
          <button
            type="submit"
            class="primary big"
            disabled={action.busy || d == null || v == null || r == null}
          >
            {words.go}
          </button>
        </div>
      </form>
    </Section>
  );
}
