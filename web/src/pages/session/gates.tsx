// Before the start: every gate with what was seen, and what to do about it in the same row.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { BodyOf } from "../../api/address";
import type { Gate } from "../../api/session";
import type { SessionPage } from "../../api/types";
import { enter, me } from "../../app/state";
import { parsed } from "../../format/number";
import { clock } from "../../format/time";
import { told } from "../../format/told";
import { t, word } from "../../texts";
import { Mark, Section, TextField, type Tone, ReasonField } from "../../ui/basic";
import { FormDialog } from "../../ui/dialog";
import { DecideButton } from "./decide";
import { keep, type Session } from "./record";

type CheckId = BodyOf<"pre_check">["check"];
const checks: ReadonlySet<string> = new Set<CheckId>([
  "fasting",
  "escort",
  "equipment",
  "no_change",
  "pregnancy",
]);
const isCheck = (id: string): id is CheckId => checks.has(id);

function Check({ where, check, label }: { where: Session; check: CheckId; label?: string }): JSX.Element {
  const [asking, setAsking] = useState<"concern" | "not_applicable" | null>(null);
  const [note, setNote] = useState("");
  const words = t().session.gates;
  const name = label ?? word(words.checks, check);
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
      <button type="button" onClick={() => setAsking("concern")}>
        {words.concern}
      </button>
      <button type="button" onClick={() => setAsking("not_applicable")}>
        {words.notApplicable}
      </button>
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

function Weight({ where }: { where: Session }): JSX.Element {
  const [text, setText] = useState("");
  const words = t().session.gates;
  const value = parsed(text);
  const good = value !== null && value >= 0.3 && value <= 650;
  const save = (event: Event): void => {
    event.preventDefault();
    if (!good) return;
    const body = { weight: { value, unit: "kg" as const } };
    void keep(where, { kind: "patient_facts", body, label: `${words.weight} ${text} kg` }).then(() =>
      setText(""),
    );
  };
  return (
    <form class="inline" onSubmit={save}>
      <label>
        {words.weight}{" "}
        <input value={text} inputmode="decimal" size={6} onInput={(e) => setText(e.currentTarget.value)} /> kg
      </label>
      <button type="submit" disabled={!good}>
        {t().common.save}
      </button>
    </form>
  );
}

function Control({
  where,
  gate,
  page,
}: {
  where: Session;
  gate: Gate;
  page: SessionPage;
}): JSX.Element | null {
  const words = t().session.gates;
  const patient = `/patients/${where.patient}`;
  if (gate.id === "identity" && page.writes.includes("pre_check")) {
    return (
      <>
        <Check where={where} check="identity_first" label={words.first} />
        <Check where={where} check="identity_second" label={words.second} />
      </>
    );
  }
  if (isCheck(gate.id) && page.writes.includes("pre_check")) return <Check where={where} check={gate.id} />;
  if (gate.id === "weight_today" && page.writes.includes("patient_facts")) return <Weight where={where} />;
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

const changeable = (gate: Gate): boolean =>
  checks.has(gate.id) || ["identity", "weight_today", "suicide_screen"].includes(gate.id);

export function gateMark(gate: Gate): { tone: Tone; words: string } {
  const words = t().session.gates.marks;
  if (gate.outcome === "passed" || gate.outcome === "not_applicable")
    return { tone: "good", words: words.ok };
  if (gate.decision?.go_on) return { tone: "look", words: words.decided };
  if (gate.lets_start) return { tone: "look", words: words.look };
  return gate.consequence === "decide"
    ? { tone: "warn", words: words.decide }
    : { tone: "bad", words: words.barred };
}

function GateRow({ where, gate, page }: { where: Session; gate: Gate; page: SessionPage }): JSX.Element {
  const words = t().session.gates;
  const mark = gateMark(gate);
  const text = told(gate.text, new Date(page.session.now));
  const asks = mark.tone === "warn" && !gate.decision;
  const [again, setAgain] = useState(false);
  return (
    <li class={`gate tone-${mark.tone}`}>
      <Mark tone={mark.tone}>{mark.words}</Mark>
      <div class="gate-words">
        <p>{text}</p>
        {gate.decision && (
          <p class="quiet">
            {words.decidedBy(gate.decision.clinician, clock(gate.decision.at), gate.decision.go_on)}{" "}
            {gate.decision.reason}
          </p>
        )}
        {asks && !page.writes.includes("session_decision") && <p class="quiet">{words.clinicianDecides}</p>}
      </div>
      <div class="gate-tools">
        {!gate.lets_start || again ? (
          <Control where={where} gate={gate} page={page} />
        ) : (
          changeable(gate) && (
            <button type="button" class="link" onClick={() => setAgain(true)}>
              {words.again}
              <span class="visually-hidden"> {text}</span>
            </button>
          )
        )}
        {asks && page.writes.includes("session_decision") && (
          <DecideButton where={where} about={gate.id} text={text} />
        )}
      </div>
    </li>
  );
}

// A cancelled visit has run no drug.
export function CancelButton({ where }: { where: Session }): JSX.Element {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const words = t().session.gates;
  const submit = async (): Promise<void> => {
    await enter(where.patient, {
      kind: "session_cancelled",
      body: { session: where.session, reason: reason.trim() },
    });
  };
  return (
    <>
      <button type="button" class="quiet-button" onClick={() => setOpen(true)}>
        {words.cancel}
      </button>
      {open && (
        <FormDialog
          title={words.cancel}
          action={words.cancelGo}
          danger
          onClose={() => setOpen(false)}
          onSubmit={submit}
          ready={reason.trim() !== ""}
        >
          <ReasonField value={reason} onValue={setReason} />
        </FormDialog>
      )}
    </>
  );
}

export function Gates({ where, page }: { where: Session; page: SessionPage }): JSX.Element | null {
  const { gates } = page.session;
  const words = t().session.gates;
  if (gates.length === 0) return null;
  const [open, done] = [gates.filter((g) => !g.lets_start), gates.filter((g) => g.lets_start)];
  const aside =
    open.length === 0 ? (
      <Mark tone="good">{words.clearAll}</Mark>
    ) : (
      <Mark tone="warn">{words.open(open.length)}</Mark>
    );
  return (
    <Section title={words.title} aside={aside} class="gates">
      <ul class="gate-list">
        {open.map((gate) => (
          <GateRow key={gate.id} where={where} gate={gate} page={page} />
        ))}
      </ul>
      {done.length > 0 && (
        <details>
          <summary>{words.done(done.length)}</summary>
          <ul class="gate-list">
            {done.map((gate) => (
              <GateRow key={gate.id} where={where} gate={gate} page={page} />
            ))}
          </ul>
        </details>
      )}
      {me.value && page.writes.includes("session_cancelled") && (
        <div class="actions">
          <CancelButton where={where} />
        </div>
      )}
    </Section>
  );
}
