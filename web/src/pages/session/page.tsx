// A visit, from the door to the way home. The state decides what stands on top.
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { at } from "../../api/address";
import type { SessionPage } from "../../api/types";
import { useResource } from "../../app/resource";
import { may } from "../../app/state";
import { t, word } from "../../texts";
import { Loading, Mark, ProblemBox, Section } from "../../ui/basic";
import { Standing } from "../../ui/standing";
import { Told } from "../../ui/told";
import { Banner } from "../chart/banner";
import { SessionRecord } from "../print/session_record";
import { Alerts, Fired } from "./alerts";
import { Arrival } from "./arrival";
import { CurvePart } from "./curve";
import { Discharge } from "./discharge";
import { DrugPart } from "./drug";
import { DueList } from "./due";
import { Figures } from "./figures";
import { Flow } from "./flowsheet";
import { Gates } from "./gates";
import { InfusionButtons, SignButton } from "./infusion";
import type { Session } from "./record";
import { Shortcuts } from "./shortcuts";
import { SideEffectButton } from "./side_effect";
import { AlertLink, State, Unwatched, alertsId, waitingFirings, useGlance } from "./standing";
import { MakeReady, ReadBack } from "./start";
import { VitalsPad } from "./vitals_pad";
import "../../styles/session.css";

function Running({ where, page }: { where: Session; page: SessionPage }): JSX.Element {
  const sheet = page.session.flowsheet;
  const observing = page.session.state === "observing";
  const closed = page.session.ended;
  return (
    <>
      <Arrival id={alertsId} label={t().session.standing.alerts} what={waitingFirings(page).names}>
        <Alerts where={where} page={page} />
      </Arrival>
      <Figures where={where} page={page} />
      {!closed && !observing && <InfusionButtons where={where} page={page} />}
      {sheet?.note && (
        <p>
          <Mark tone="warn">
            <Told text={sheet.note} />
          </Mark>
        </p>
      )}
      <div class="session-grid">
        <div>
          {sheet && !closed && <DueList where={where} due={sheet.vital_signs_due} />}
          {!closed && page.writes.includes("vital_signs") && <VitalsPad where={where} taken={page.vitals} />}
          {observing && <Discharge where={where} page={page} />}
          <Flow where={where} page={page} />
        </div>
        <div>
          {may("read-chart") && <CurvePart where={where} version={page.version} />}
          {observing && (
            <div class="actions">
              {page.writes.includes("sign_seen") && <SignButton where={where} page={page} />}
              <SideEffectButton where={where} page={page} />
            </div>
          )}
          <Fired firings={sheet?.firings ?? []} />
          <DrugPart where={where} page={page} />
          {closed && sheet && <DueList where={where} due={sheet.vital_signs_due} />}
        </div>
      </div>
      {!closed && <Shortcuts />}
    </>
  );
}

function Before({ where, page }: { where: Session; page: SessionPage }): JSX.Element {
  const open = page.session.gates.some((gate) => !gate.lets_start);
  const drawnUp = page.session.state === "ready" && page.writes.includes("session_started");
  const ready = drawnUp ? page.ready : null;
  return (
    <div class="session-grid even">
      <div>
        <Arrival id="read-back" label={t().session.start.title} what={ready ? ["ready"] : []}>
          {ready && <ReadBack where={where} ready={ready} />}
        </Arrival>
        <Gates where={where} page={page} />
      </div>
      <div>
        {!open && page.writes.includes("session_ready") && <MakeReady where={where} page={page} />}
        {page.writes.includes("vital_signs") && <VitalsPad where={where} taken={page.vitals} />}
        <DrugPart where={where} page={page} />
        <Flow where={where} page={page} />
      </div>
    </div>
  );
}

export default function SessionPageView({ parts }: { parts: Record<string, string> }): JSX.Element {
  const where = { patient: parts["p"] ?? "", session: parts["s"] ?? "" };
  const page = useResource(at("/api/patients/{patient}/sessions/{session}", where), {
    live: (record) => record.patient === where.patient,
    every_ms: 10_000,
  });
  const { data, problem } = page;
  useEffect(() => {
    if (data) document.title = `${where.session}, ${where.patient} – ${t().common.product}`;
  }, [data]);
  useGlance(data);
  if (!data) return problem ? <ProblemBox problem={problem} /> : <Loading />;
  const { session } = data;
  const words = t().session;
  const before = session.flowsheet === null;
  return (
    <div class="page session">
      <Banner person={data.person} session={where.session}>
        <p class="session-name">
          <span>
            <strong>{where.session}</strong>
            {data.place && `, ${data.place}`}
          </span>
          <State where={where} page={data} />
        </p>
        <AlertLink page={data} />
        <span class="banner-tools">
          {may("read-chart") && <a href={`/patients/${where.patient}`}>{words.toChart}</a>}
        </span>
        <Unwatched page={data} />
      </Banner>
      <Standing of={page} />
      {before && !session.ended && <Before where={where} page={data} />}
      {!before && <Running where={where} page={data} />}
      {before && session.ended && (
        <Section title={word(words.states, session.state)}>
          <Flow where={where} page={data} />
        </Section>
      )}
      <SessionRecord session={where.session} page={data} />
      <p class="quiet protocol">
        {words.byProtocol} {session.protocol}. {t().common.notMonitor}
      </p>
    </div>
  );
}
