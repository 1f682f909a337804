// What stays in sight while the page scrolls: a rule that waits for an answer, a lost connection, an infusion
// that was paused and nobody knows yet. It goes to the lock screen too, without a name.
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { connected } from "../../api/live";
import type { SessionPage } from "../../api/types";
import { glance, type Glance } from "../../app/glance";
import { t, word } from "../../texts";
import { Mark, Shape, type Tone } from "../../ui/basic";
import { bringIntoSight } from "./arrival";
import { unsentOf, waitingFor } from "./pending";
import type { Session } from "./record";
import { waiting } from "./waiting";

export const alertsId = "alerts";

const tones: Record<string, Tone> = {
  infusing: "plain",
  observing: "look",
  discharged: "good",
  stopped: "warn",
  cancelled: "quiet",
  ready: "look",
};

export function waitingFirings(page: SessionPage): { stop: boolean; names: string[] } {
  const open = waiting(page);
  return {
    stop: open.some((firing) => firing.consequence === "stop"),
    names: open.map((firing) => `${firing.rule}-${firing.event}`),
  };
}

export function State({ where, page }: { where: Session; page: SessionPage }): JSX.Element {
  const words = t().session;
  const { state } = page.session;
  const unsent = state === "infusing" ? unsentOf(waitingFor(where)) : null;
  if (unsent?.what === "paused") return <Mark tone="warn">{words.standing.pausedUnsent}</Mark>;
  if (unsent?.what === "ended") return <Mark tone="warn">{words.standing.endedUnsent}</Mark>;
  if (state === "infusing" && page.session.flowsheet?.paused)
    return <Mark tone="warn">{words.standing.paused}</Mark>;
  return <Mark tone={tones[state] ?? "plain"}>{word(words.states, state)}</Mark>;
}

export function AlertLink({ page }: { page: SessionPage }): JSX.Element | null {
  const { stop, names } = waitingFirings(page);
  if (names.length === 0) return null;
  const words = t().session;
  const show = (): void => {
    const box = document.getElementById(alertsId);
    if (box) bringIntoSight(box);
  };
  return (
    <button type="button" class={`alert-link ${stop ? "stop" : "hold"}`} onClick={show}>
      <Shape tone={stop ? "bad" : "warn"} />
      {stop ? words.alerts.stop : words.alerts.hold}
      {names.length > 1 && ` (${names.length})`}
      <span class="visually-hidden"> {words.standing.toAlert}</span>
    </button>
  );
}

// Rules are the server's: without it nothing is held against a limit.
export function Unwatched({ page }: { page: SessionPage }): JSX.Element | null {
  if (connected.value || page.session.ended) return null;
  const words = t().session.standing;
  return (
    <p class="unwatched" role="alert">
      <Shape tone="bad" />
      {words.unwatched}
    </p>
  );
}

function glanceOf(page: SessionPage): Glance | null {
  const sheet = page.session.flowsheet;
  if (!sheet || page.session.ended) return null;
  const { stop, names } = waitingFirings(page);
  const next = sheet.vital_signs_due.find((due) => due.state === "overdue" || due.state === "to_come");
  return {
    place: page.place,
    state:
      sheet.rate_base_mg_per_h === 0 && page.session.state === "infusing" ? "paused" : page.session.state,
    due: next?.due ?? null,
    alert: names.length === 0 ? null : stop ? "stop" : "hold",
    asOf: page.session.now,
  };
}

export function useGlance(page: SessionPage | null): void {
  useEffect(() => {
    glance.value = page && glanceOf(page);
  }, [page]);
  useEffect(() => () => void (glance.value = null), []);
}
