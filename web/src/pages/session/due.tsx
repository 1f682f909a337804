// What is due next, with the time to it in large figures; what was missed stays in sight.
import type { JSX } from "preact";
import type { VitalsDue } from "../../api/session";
import { useTick } from "../../app/resource";
import { serverNow } from "../../app/state";
import { clock, span } from "../../format/time";
import { t, word } from "../../texts";
import { Mark, Shape, type Tone } from "../../ui/basic";
import { Told } from "../../ui/told";
import { waitingFor } from "./pending";
import type { Session } from "./record";

const dueTones: Record<VitalsDue["state"], Tone> = {
  taken: "good",
  late: "look",
  missing: "bad",
  overdue: "warn",
  to_come: "quiet",
};

export function DueList({ where, due }: { where: Session; due: VitalsDue[] }): JSX.Element | null {
  useTick(5000);
  const words = t().session.due;
  if (due.length === 0) return null;
  const now = serverNow().getTime();
  const waiting = due.filter((d) => d.state === "overdue");
  const unsent = waitingFor(where).filter((entry) => entry.body.kind === "vital_signs").length;
  const next = waiting[0] ?? due.find((d) => d.state === "to_come");
  return (
    <section class="card due-part" aria-label={words.title}>
      <h2>{words.title}</h2>
      {next && (
        <p class={`next-due ${Date.parse(next.due) <= now ? "now" : ""}`}>
          <Shape tone={Date.parse(next.due) <= now ? "warn" : "plain"} />
          <strong>
            {Date.parse(next.due) <= now
              ? words.dueNow(span(now - Date.parse(next.due)))
              : words.dueIn(span(Date.parse(next.due) - now + 59_000))}
          </strong>
          <span>
            {clock(next.due)} <Told text={next.what} />
          </span>
        </p>
      )}
      {unsent > 0 && <Mark tone="warn">{words.unsent(unsent)}</Mark>}
      <details>
        <summary>
          {words.all(due.filter((d) => d.state === "taken" || d.state === "late").length, due.length)}
        </summary>
        <ul class="plain-list">
          {due.map((d) => (
            <li key={d.due + d.what}>
              <time>{clock(d.due)}</time> <Told text={d.what} />{" "}
              <Mark tone={dueTones[d.state]}>
                {word(words.states, d.state)}
                {d.taken && ` ${clock(d.taken)}`}
              </Mark>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
