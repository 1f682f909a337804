// The plan in force, what limits it, the next dose with the limit that binds, and approving, changing or
// signing.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../../api/address";
import type { Chart, RecordEvent } from "../../api/types";
import { useResource } from "../../app/resource";
import { enter, mayWrite, me } from "../../app/state";
import { moment } from "../../format/time";
import { useTitle } from "../../app/title";
import { t } from "../../texts";
import { Empty, Loading, Mark, ProblemBox, Section } from "../../ui/basic";
import { useAction } from "../../ui/dialog";
import { useEvents } from "../chart/events";
import { Banner } from "../chart/banner";
import { PlanFacts } from "../chart/plan_part";
import { Approve } from "./approve";
import { ChangePlan } from "./change";
import { NextDose } from "./next_dose";
import "../../styles/plan.css";

// The plan or change that a second clinician would sign: the latest that neither this person recorded nor
// answers for.
const answersFor = (event: RecordEvent): string | null =>
  event.kind === "plan_approved" ? event.body.responsible_clinician : null;

function toSign(events: RecordEvent[], name: string): RecordEvent | null {
  const latest = events.findLast((e) => e.kind === "plan_approved" || e.kind === "plan_changed");
  if (!latest || latest.recorded_by === name || answersFor(latest) === name) return null;
  return events.some((e) => e.kind === "plan_signed" && e.body.plan === latest.id) ? null : latest;
}

function Sign({ patient, events }: { patient: string; events: RecordEvent[] }): JSX.Element | null {
  const action = useAction();
  const words = t().chart.planning;
  const name = me.value?.name ?? "";
  const plan = toSign(events, name);
  if (!plan || !mayWrite("plan_signed")) return null;
  const sign = (): void =>
    void action.run(async () => {
      await enter(patient, {
        kind: "plan_signed",
        body: { plan: plan.id, clinician: name },
      });
    });
  return (
    <div class="actions">
      <button type="button" onClick={sign} disabled={action.busy}>
        {words.sign}
      </button>
      <span class="hint">
        {words.signHint} {moment(plan.at)}
      </span>
      <ProblemBox problem={action.problem} />
    </div>
  );
}

function PlanCard({
  patient,
  chart,
  events,
}: {
  patient: string;
  chart: Chart;
  events: RecordEvent[];
}): JSX.Element {
  const [form, setForm] = useState<"approve" | "change" | null>(null);
  const words = t().chart.planning;
  const signed = events.filter((e) => e.kind === "plan_signed");
  return (
    <Section title={t().chart.plan.title}>
      {chart.plan ? <PlanFacts plan={chart.plan} /> : <Empty>{t().chart.noPlan}</Empty>}
      {signed.map((e) => (
        <p key={e.id}>
          <Mark tone="good">{words.second}</Mark> {e.body.clinician}, {moment(e.at)}
        </p>
      ))}
      <div class="actions">
        {mayWrite("plan_approved") && (
          <button type="button" class={chart.plan ? "" : "primary"} onClick={() => setForm("approve")}>
            {words.approve}
          </button>
        )}
        {chart.plan && mayWrite("plan_changed") && (
          <button type="button" onClick={() => setForm("change")}>
            {words.changeIt}
          </button>
        )}
      </div>
      <Sign patient={patient} events={events} />
      {form === "approve" && <Approve patient={patient} before={chart.plan} onClose={() => setForm(null)} />}
      {form === "change" && chart.plan && (
        <ChangePlan patient={patient} plan={chart.plan} onClose={() => setForm(null)} />
      )}
    </Section>
  );
}

export default function PlanPage({ parts }: { parts: Record<string, string> }): JSX.Element {
  const patient = parts["p"] ?? "";
  const live = { live: (record: { patient: string }): boolean => record.patient === patient };
  const chart = useResource(at("/api/patients/{patient}/chart", { patient }), live);
  const dose = useResource(at("/api/patients/{patient}/dose", { patient }), live);
  const events = useEvents(patient, chart.data?.version);
  const words = t().chart.planning;
  useTitle(`${words.title}, ${patient}`);
  if (!chart.data) return chart.problem ? <ProblemBox problem={chart.problem} /> : <Loading />;
  return (
    <div class="page plan-page">
      <Banner
        person={chart.data.person}
        level={chart.data.assessment.level}
        levelName={chart.data.assessment.level_name}
      >
        <span class="banner-tools">
          <a href={`/patients/${patient}`}>{t().session.toChart}</a>
        </span>
      </Banner>
      <div class="plan-grid">
        <PlanCard patient={patient} chart={chart.data} events={events} />
        {dose.data ? (
          <NextDose answer={dose.data} onAsk={dose.reload} />
        ) : (
          <Section title={words.next}>
            {dose.problem ? <ProblemBox problem={dose.problem} /> : <Loading />}
          </Section>
        )}
      </div>
    </div>
  );
}
