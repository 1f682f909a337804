// What is done about a gate, in its row.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { BodyOf } from "../../api/address";
import type { Gate } from "../../api/session";
import type { SessionPage } from "../../api/types";
import { serverNow } from "../../app/state";
import { num, parsed } from "../../format/number";
import { t, word } from "../../texts";
import { Mark, TextField } from "../../ui/basic";
import { FormDialog } from "../../ui/dialog";
import { waitingFor } from "./pending";
import { keep, type Session } from "./record";
import { weightDoubt, type WeightDoubt } from "./weight";

type CheckId = BodyOf<"pre_check">["check"];
const checks: ReadonlySet<string> = new Set<CheckId>([
  "fasting",
  "escort",
  "equipment",
  "no_change",
  "pregnancy",
]);
export const isCheck = (id: string): id is CheckId => checks.has(id);

// Entered, and not yet known to be saved: a second tap would enter it once more.
const waits = (where: Session, check: CheckId): boolean =>
  waitingFor(where).some(
    ({ state, body }) => state !== "refused" && body.kind === "pre_check" && body.body.check === check,
  );

// Who somebody is applies to everybody.
function Check({ where, check, label }: { where: Session; check: CheckId; label?: string }): JSX.Element {
  const [asking, setAsking] = useState<"concern" | "not_applicable" | null>(null);
  const [note, setNote] = useState("");
  const words = t().session.gates;
  const name = label ?? word(words.checks, check);
  if (waits(where, check)) return <Mark tone="warn">{t().common.unsaved.waiting}</Mark>;
  const put = async (outcome: BodyOf<"pre_check">["outcome"]): Promise<void> => {
    const body = {
      session: where.session,
      check,
      outcome,
      ...(outcome !== "clear" && { note: note.trim() }),
    };
    await keep(where, { kind: "pre_check", body, label: `${name}: ${word(words.outcomes, outcome)}` });
  };
  return (
    <span class="check" role="group" aria-label={name}>
      {label && <span>{label}</span>}
      <button type="button" class="good" onClick={() => void put("clear")}>
        {words.clear}
      </button>
      <button type="button" class="link" onClick={() => setAsking("concern")}>
        {words.concern}
      </button>
      {isCheck(check) && (
        <button type="button" class="link" onClick={() => setAsking("not_applicable")}>
          {words.notApplicable}
        </button>
      )}
      {asking && (
        <FormDialog
          title={`${name}: ${word(words.outcomes, asking)}`}
          action={t().common.save}
          onClose={() => setAsking(null)}
          onSubmit={() => put(asking)}
          ready={note.trim() !== ""}
        >
          <TextField label={t().common.note} value={note} onValue={setNote} rows={2} required />
        </FormDialog>
      )}
    </span>
  );
}

function WeightSure({
  doubt,
  onClose,
  onSure,
}: {
  doubt: WeightDoubt;
  onClose: () => void;
  onSure: () => Promise<void>;
}): JSX.Element {
  const words = t().session.gates.weightSure;
  const [to, from] = [num(doubt.to_kg), num(doubt.from_kg)];
  return (
    <FormDialog title={words.title(to)} action={words.go(to)} onClose={onClose} onSubmit={onSure}>
      <p>
        <Mark tone="warn">{words.change(from, to, doubt.days, doubt.percent)}</Mark>
      </p>
      <p>{words.hint}</p>
    </FormDialog>
  );
}

function Weight({ where, page }: { where: Session; page: SessionPage }): JSX.Element {
  const [text, setText] = useState("");
  const [doubt, setDoubt] = useState<WeightDoubt | null>(null);
  const words = t().session.gates;
  const value = parsed(text);
  const good = value !== null && value >= 0.3 && value <= 650;
  const keepIt = async (): Promise<void> => {
    if (!good) return;
    const body = { weight: { value, unit: "kg" as const } };
    setText("");
    await keep(where, { kind: "patient_facts", body, label: `${words.weight} ${text} kg` });
  };
  const save = (event: Event): void => {
    event.preventDefault();
    if (!good) return;
    const found = weightDoubt(value, page.planned, serverNow());
    if (found) setDoubt(found);
    else void keepIt();
  };
  return (
    <>
      <form class="inline" onSubmit={save}>
        <label>
          {words.weight}
          <input value={text} inputmode="decimal" size={6} onInput={(e) => setText(e.currentTarget.value)} />
          kg
        </label>
        <button type="submit" disabled={!good}>
          {t().common.save}
        </button>
      </form>
      {doubt && <WeightSure doubt={doubt} onClose={() => setDoubt(null)} onSure={keepIt} />}
    </>
  );
}

// Whether somebody has confirmed the identity already, saved or not.
function firstIsDone(where: Session, page: SessionPage): boolean {
  const unsent = waitingFor(where).filter((entry) => entry.state !== "refused");
  return [...page.events, ...unsent.map((entry) => entry.body)].some(
    ({ kind, body }) => kind === "pre_check" && body.check === "identity_first" && body.outcome === "clear",
  );
}

function Identity({
  where,
  page,
  again,
}: {
  where: Session;
  page: SessionPage;
  again: boolean;
}): JSX.Element {
  const words = t().session.gates;
  return (
    <>
      {(again || !firstIsDone(where, page)) && (
        <Check where={where} check="identity_first" label={words.first} />
      )}
      <Check where={where} check="identity_second" label={words.second} />
    </>
  );
}

export function Control({
  where,
  gate,
  page,
  again,
}: {
  where: Session;
  gate: Gate;
  page: SessionPage;
  again: boolean; // it is in order, and asked once more
}): JSX.Element | null {
  const words = t().session.gates;
  const patient = `/patients/${where.patient}`;
  if (gate.id === "identity" && page.writes.includes("pre_check")) {
    return <Identity where={where} page={page} again={again} />;
  }
  if (isCheck(gate.id) && page.writes.includes("pre_check")) return <Check where={where} check={gate.id} />;
  if (gate.id === "weight_today" && page.writes.includes("patient_facts"))
    return <Weight where={where} page={page} />;
  if (gate.id === "blood_pressure" && page.writes.includes("vital_signs")) {
    return (
      <button type="button" onClick={() => window.dispatchEvent(new Event("evenkeel:vitals"))}>
        {words.toVitals}
      </button>
    );
  }
  if (gate.id === "suicide_screen") {
    return (
      <a
        class="button"
        href={`${patient}/evaluate?instrument=asq&moment=before_dose&session=${where.session}`}
      >
        {words.ask}
      </a>
    );
  }
  if (gate.id === "evaluations")
    return (
      <a class="button" href={`${patient}/evaluate?session=${where.session}`}>
        {words.evaluations}
      </a>
    );
  if (gate.id === "plan_in_force")
    return (
      <a class="button" href={`${patient}/plan`}>
        {words.plan}
      </a>
    );
  return gate.outcome === "passed" ? null : (
    <a class="button" href={patient}>
      {words.chart}
    </a>
  );
}
