// The day at a glance: who sits where, what is late, whose findings need somebody.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../api/address";
import { isOver } from "../api/session";
import type { TodayDue, TodayPerson, TodaySession } from "../api/types";
import { useResource, useTick } from "../app/resource";
import { may, mayWrite, serverNow } from "../app/state";
import { clock, day, dayBounds, isoDay, moment } from "../format/time";
import { useTitle } from "../app/title";
import { t, word } from "../texts";
import { Empty, Level, Loading, Mark, ProblemBox, Scroll, Section, type Tone, Head } from "../ui/basic";
import { PatientName } from "../ui/patient";
import { Standing } from "../ui/standing";
import { Told } from "../ui/told";
import { WriteButton } from "./chart/write";
import { CancelButton } from "./session/cancel";
import { CheckInDialog } from "./session/check_in";

const tones: Record<string, Tone> = {
  infusing: "plain",
  observing: "look",
  ready: "look",
  pre_checks: "quiet",
  checked_in: "quiet",
  discharged: "good",
  stopped: "warn",
  cancelled: "quiet",
};
const order = [
  "infusing",
  "observing",
  "ready",
  "pre_checks",
  "checked_in",
  "stopped",
  "discharged",
  "cancelled",
];

const beforeDrug = ["checked_in", "pre_checks", "ready"]; // who does not read the chart cancels from here

// What shouts first: a stop, a hold, late vital signs.
function urgency(s: TodaySession): number {
  if (s.stop_asked) return 0;
  if (s.hold_asked) return 1;
  if (s.vitals_overdue) return 2;
  return 3 + order.indexOf(s.state);
}

function NextCell({ session }: { session: TodaySession }): JSX.Element {
  const words = t().desk.today;
  return (
    <td class="next">
      {session.stop_asked && <Mark tone="bad">{words.stop}</Mark>}
      {session.hold_asked && !session.stop_asked && <Mark tone="bad">{words.hold}</Mark>}
      {session.next_vitals_due && (
        <Mark tone={session.vitals_overdue ? "warn" : "quiet"}>
          {words.vitals(clock(session.next_vitals_due))}
          {session.vitals_overdue && `, ${words.late}`}
        </Mark>
      )}
    </td>
  );
}

