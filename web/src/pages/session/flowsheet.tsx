// The flowsheet: newest on top, what is not saved yet above it, rate changes and signs in their place.
import type { JSX } from "preact";
import type { Firing, VitalsDue } from "../../api/session";
import type { RecordEvent, SessionPage, Vitals } from "../../api/types";
import { queue, serverNow } from "../../app/state";
import { useTick } from "../../app/resource";
import { num } from "../../format/number";
import { clock, span } from "../../format/time";
import { told } from "../../format/told";
import { t, word } from "../../texts";
import { Mark, Scroll, Section, Shape, type Tone } from "../../ui/basic";
import { about, type Session } from "./record";

const spoken = new Set([
  "rate_changed",
  "sign_seen",
  "session_decision",
  "session_started",
  "session_ended",
  "evaluation",
]);

function eventText(event: RecordEvent): string {
  const words = t().session.flowsheet;
  const { kind, body } = event;
  const amount = (a: { value: number; unit: string } | undefined): string =>
    a ? `${num(a.value)} ${a.unit}` : "";
  const because = (reason: string | undefined): string => (reason ? `: ${reason}` : "");
  switch (kind) {
    case "rate_changed":
      return (body.rate.value === 0 ? words.paused : amount(body.rate)) + because(body.reason);
    case "session_started":
      return `${words.started} ${amount(body.dose)}`;
    case "session_ended":
      return `${words.ended} ${amount(body.given)}${because(body.reason)}`;
    case "session_decision":
      return `${body.about}: ${body.go_on ? words.goOn : words.notOn}, ${body.clinician}: ${body.reason}`;
    case "sign_seen":
      return `${words.sign} ${body.sign}${body.note ? ` (${body.note})` : ""}`;
    case "evaluation":
      return body.instrument;
    default:
      return kind;
  }
}

function VitalsRow({
  vitals,
  start,
  firings,
}: {
  vitals: Vitals;
  start: string | undefined;
  firings: Firing[];
}): JSX.Element {
  const fired = firings.filter((f) => f.event === vitals.event);
  const min = start ? Math.round((Date.parse(vitals.at) - Date.parse(start)) / 60_000) : null;
  const pair =
    vitals.systolic_mmHg === undefined ? "" : `${vitals.systolic_mmHg}/${vitals.diastolic_mmHg ?? ""}`;
  return (
    <tr class={fired.length ? "fired" : ""}>
      <th scope="row">
        <time dateTime={vitals.at}>{clock(vitals.at)}</time>
        {min !== null && <span class="quiet"> {min} min</span>}
      </th>
      <td class="number">{pair}</td>
      <td class="number">{vitals.heart_rate_per_min}</td>
      <td class="number">{vitals.spo2_percent}</td>
      <td class="number">{vitals.respiratory_rate_per_min}</td>
      <td class="number">{vitals.moaas}</td>
      <td>
        {fired.map((f) => (
          <Mark key={f.rule} tone={f.consequence === "stop" ? "bad" : "warn"}>
            {told(f.text, new Date(f.at))}
          </Mark>
        ))}
      </td>
    </tr>
  );
}

function Unsaved({ where }: { where: Session }): JSX.Element {
  const words = t().common.unsaved;
  const entries = queue.entries.value.filter((e) => e.about === about(where));
  return (
    <>
      {[...entries].reverse().map((e) => (
        <tr key={e.key} class="unsaved-row">
          <th scope="row">{clock(e.entered)}</th>
          <td colSpan={5}>{e.label}</td>
          <td>
            <Mark tone={e.state === "refused" ? "bad" : "warn"}>{words[e.state]}</Mark>
          </td>
        </tr>
      ))}
    </>
  );
}

type Line = { at: string; vitals: Vitals } | { at: string; event: RecordEvent };

export function Flow({ where, page }: { where: Session; page: SessionPage }): JSX.Element {
  const words = t().session.flowsheet;
  const sheet = page.session.flowsheet;
  const lines: Line[] = [
    ...page.vitals.map((vitals) => ({ at: vitals.at, vitals })),
    ...page.events.filter((e) => spoken.has(e.kind)).map((event) => ({ at: event.at, event })),
  ].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const names = t().session.vitals.short;
  return (
    <Section title={words.title} class="flowsheet">
      <Scroll label={words.title}>
        <table class="flow">
          <thead>
            <tr>
              <th scope="col">{t().common.when}</th>
              <th scope="col">
                {names.pressure} <span class="unit">mmHg</span>
              </th>
              <th scope="col">
                {names.heart} <span class="unit">/min</span>
              </th>
              <th scope="col">
                SpO₂ <span class="unit">%</span>
              </th>
              <th scope="col">
                {names.breath} <span class="unit">/min</span>
              </th>
              <th scope="col">
                MOAA/S <span class="unit">0–5</span>
              </th>
              <th scope="col">{t().common.note}</th>
            </tr>
          </thead>
          <tbody>
            <Unsaved where={where} />
            {lines.map((line) =>
              "vitals" in line ? (
                <VitalsRow
                  key={line.vitals.event}
                  vitals={line.vitals}
                  start={sheet?.start}
                  firings={sheet?.firings ?? []}
                />
              ) : (
                <tr key={line.event.id} class="event-row">
                  <th scope="row">
                    <time dateTime={line.at}>{clock(line.at)}</time>
                  </th>
                  <td colSpan={5}>{eventText(line.event)}</td>
                  <td class="quiet">{line.event.recorded_by}</td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </Scroll>
    </Section>
  );
}

const dueTones: Record<VitalsDue["state"], Tone> = {
  taken: "good",
  late: "look",
  missing: "bad",
  overdue: "warn",
  to_come: "quiet",
};

// What is due next, with the time to it in large figures; what was missed stays in sight.
export function DueList({ due }: { due: VitalsDue[] }): JSX.Element | null {
  useTick(5000);
  const words = t().session.due;
  if (due.length === 0) return null;
  const now = serverNow().getTime();
  const waiting = due.filter((d) => d.state === "overdue");
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
            {clock(next.due)} {next.what}
          </span>
        </p>
      )}
      <details>
        <summary>
          {words.all(due.filter((d) => d.state === "taken" || d.state === "late").length, due.length)}
        </summary>
        <ul class="plain-list">
          {due.map((d) => (
            <li key={d.due + d.what}>
              <time>{clock(d.due)}</time> {d.what}{" "}
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
