// Where the plan stands and what is due.
import type { JSX } from "preact";
import type { Course, Due } from "../../api/assessment";
import type { Chart } from "../../api/types";
import { useShortName } from "../../app/instruments";
import { mayWrite } from "../../app/state";
import { num } from "../../format/number";
import { day, moment } from "../../format/time";
import { t, word } from "../../texts";
import { Empty, Mark, Section, type Tone, Head } from "../../ui/basic";
import { Told } from "../../ui/told";
import { CheckIn } from "../session/check_in";

const tones: Record<string, Tone> = {
  "up to date": "good",
  due: "look",
  overdue: "warn",
  "never done": "warn",
};

function DueRow({ due }: { due: Due }): JSX.Element {
  const words = t().chart;
  return (
    <tr>
      <th scope="row">
        <Told text={due.what} />
      </th>
      <td>
        <Mark tone={tones[due.state] ?? "plain"}>{word(words.dueStates, due.state)}</Mark>
      </td>
      <td data-label={words.last}>{due.last ? day(due.last) : "–"}</td>
      <td data-label={words.next}>{due.next ? day(due.next) : "–"}</td>
    </tr>
  );
}

function fallWords(fall: number): string {
  const words = t().chart;
  return (fall < 0 ? words.rise : words.fall)(num(Math.abs(fall) * 100, 0));
}

function Response({ course, planned }: { course: Course; planned: number | undefined }): JSX.Element {
  const words = t().chart;
  const shortName = useShortName();
  const { sessions_done: done, sessions_in_plan: underPlan } = course;
  const { baseline, latest, fall, response, remission, instrument } = course.response;
  return (
    <dl class="pairs">
      <dt>{words.phase}</dt>
      <dd>{word(words.phases, course.phase)}</dd>
      <dt>{words.sessions}</dt>
      <dd>{planned === undefined ? done : words.ofPlan(underPlan, planned, done)}</dd>
      <dt>{shortName(instrument)}</dt>
      <dd>
        {baseline?.total ?? "–"} → <strong>{latest?.total ?? "–"}</strong>
        {fall !== null && fall !== undefined && <span class="quiet"> {fallWords(fall)}</span>}
        <div class="flags">
          <Mark tone={response ? "good" : "quiet"}>{response ? words.response : words.noResponse}</Mark>
          <Mark tone={remission ? "good" : "quiet"}>{remission ? words.remission : words.noRemission}</Mark>
        </div>
      </dd>
    </dl>
  );
}

// A visit that goes on, also one that is still in its checks; else the next one.
export function CheckInPart({ patient, chart }: { patient: string; chart: Chart }): JSX.Element | null {
  const visit = chart.visits.find((each) => !each.over);
  if (visit)
    return (
      <a class="button primary" href={`/patients/${patient}/sessions/${visit.session}`}>
        {t().chart.toSession} ({word(t().session.states, visit.state)})
      </a>
    );
  if (!mayWrite("session_checked_in")) return null;
  return <CheckIn person={chart.person} taken={chart.visits.map((each) => each.session)} />;
}

export function CoursePart({ patient, chart }: { patient: string; chart: Chart }): JSX.Element {
  const words = t().chart;
  const { course, no_course_because: why } = chart.assessment;
  const tools = (
    <>
      <a href={`/patients/${patient}/evaluate`}>{words.toEvaluations}</a>
      <CheckInPart patient={patient} chart={chart} />
    </>
  );
  if (!course)
    return (
      <Section title={words.course} aside={tools}>
        <Empty>{why ? <Told text={why} /> : words.noPlan}</Empty>
      </Section>
    );
  const due = [...(course.next_session ? [course.next_session] : []), ...course.due];
  return (
    <Section title={words.course} aside={tools}>
      <Response course={course} planned={chart.plan?.planned_sessions} />
      <table class="dense due">
        <Head of={[t().common.what, words.state, words.last, words.next]} />
        <tbody>
          {due.map((d) => (
            <DueRow key={d.what} due={d} />
          ))}
        </tbody>
      </table>
      {course.notes.length > 0 && (
        <ul class="notes">
          {course.notes.map((note) => (
            <li key={note}>
              <Told text={note} />
            </li>
          ))}
        </ul>
      )}
      <PastSessions patient={patient} chart={chart} />
    </Section>
  );
}

function PastSessions({ patient, chart }: { patient: string; chart: Chart }): JSX.Element | null {
  const words = t().chart;
  const sessions = [...chart.assessment.sessions].reverse();
  if (sessions.length === 0) return null;
  return (
    <details>
      <summary>{words.pastSessions(sessions.length)}</summary>
      <ul class="plain-list past">
        {sessions.map((s) => (
          <li key={s.session}>
            <a href={`/patients/${patient}/sessions/${s.session}`}>{s.session}</a>, {moment(s.start)}:{" "}
            {s.given_mg === null ? "–" : num(s.given_mg)} mg ({num(s.dose_mg_per_kg, 2)} mg/kg)
            {s.stopped && <Mark tone="warn">{words.timeline.stopped}</Mark>}
            {s.notes.length > 0 && <span class="quiet"> {words.lateItems(s.notes.length)}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