function Sessions({ sessions, of }: { sessions: TodaySession[]; of: string }): JSX.Element {
  const words = t().desk.today;
  if (sessions.length === 0) return <Empty>{words.noSessions}</Empty>;
  const sorted = [...sessions].sort((a, b) => urgency(a) - urgency(b) || a.at.localeCompare(b.at));
  return (
    <Scroll label={words.sessions}>
      <table class="sessions stacks">
        <Head of={[words.place, words.patient, words.state, words.next, words.since]} />
        <tbody>
          {sorted.map((s) => (
            <tr key={`${s.patient}/${s.session}`} class={s.stop_asked || s.hold_asked ? "alarm" : ""}>
              <td class="place">{s.place ?? "–"}</td>
              <th scope="row">
                <PatientName {...s} />
                <div class="quiet small">
                  {s.patient}, {s.session}
                </div>
              </th>
              <td>
                <Mark tone={tones[s.state] ?? "plain"}>{word(t().session.states, s.state)}</Mark>
              </td>
              <NextCell session={s} />
              <td data-label={words.since}>
                {isoDay(new Date(s.at)) === of ? clock(s.at) : moment(s.at)}
                {!may("read-chart") && mayWrite("session_cancelled") && beforeDrug.includes(s.state) && (
                  <div>
                    <CancelButton where={s} about={named(s)} />
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

// Who is only to be watched stands one step away: several of a clinic always are, and who needs somebody must
// not be sought among them.
function People({ people }: { people: TodayPerson[] }): JSX.Element {
  const words = t().desk.today;
  const needing = people.filter((p) => p.level > 1 || p.overdue);
  const watched = people.filter((p) => !needing.includes(p));
  return (
    <>
      {needing.length > 0 ? <PeopleList people={needing} /> : <Empty>{words.noPeople}</Empty>}
      {watched.length > 0 && (
        <details class="watched">
          <summary>{words.watched(watched.length)}</summary>
          <PeopleList people={watched} />
        </details>
      )}
    </>
  );
}

function PeopleList({ people }: { people: TodayPerson[] }): JSX.Element {
  const words = t().desk.today;
  return (
    <ul class="people">
      {people.map((p) => (
        <li key={p.patient} class={`level-${p.level}`}>
          <div class="people-head">
            <strong>
              <PatientName patient={p.patient} name={p.name} />
            </strong>
            <Level level={p.level} />
          </div>
          {p.action && (p.level > 1 || p.overdue) && (
            <p>
              <Told text={p.action} />
            </p>
          )}
          <p class="quiet small">
            {[word(t().common.roles, p.by_role), p.look_by && words.lookBy(moment(p.look_by))]
              .filter(Boolean)
              .join(", ")}{" "}
            {p.overdue && <Mark tone="bad">{words.late}</Mark>}
          </p>
          <ul class="chips">
            {p.findings.map((f) => (
              <li key={f.rule} lang="en">
                {f.title}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

// Several in a list: a dialog says whom it is about.
const named = ({ name, patient }: { name: string; patient: string }): string =>
  [name, patient].filter(Boolean).join(", ");

// They are here, or did not come.
function Arrives({ person }: { person: TodayDue }): JSX.Element {
  const [here, setHere] = useState(false);
  return (
    <span class="buttons">
      {mayWrite("session_checked_in") && (
        <button type="button" onClick={() => setHere(true)}>
          {t().session.checkIn.go}
          <span class="visually-hidden"> {person.name}</span>
        </button>
      )}
      <WriteButton kind="appointment_missed" patient={person.patient} about={named(person)} />
      {here && <CheckInDialog person={person} onClose={() => setHere(false)} />}
    </span>
  );
}

// Who is to come stands first: the plan's next session, due or overdue.
const isSession = (item: TodayDue): boolean => item.what === "session";

function Expected({ due }: { due: TodayDue[] }): JSX.Element | null {
  const words = t().desk.today;
  if (due.length === 0) return null;
  return (
    <>
      <h3>{words.expected}</h3>
      <ul class="due-list">
        {due.map((d) => (
          <li key={d.patient}>
            <PatientName patient={d.patient} name={d.name} />
            <span>
              <Mark tone={d.overdue_days > 0 ? "warn" : "look"}>
                {d.overdue_days > 0 ? words.overdue(d.overdue_days) : words.dueNow}
              </Mark>{" "}
              {words.sessionDue(day(d.due))}
            </span>
            <Arrives person={d} />
          </li>
        ))}
      </ul>
    </>
  );
}

// What is late by the same number of days stands together.
function grouped(items: TodayDue[]): [number, string[]][] {
  const by = new Map<number, string[]>();
  for (const d of items) by.set(d.overdue_days, [...(by.get(d.overdue_days) ?? []), d.what]);
  return [...by].sort((a, b) => b[0] - a[0]);
}

function DueTasks({ due }: { due: TodayDue[] }): JSX.Element {
  const words = t().desk.today;
  const [all, setAll] = useState(false);
  const by = new Map<string, TodayDue[]>();
  for (const d of [...due].sort((a, b) => b.overdue_days - a.overdue_days))
    by.set(d.patient, [...(by.get(d.patient) ?? []), d]);
  const rows = [...by.values()];
  return (
    <>
      <ul class="due-list">
        {(all ? rows : rows.slice(0, 8)).map((items) => (
          <li key={items[0]?.patient}>
            <PatientName patient={items[0]?.patient ?? ""} name={items[0]?.name ?? ""} />
            <ul>
              {grouped(items).map(([days, whats]) => (
                <li key={days}>
                  {days > 0 ? (
                    <Mark tone="warn">{words.overdue(days)}</Mark>
                  ) : (
                    <Mark tone="look">{words.dueNow}</Mark>
                  )}{" "}
                  <Told text={whats.join(", ")} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {!all && rows.length > 8 && (
        <button type="button" onClick={() => setAll(true)}>
          {t().common.more} ({rows.length - 8})
        </button>
      )}
    </>
  );
}

function DueList({ due }: { due: TodayDue[] }): JSX.Element {
  const words = t().desk.today;
  if (due.length === 0) return <Empty>{words.noDue}</Empty>;
  const [sessions, tasks] = [due.filter(isSession), due.filter((d) => !isSession(d))];
  return (
    <>
      <Expected due={sessions} />
      {sessions.length > 0 && tasks.length > 0 && <h3>{words.tasks}</h3>}
      {tasks.length > 0 && <DueTasks due={tasks} />}
    </>
  );
}

// Nothing chosen is today, whichever day that is by now: a board stays open over midnight.
function DayChoice({
  chosen,
  today,
  choose,
}: {
  chosen: string | null;
  today: string;
  choose: (day: string | null) => void;
}): JSX.Element {
  const words = t().desk.today;
  const pick = (text: string): void => choose(text === today ? null : text);
  return (
    <>
      <label class="day">
        {words.day}{" "}
        <input
          type="date"
          value={chosen ?? today}
          onChange={(e) => e.currentTarget.value && pick(e.currentTarget.value)}
        />
      </label>
      {chosen && (
        <button type="button" onClick={() => choose(null)}>
          {words.toToday}
        </button>
      )}
    </>
  );
}

export default function TodayPage(): JSX.Element {
  useTick(10_000);
  const [chosen, choose] = useState<string | null>(null);
  const today = isoDay(serverNow());
  const shown = chosen ?? today;
  const board = useResource(at("/api/today", dayBounds(shown)), { live: () => true, every_ms: 60_000 });
  const { data, problem } = board;
  const words = t().desk.today;
  useTitle(words.title);
  if (!data) return problem ? <ProblemBox problem={problem} /> : <Loading />;
  const active = data.sessions.filter((s) => !isOver(s.state)).length;
  return (
    <div class="page today">
      <header class="page-head">
        <h1>{words.title}</h1>
        <DayChoice chosen={chosen} today={today} choose={choose} />
        {mayWrite("session_checked_in") && (
          <a class="button primary" href="/patients">
            {words.checkIn}
          </a>
        )}
      </header>
      <Standing of={board} />
      <div class="today-grid">
        <Section title={words.sessions} aside={words.active(active)} class="part-sessions">
          <Sessions sessions={data.sessions} of={shown} />
        </Section>
        {may("read-chart") && data.people && (
          <Section title={words.people} class="part-people">
            <People people={data.people} />
          </Section>
        )}
        <Section title={words.due} class="part-due">
          <DueList due={data.due} />
        </Section>
      </div>
    </div>
  );
}
