// The flowsheet: newest on top, what is not saved yet above it, rate changes and signs in their place. What
// was marked as wrong stays, struck out.
import type { ComponentChildren, JSX } from "preact";
import type { Firing } from "../../api/session";
import type { RecordEvent, SessionPage, Vitals } from "../../api/types";
import { useShortName } from "../../app/instruments";
import { num } from "../../format/number";
import { clock } from "../../format/time";
import { told } from "../../format/told";
import { t, word } from "../../texts";
import { Mark, Scroll, Section } from "../../ui/basic";
import { Told } from "../../ui/told";
import { errorsIn } from "../chart/in_error";
import { unsentErrors, waitingFor } from "./pending";
import type { Session } from "./record";
import { struckReadings } from "./struck";
import { sideEffectText } from "./side_effect";
import { WrongButton } from "./wrong";

const spoken = new Set([
  "rate_changed",
  "sign_seen",
  "session_decision",
  "session_started",
  "session_ended",
  "evaluation",
  "symptom_report",
]);

// What a decision was about: a rule, as it had fired by then, or a gate before the start.
function aboutText(page: SessionPage, about: string, decided: string): JSX.Element | string {
  const before = (firing: Firing): boolean =>
    firing.rule === about && Date.parse(firing.at) <= Date.parse(decided);
  const fired = page.session.flowsheet?.firings.filter(before).at(-1);
  return fired ? (
    <Told text={fired.text} around={new Date(fired.at)} />
  ) : (
    word(t().session.gates.checks, about)
  );
}

function eventText(
  page: SessionPage,
  event: RecordEvent,
  shortName: (id: string) => string,
): ComponentChildren {
  const words = t().session.flowsheet;
  const { kind, body } = event;
  const amount = (a: { value: number; unit: string } | undefined): string =>
    a ? `${num(a.value)} ${a.unit}` : "";
  const because = (reason: string | undefined): string =>
    reason ? `: ${told(reason, new Date(event.at))}` : "";
  switch (kind) {
    case "rate_changed":
      return (body.rate.value === 0 ? words.paused : amount(body.rate)) + because(body.reason);
    case "session_started":
      return `${words.started} ${amount(body.dose)}`;
    case "session_ended":
      return `${words.ended} ${amount(body.given)}${because(body.reason)}`;
    case "session_decision": {
      const decided = body.go_on ? words.goOn : words.notOn;
      return [aboutText(page, body.about, event.at), `: ${decided}, ${body.clinician}: ${body.reason}`];
    }
    case "sign_seen": {
      const sign = page.signs.find((each) => each.id === body.sign)?.text ?? body.sign;
      return [`${words.sign} `, <Told text={sign} />, body.note && ` (${body.note})`];
    }
    case "symptom_report":
      return sideEffectText(body);
    case "evaluation":
      return shortName(body.instrument);
    default:
      return word(t().chart.entries.kinds, kind);
  }
}

function VitalsRow({
  where,
  page,
  vitals,
  error,
}: {
  where: Session;
  page: SessionPage;
  vitals: Vitals;
  error: string | undefined; // why it does not count
}): JSX.Element {
  const sheet = page.session.flowsheet;
  const fired: Firing[] = (sheet?.firings ?? []).filter((f) => f.event === vitals.event);
  const min = sheet ? Math.round((Date.parse(vitals.at) - Date.parse(sheet.start)) / 60_000) : null;
  const pair =
    vitals.systolic_mmHg === undefined ? "" : `${vitals.systolic_mmHg}/${vitals.diastolic_mmHg ?? ""}`;
  const struck = error !== undefined;
  return (
    <tr class={struck ? "struck" : fired.length ? "fired" : ""}>
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
        {struck && <InError why={error} />}
        {!struck &&
          fired.map((f) => (
            <Mark key={f.rule} tone={f.consequence === "stop" ? "bad" : "warn"}>
              <Told text={f.text} around={new Date(f.at)} />
            </Mark>
          ))}
        {!struck && page.writes.includes("entered_in_error") && <WrongButton where={where} vitals={vitals} />}
      </td>
    </tr>
  );
}

function InError({ why }: { why: string }): JSX.Element {
  return (
    <>
      <Mark tone="quiet">{t().session.flowsheet.inError}</Mark> {why}
    </>
  );
}

function EventRow({
  page,
  event,
  error,
}: {
  page: SessionPage;
  event: RecordEvent;
  error: string | undefined;
}): JSX.Element {
  const shortName = useShortName();
  return (
    <tr class={error === undefined ? "event-row" : "event-row struck"}>
      <th scope="row">
        <time dateTime={event.at}>{clock(event.at)}</time>
      </th>
      <td class="said" colSpan={5}>
        {eventText(page, event, shortName)}
      </td>
      <td class="quiet">
        {error !== undefined && <InError why={error} />} {event.recorded_by}
      </td>
    </tr>
  );
}

function Unsaved({ where }: { where: Session }): JSX.Element {
  const words = t().common.unsaved;
  const entries = waitingFor(where);
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

type Line = { at: string; error: string | undefined } & ({ vitals: Vitals } | { event: RecordEvent });

function linesOf(where: Session, page: SessionPage): Line[] {
  const errors = errorsIn(page.events, unsentErrors(waitingFor(where)));
  return [
    ...page.vitals.map((vitals) => ({ at: vitals.at, vitals, error: errors.get(vitals.event) })),
    ...struckReadings(page).map((vitals) => ({
      at: vitals.at,
      vitals,
      error: errors.get(vitals.event) ?? "",
    })),
    ...page.events
      .filter((e) => spoken.has(e.kind))
      .map((event) => ({ at: event.at, event, error: errors.get(event.id) })),
  ].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

export function Flow({ where, page }: { where: Session; page: SessionPage }): JSX.Element {
  const words = t().session.flowsheet;
  const lines = linesOf(where, page);
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
                  where={where}
                  page={page}
                  vitals={line.vitals}
                  error={line.error}
                />
              ) : (
                <EventRow key={line.event.id} page={page} event={line.event} error={line.error} />
              ),
            )}
          </tbody>
        </table>
      </Scroll>
    </Section>
  );
}
