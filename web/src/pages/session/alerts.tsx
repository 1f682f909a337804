// Rules as they fire: a stop before a hold, each with what to do and the buttons that do it.
import type { JSX } from "preact";
import type { Firing } from "../../api/session";
import type { SessionPage } from "../../api/types";
import { clock } from "../../format/time";
import { told } from "../../format/told";
import { t, word } from "../../texts";
import { Mark, Section, Shape } from "../../ui/basic";
import { DecideButton } from "./decide";
import { EndButton, PauseButton } from "./infusion";
import type { Session } from "./record";

function Open({ where, firing, page }: { where: Session; firing: Firing; page: SessionPage }): JSX.Element {
  const words = t().session.alerts;
  const stop = firing.consequence === "stop";
  const running = page.session.state === "infusing";
  const text = told(firing.text, new Date(firing.at));
  return (
    <div class={`alert ${stop ? "stop" : "hold"}`} role="alert">
      <p class="alert-word">
        <Shape tone={stop ? "bad" : "warn"} />
        {stop ? words.stop : words.hold}
      </p>
      <div>
        <p class="alert-text">
          {text}
          {firing.value !== null && firing.limit !== null && (
            <span> ({words.value(String(firing.value), String(firing.limit))})</span>
          )}
        </p>
        <p>{firing.action}</p>
        <p class="quiet">
          {clock(firing.at)}, {t().common.source}: {firing.source.source}
        </p>
      </div>
      <div class="actions">
        {running && !stop && page.writes.includes("rate_changed") && (
          <PauseButton where={where} page={page} reason={firing.text} />
        )}
        {running && stop && page.writes.includes("session_ended") && (
          <EndButton where={where} page={page} reason={firing.text} />
        )}
        {page.writes.includes("session_decision") ? (
          <DecideButton where={where} about={firing.rule} text={text} />
        ) : (
          <span class="quiet">{words.clinician}</span>
        )}
      </div>
    </div>
  );
}

export function Alerts({ where, page }: { where: Session; page: SessionPage }): JSX.Element | null {
  const open = (page.session.flowsheet?.firings ?? [])
    .filter((f) => f.open)
    .sort((a, b) => Number(b.consequence === "stop") - Number(a.consequence === "stop"));
  if (open.length === 0) return null;
  return (
    <div class="alerts">
      {open.map((f) => (
        <Open key={`${f.rule}-${f.event}`} where={where} firing={f} page={page} />
      ))}
    </div>
  );
}

export function Fired({ firings }: { firings: Firing[] }): JSX.Element | null {
  const words = t().session.alerts;
  const closed = firings.filter((f) => !f.open);
  if (closed.length === 0) return null;
  return (
    <Section title={words.fired}>
      <ul class="plain-list">
        {closed.map((f) => (
          <li key={`${f.rule}-${f.event}`}>
            <time>{clock(f.at)}</time> {told(f.text, new Date(f.at))}{" "}
            <Mark tone={f.answer === "not_asked" ? "quiet" : "good"}>
              {word(words.answers, f.answer)}
              {f.answered_by && `, ${f.answered_by}`}
            </Mark>
            <span class="cite">
              {" "}
              {f.source.source} ({f.source.label})
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
