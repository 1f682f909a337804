// A visit, from the door to the way home. The state decides what stands on top.
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { at } from "../../api/address";
import type { SessionPage } from "../../api/types";
import { useResource, useTick } from "../../app/resource";
import { may, serverNow } from "../../app/state";
import { num } from "../../format/number";
import { clock, span } from "../../format/time";
import { t, word } from "../../texts";
import { Loading, Mark, ProblemBox, Section, type Tone } from "../../ui/basic";
import { Banner } from "../chart/banner";
import { Alerts, Fired } from "./alerts";
import { CurvePart } from "./curve";
import { Discharge } from "./discharge";
import { DrugPart } from "./drug";
import { DueList, Flow } from "./flowsheet";
import { Gates } from "./gates";
import { InfusionButtons, SignButton } from "./infusion";
import { strengthOf, type Session } from "./record";
import { Shortcuts } from "./shortcuts";
import { MakeReady, ReadBack } from "./start";
import { VitalsPad } from "./vitals_pad";
import "../../styles/session.css";

const tones: Record<string, Tone> = {
  infusing: "plain",
  observing: "look",
  discharged: "good",
  stopped: "warn",
  cancelled: "quiet",
  ready: "look",
};

function Figures({ page }: { page: SessionPage }): JSX.Element | null {
  useTick(1000);
  const words = t().session.figures;
  const sheet = page.session.flowsheet;
  if (!sheet) return null;
  const now = sheet.ended ? Date.parse(sheet.ended) : serverNow().getTime();
  const minutes = Math.max(0, Math.floor((now - Date.parse(sheet.start)) / 60_000));
  const per = strengthOf(page);
  const figure = (name: string, value: string, unit: string, more?: string): JSX.Element => (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        <span class="unit"> {unit}</span>
        {more && <small>{more}</small>}
      </dd>
    </div>
  );
  const given = sheet.given_base_mg;
  const rate = sheet.rate_base_mg_per_h;
  return (
    <dl class="figures">
      {figure(
        sheet.ended ? words.ran : words.elapsed,
        String(minutes),
        "min",
        words.of(num(sheet.ordered_length_min)),
      )}
      {figure(
        words.given,
        given === null ? "–" : num(given, 1),
        "mg",
        words.of(`${num(sheet.ordered_base_mg)} mg`),
      )}
      {sheet.ended
        ? figure(words.since, span(serverNow().getTime() - now), "", words.endedAt(clock(sheet.ended)))
        : figure(
            words.rate,
            rate === 0 ? words.paused : per ? num(rate / per, 1) : num(rate, 1),
            rate === 0 ? "" : per ? "mL/h" : "mg/h",
            per !== null && rate !== 0 ? `${num(rate, 1)} mg/h` : undefined,
          )}
      {figure(words.started, clock(sheet.start), "", word(t().chart.plan.drugs, sheet.drug))}
    </dl>
  );
}

function Running({ where, page }: { where: Session; page: SessionPage }): JSX.Element {
  const sheet = page.session.flowsheet;
  const observing = page.session.state === "observing";
  const closed = page.session.ended;
  const last = page.vitals.at(-1);
  return (
    <>
      <Alerts where={where} page={page} />
      <Figures page={page} />
      {!closed && !observing && <InfusionButtons where={where} page={page} />}
      {sheet?.note && (
        <p>
          <Mark tone="warn">{sheet.note}</Mark>
        </p>
      )}
      <div class="session-grid">
        <div>
          {sheet && !closed && <DueList due={sheet.vital_signs_due} />}
          {!closed && page.writes.includes("vital_signs") && <VitalsPad where={where} last={last} />}
          {observing && <Discharge where={where} page={page} />}
          <Flow where={where} page={page} />
        </div>
        <div>
          {may("read-chart") && <CurvePart where={where} version={page.version} />}
          {observing && page.writes.includes("sign_seen") && (
            <div class="actions">
              <SignButton where={where} page={page} />
            </div>
          )}
          <Fired firings={sheet?.firings ?? []} />
          <DrugPart where={where} page={page} />
          {closed && sheet && <DueList due={sheet.vital_signs_due} />}
        </div>
      </div>
      {!closed && <Shortcuts />}
    </>
  );
}

function Before({ where, page }: { where: Session; page: SessionPage }): JSX.Element {
  const open = page.session.gates.some((gate) => !gate.lets_start);
  const { state } = page.session;
  return (
    <div class="session-grid even">
      <div>
        {state === "ready" && page.ready && page.writes.includes("session_started") && (
          <ReadBack where={where} ready={page.ready} />
        )}
        <Gates where={where} page={page} />
      </div>
      <div>
        {!open && page.writes.includes("session_ready") && <MakeReady where={where} page={page} />}
        {page.writes.includes("vital_signs") && <VitalsPad where={where} last={page.vitals.at(-1)} />}
        <DrugPart where={where} page={page} />
        <Flow where={where} page={page} />
      </div>
    </div>
  );
}

export default function SessionPageView({ parts }: { parts: Record<string, string> }): JSX.Element {
  const where = { patient: parts["p"] ?? "", session: parts["s"] ?? "" };
  const { data, problem } = useResource(at("/api/patients/{patient}/sessions/{session}", where), {
    live: (record) => record.patient === where.patient,
    every_ms: 10_000,
  });
  useEffect(() => {
    if (data) document.title = `${where.session}, ${where.patient} – ${t().common.product}`;
  }, [data]);
  if (!data) return problem ? <ProblemBox problem={problem} /> : <Loading />;
  const { session } = data;
  const words = t().session;
  const before = session.flowsheet === null;
  return (
    <div class="page session">
      <Banner person={data.person}>
        <p class="session-name">
          <span>
            <strong>{where.session}</strong>
            {data.place && `, ${data.place}`}
          </span>
          <Mark tone={tones[session.state] ?? "plain"}>{word(words.states, session.state)}</Mark>
        </p>
        <span class="banner-tools">
          {may("read-chart") && <a href={`/patients/${where.patient}`}>{words.toChart}</a>}
        </span>
      </Banner>
      {before && !session.ended && <Before where={where} page={data} />}
      {!before && <Running where={where} page={data} />}
      {before && session.ended && (
        <Section title={word(words.states, session.state)}>
          <Flow where={where} page={data} />
        </Section>
      )}
      <p class="quiet protocol">
        {words.byProtocol} {session.protocol}. {t().common.notMonitor}
      </p>
    </div>
  );
}
