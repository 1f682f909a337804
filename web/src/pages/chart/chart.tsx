// The chart of one patient: what needs somebody first, then the course, then everything that was written.
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { at } from "../../api/address";
import { connected } from "../../api/live";
import type { Chart } from "../../api/types";
import { useResource, useTick } from "../../app/resource";
import { may } from "../../app/state";
import { clock, span } from "../../format/time";
import { t } from "../../texts";
import { Loading, Mark, ProblemBox, Section } from "../../ui/basic";
import { Standing } from "../../ui/standing";
import { Told } from "../../ui/told";
import { Actions } from "./actions";
import { Banner } from "./banner";
import { Begin } from "./begin";
import { BreakGlass } from "./break_glass";
import { CoursePart } from "./course";
import { Documents } from "./documents";
import { Entries } from "./entries";
import { useEvents, type Events } from "./events";
import { Findings } from "./findings";
import { PlanPart } from "./plan_part";
import { Timeline } from "./timeline";
import { WriteMenu } from "./write";
import "../../styles/chart.css";

function Age({ read }: { read: number }): JSX.Element | null {
  useTick(10_000);
  const age = Date.now() - read;
  if (connected.value || age < 60_000) return null;
  return <Mark tone="warn">{t().common.ageOf(span(age))}</Mark>;
}

function Missing({ chart }: { chart: Chart }): JSX.Element | null {
  const { missing, set_aside: aside } = chart.assessment;
  const words = t().chart;
  if (missing.length === 0 && aside.length === 0) return null;
  return (
    <Section title={words.missing} class="missing">
      <ul>
        {missing.map((text) => (
          <li key={text}>
            <Told text={text} />
          </li>
        ))}
      </ul>
      {aside.length > 0 && (
        <>
          <p>
            <Mark tone="warn">{words.setAside(aside.length)}</Mark>
          </p>
          <ul>
            {aside.map((a) => (
              <li key={a.line}>
                {words.line(a.line)} {a.error.where}: <Told text={a.error.what} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

const levelOf = ({ assessment }: Chart) => ({ level: assessment.level, levelName: assessment.level_name });

function Written({
  patient,
  chart,
  written,
}: {
  patient: string;
  chart: Chart;
  written: Events;
}): JSX.Element {
  const { assessment } = chart;
  const { events } = written;
  return (
    <>
      <Standing of={written} />
      <div class="chart-top">
        <div class="stack">
          <Actions patient={patient} assessment={assessment} />
          <PlanPart patient={patient} chart={chart} />
        </div>
        <CoursePart patient={patient} chart={chart} />
      </div>
      <Section title={t().chart.timeline.title} class="wide">
        <Timeline assessment={assessment} events={events} />
      </Section>
      <Findings patient={patient} chart={chart} events={events} />
      <Missing chart={chart} />
      <Entries patient={patient} events={events} assessment={assessment} />
      <Documents patient={patient} />
    </>
  );
}

export default function ChartPage({ parts }: { parts: Record<string, string> }): JSX.Element {
  const patient = parts["p"] ?? "";
  const chart = useResource(at("/api/patients/{patient}/chart", { patient }), {
    live: (record) => record.patient === patient,
  });
  const { data, problem, read, reload } = chart;
  const written = useEvents(patient, data?.version);
  useEffect(() => {
    if (data) document.title = `${data.person.patient} – ${t().common.product}`;
  }, [data]);
  if (problem?.code === "not_permitted" && may("break-glass")) {
    return <BreakGlass patient={patient} onOpened={reload} />;
  }
  if (!data) return problem ? <ProblemBox problem={problem} /> : <Loading />;
  return (
    <div class="page chart">
      <Banner person={data.person} {...(data.version > 0 && levelOf(data))}>
        <span class="banner-tools">
          {data.opened_until && <Mark tone="bad">{t().chart.glass.until(clock(data.opened_until))}</Mark>}
          <Age read={read} />
          <WriteMenu patient={patient} plan={data.plan} />
        </span>
      </Banner>
      <Standing of={chart} />
      {data.plan === null && <Begin patient={patient} chart={data} events={written.events} />}
      {data.version > 0 && <Written patient={patient} chart={data} written={written} />}
    </div>
  );
}
