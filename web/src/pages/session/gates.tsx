// Before the start: every gate with what was seen, and what to do about it in the same row.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Gate } from "../../api/session";
import type { SessionPage } from "../../api/types";
import { me } from "../../app/state";
import { clock } from "../../format/time";
import { told } from "../../format/told";
import { t } from "../../texts";
import { Mark, Section, type Tone } from "../../ui/basic";
import { CancelButton } from "./cancel";
import { DecideButton } from "./decide";
import { Control, isCheck } from "./gate_tools";
import type { Session } from "./record";

const changeable = (gate: Gate): boolean =>
  isCheck(gate.id) || ["identity", "weight_today", "suicide_screen"].includes(gate.id);

// Not asked yet, or too long ago: nobody has said anything against it.
const isToDo = (gate: Gate): boolean =>
  !gate.decision && (gate.outcome === "missing" || gate.outcome === "stale");

export function gateMark(gate: Gate): { tone: Tone; words: string } {
  const words = t().session.gates.marks;
  if (gate.outcome === "passed" || gate.outcome === "not_applicable")
    return { tone: "good", words: words.ok };
  if (gate.decision?.go_on) return { tone: "look", words: words.decided };
  if (gate.lets_start) return { tone: "look", words: words.look };
  if (isToDo(gate)) return { tone: "quiet", words: words.todo };
  return gate.consequence === "decide"
    ? { tone: "warn", words: words.decide }
    : { tone: "bad", words: words.barred };
}

function GateRow({ where, gate, page }: { where: Session; gate: Gate; page: SessionPage }): JSX.Element {
  const words = t().session.gates;
  const mark = gateMark(gate);
  const text = told(gate.text, new Date(page.session.now));
  const asks = gate.consequence === "decide" && !gate.lets_start && !gate.decision;
  const [again, setAgain] = useState(false);
  useEffect(() => setAgain(false), [gate.basis.join(" ")]); // what was asked for has come
  return (
    <li class={`gate tone-${mark.tone}`}>
      <Mark tone={mark.tone}>{mark.words}</Mark>
      <div class="gate-words">
        <p lang="en">{text}</p>
        {gate.decision && (
          <p class="quiet">
            {words.decidedBy(gate.decision.clinician, clock(gate.decision.at), gate.decision.go_on)}{" "}
            {gate.decision.reason}
          </p>
        )}
        {asks && !isToDo(gate) && !page.writes.includes("session_decision") && (
          <p class="quiet">{words.clinicianDecides}</p>
        )}
      </div>
      <div class="gate-tools">
        {!gate.lets_start || again ? (
          <Control where={where} gate={gate} page={page} again={gate.lets_start} />
        ) : (
          changeable(gate) && (
            <button type="button" class="link" onClick={() => setAgain(true)}>
              {words.again}
              <span class="visually-hidden" lang="en">
                {" "}
                {text}
              </span>
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

export function Gates({ where, page }: { where: Session; page: SessionPage }): JSX.Element | null {
  const { gates } = page.session;
  const words = t().session.gates;
  if (gates.length === 0) return null;
  const [open, done] = [gates.filter((g) => !g.lets_start), gates.filter((g) => g.lets_start)];
  const barred = open.filter((gate) => !isToDo(gate)).length;
  const aside =
    open.length === 0 ? (
      <Mark tone="good">{words.clearAll}</Mark>
    ) : (
      <>
        {barred > 0 && <Mark tone="warn">{words.open(barred)}</Mark>}
        {barred < open.length && <Mark tone="quiet">{words.toDo(open.length - barred)}</Mark>}
      </>
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
