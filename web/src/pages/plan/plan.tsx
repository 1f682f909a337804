// The plan in force, what limits it, the next dose with the limit that binds, and approving, changing or
// signing.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../../api/address";
import type { Chart } from "../../api/types";
import { useResource } from "../../app/resource";
import { enter, mayWrite, me } from "../../app/state";
import { moment } from "../../format/time";
import { useTitle } from "../../app/title";
import { t } from "../../texts";
import { Empty, Loading, Mark, ProblemBox, Section } from "../../ui/basic";
import { useAction } from "../../ui/dialog";
import { Standing } from "../../ui/standing";
import { Banner } from "../chart/banner";
import { PlanFacts } from "../chart/plan_part";
import { Approve } from "./approve";
import { ChangePlan } from "./change";
import { NextDose } from "./next_dose";
import "../../styles/plan.css";

type Signature = NonNullable<Chart["signature"]>;

// Whether a second signature is needed, and who gave it, the server says. Who set the plan cannot sign it.
function Second({ patient, of }: { patient: string; of: Signature }): JSX.Element | null {
  const action = useAction();
  const words = t().chart.planning;
  if (of.clinician !== null)
    return (
      <p>
        <Mark tone="good">{words.second}</Mark> {of.clinician}
        {of.signed_at && `, ${moment(of.signed_at)}`}
      </p>
    );
  if (!of.needed) return null;
  const name = me.value?.name ?? "";
  const another = name !== of.recorded_by && name !== of.responsible;
  const sign = (): void =>
    void action.run(async () => {
      await enter(patient, { kind: "plan_signed", body: { plan: of.of, clinician: name } });
    });
  return (
    <>
      <p>
        <Mark tone="warn">{words.toSign}</Mark> {words.signHint(of.responsible, moment(of.set_at))}
      </p>
      {another && mayWrite("plan_signed") && (
        <div class="actions">
          <button type="button" onClick={sign} disabled={action.busy}>
            {words.sign}
          </button>
        </div>
      )}
      <ProblemBox problem={action.problem} />
    </>
  );
}

function PlanCard({ patient, chart }: { patient: string; chart: Chart }): JSX.Element {
  const [form, setForm] = useState<"approve" | "change" | null>(null);
  const words = t().chart.planning;
  return (
    <Section title={t().chart.plan.title}>
      {chart.plan ? <PlanFacts plan={chart.plan} /> : <Empty>{t().chart.noPlan}</Empty>}
      {chart.signature && <Second patient={patient} of={chart.signature} />}
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
      <Standing of={chart} />
      <div class="plan-grid">
        <PlanCard patient={patient} chart={chart.data} />
        {dose.data ? (
          <div>
            <Standing of={dose} />
            <NextDose answer={dose.data} onAsk={dose.reload} />
          </div>
        ) : (
          <Section title={words.next}>
            {dose.problem ? <ProblemBox problem={dose.problem} /> : <Loading />}
          </Section>
        )}
      </div>
    </div>
  );
}
