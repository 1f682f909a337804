// Rules as they fire: a stop before a hold, each with what to do and the buttons that do it. One stays until
// it is settled: a pause answers a hold for the moment, and a clinician decides.
import type { JSX } from "preact";
import type { Firing } from "../../api/session";
import type { SessionPage } from "../../api/types";
import { clock } from "../../format/time";
import { told } from "../../format/told";
import { t, word } from "../../texts";
import { Mark, Section, Shape } from "../../ui/basic";
import { Told } from "../../ui/told";
import { DecideButton } from "./decide";
import { EndButton, PauseButton } from "./infusion";
import type { Session } from "./record";
import { waiting } from "./waiting";

interface Told {
  where: Session;
  firing: Firing;
  page: SessionPage;
}

function Waiting({ where, firing, page }: Told): JSX.Element {
  const words = t().session.alerts;
  const stop = firing.consequence === "stop";
  const running = page.session.state === "infusing";
  const paused = page.session.flowsheet?.paused ?? false;
  const text = told(firing.text, new Date(firing.at));
  return (
    <div class={`alert ${stop ? "stop" : "hold"}`} role="alert">
      <p class="alert-word">
        <Shape tone={stop ? "bad" : "warn"} />
        {firing.after_end ? words.after : stop ? words.stop : words.hold}
      </p>
      <div>
        <p class="alert-text">
          <Told text={firing.text} around={new Date(firing.at)} />
          {firing.value !== null && firing.limit !== null && (
            <span> ({words.value(String(firing.value), String(firing.limit))})</span>
          )}
        </p>
        <p lang="en">{firing.action}</p>
        {running && paused && !stop && <p>{words.paused}</p>}
        {firing.answered_by && (
          <p>
            <Told text={firing.answered_by} around={new Date(firing.at)} />
          </p>
        )}
        <p class="quiet">
          {clock(firing.at)}, {t().common.source}: {firing.source.source}
        </p>
      </div>
      <div class="actions">
        {running && !paused && !stop && page.writes.includes("rate_changed") && (
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
  const open = waiting(page);
  if (open.length === 0) return null;
  return (
    <div class="alerts">
      {open.map((f) => (
        <Waiting key={f.rule} where={where} firing={f} page={page} />
      ))}
    </div>
  );
}

export function Fired({ firings }: { firings: Firing[] }): JSX.Element | null {
  const words = t().session.alerts;
  if (firings.length === 0) return null;
  return (
    <Section title={words.fired}>
      <ul class="plain-list">
        {firings.map((f) => (
          <li key={`${f.rule}-${f.event}`}>
            <time>{clock(f.at)}</time> <Told text={f.text} around={new Date(f.at)} />{" "}
            <Mark tone={f.waits ? "warn" : f.answer === "not_asked" ? "quiet" : "good"}>
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
