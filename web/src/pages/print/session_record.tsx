// A visit on paper: everything that was done, by whom and when, in its order.
import type { ComponentChildren, JSX } from "preact";
import type { Firing } from "../../api/session";
import type { RecordEvent, SessionPage } from "../../api/types";
import { useShortName } from "../../app/instruments";
import { clock, day, isoDay, moment, zone } from "../../format/time";
import { t, word } from "../../texts";
import { Head } from "../../ui/basic";
import { Told } from "../../ui/told";
import { valid } from "../chart/in_error";
import { said } from "../chart/said";
import { find, given, madeReady, others, type Fact } from "./session_facts";

// The time alone on the day the visit began, else with its day.
const whenOf =
  (events: RecordEvent[]) =>
  (at: string): string =>
    events[0] && isoDay(new Date(events[0].at)) !== isoDay(new Date(at)) ? moment(at) : clock(at);

function Facts({ of }: { of: Fact[] }): JSX.Element {
  return (
    <dl class="print-facts">
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function PreChecks({ events }: { events: RecordEvent[] }): JSX.Element | null {
  const words = t().print;
  const checks = events.filter((e) => e.kind === "pre_check");
  if (checks.length === 0) return null;
  return (
    <Part title={words.checks}>
      <table class="dense">
        <Head of={[t().common.when, t().common.what, words.outcome, t().common.note, t().common.by]} />
        <tbody>
          {checks.map(({ id, at, body, recorded_by: by }) => (
            <tr key={id}>
              <td>{clock(at)}</td>
              <th scope="row">{word(t().session.gates.checks, body.check)}</th>
              <td>{word(t().session.gates.outcomes, body.outcome)}</td>
              <td>{body.note}</td>
              <td>{by}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

function VitalSigns({ page }: { page: SessionPage }): JSX.Element | null {
  const { names, short } = t().session.vitals;
  const when = whenOf(page.events);
  const by = new Map(page.events.map((e) => [e.id, e.recorded_by]));
  const start = page.session.flowsheet?.start;
  const minute = (at: string): string =>
    start ? String(Math.round((Date.parse(at) - Date.parse(start)) / 60_000)) : "";
  const missed = (page.session.flowsheet?.vital_signs_due ?? []).filter((d) => d.state === "missing");
  if (page.vitals.length === 0) return null;
  const heads = [
    `${short.pressure} mmHg`,
    `${short.heart} /min`,
    "SpO₂ %",
    `${short.breath} /min`,
    names.moaas,
  ];
  return (
    <Part title={t().session.vitals.title}>
      <table class="dense">
        <Head of={[t().common.when, t().common.minutes, ...heads, t().common.by]} />
        <tbody>
          {page.vitals.map((v) => (
            <tr key={v.event}>
              <td>{when(v.at)}</td>
              <td>{minute(v.at)}</td>
              <td>{v.systolic_mmHg !== undefined && `${v.systolic_mmHg}/${v.diastolic_mmHg ?? "–"}`}</td>
              <td>{v.heart_rate_per_min}</td>
              <td>{v.spo2_percent}</td>
              <td>{v.respiratory_rate_per_min}</td>
              <td>{v.moaas}</td>
              <td>{by.get(v.event)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {missed.length > 0 && <p>{t().print.missed(missed.map((d) => clock(d.due)).join(", "))}</p>}
    </Part>
  );
}

// Holds and stops with what became of each; what is not answered stands out.
function Rules({ firings }: { firings: Firing[] }): JSX.Element | null {
  const words = t().session.alerts;
  if (firings.length === 0) return null;
  return (
    <Part title={words.fired}>
      <ul>
        {firings.map((f) => (
          <li key={`${f.rule}-${f.event}`}>
            {clock(f.at)}: <Told text={f.text} around={new Date(f.at)} />;{" "}
            <strong>{[word(words.answers, f.answer), f.answered_by].filter(Boolean).join(", ")}</strong>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Happened({ all }: { all: RecordEvent[] }): JSX.Element | null {
  const events = others(all);
  const when = whenOf(all);
  const shortName = useShortName();
  const words = t().chart.entries;
  if (events.length === 0) return null;
  const text = (event: RecordEvent): string => {
    const { session: _session, ...body } = event.body as Record<string, unknown>;
    return said({ ...event, body } as RecordEvent, undefined, shortName);
  };
  return (
    <Part title={t().print.happened}>
      <table class="dense">
        <Head of={[t().common.when, t().common.what, words.said, t().common.by]} />
        <tbody>
          {events.map((e) => (
            <tr key={e.id}>
              <td>{when(e.at)}</td>
              <th scope="row">{word(words.kinds, e.kind)}</th>
              <td>{text(e)}</td>
              <td>{e.recorded_by}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

function WayHome({ page }: { page: SessionPage }): JSX.Element | null {
  const words = t().session.discharge;
  const criteria = page.session.flowsheet?.discharge ?? [];
  const went = find(page.events, "session_discharged");
  if (criteria.length === 0 && !went) return null;
  const { yes, no } = t().common;
  return (
    <Part title={words.title}>
      <ul>
        {criteria.map((c) => (
          <li key={c.id}>
            <strong>{words.met[c.met]}</strong>: <Told text={c.text} around={new Date(page.session.now)} />
          </li>
        ))}
      </ul>
      {went ? (
        <Facts
          of={[
            [t().print.discharged, `${moment(went.at)}, ${went.recorded_by}`],
            [words.escort, went.body.escort ? yes : no],
            [words.moaas, went.body.moaas === undefined ? "–" : String(went.body.moaas)],
            [words.contact, went.body.next_contact ? day(went.body.next_contact) : "–"],
          ]}
        />
      ) : (
        <p>{t().print.notDischarged}</p>
      )}
    </Part>
  );
}

// What was entered in error is left out: the record keeps it, this paper is of what happened.
export function SessionRecord({ session, page: all }: { session: string; page: SessionPage }): JSX.Element {
  const page = { ...all, events: valid(all.events) };
  const words = t().print;
  const first = page.events[0];
  const facts: Fact[] = [
    [words.session, [session, page.place].filter(Boolean).join(", ")],
    [words.date, first ? `${day(first.at)}, ${clock(first.at)} (${zone(first.at)})` : "–"],
    [t().desk.today.state, word(t().session.states, page.session.state)],
    [t().chart.plan.protocol, page.session.protocol],
  ];
  const dose = [...madeReady(page), ...given(page)];
  return (
    <div class="only-print session-record">
      <Facts of={facts} />
      {dose.length > 0 && (
        <Part title={t().session.start.dose}>
          <Facts of={dose} />
        </Part>
      )}
      <PreChecks events={page.events} />
      <VitalSigns page={page} />
      <Rules firings={page.session.flowsheet?.firings ?? []} />
      <Happened all={page.events} />
      <WayHome page={page} />
    </div>
  );
}
