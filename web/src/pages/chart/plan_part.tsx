// The plan in force, in the words of the record.
import type { JSX } from "preact";
import type { Chart, Plan } from "../../api/types";
import { useShortName } from "../../app/instruments";
import { mayWrite } from "../../app/state";
import { num } from "../../format/number";
import { day } from "../../format/time";
import { t, word } from "../../texts";
import { Empty, Section } from "../../ui/basic";

interface Amount {
  value: number;
  unit: string;
  as?: string;
}
export const amount = (a: Amount | undefined): string =>
  a ? `${num(a.value)}\u00a0${a.unit}${a.as ? ` ${t().chart.plan.base}` : ""}` : "–";

export function PlanFacts({ plan }: { plan: Plan }): JSX.Element {
  const words = t().chart.plan;
  const shortName = useShortName();
  return (
    <dl class="pairs">
      <dt>{words.protocol}</dt>
      <dd>
        <a href={`/library/protocols/${plan.protocol}`}>{plan.protocol}</a> {plan.protocol_version}
      </dd>
      <dt>{words.indication}</dt>
      <dd>{plan.indication}</dd>
      <dt>{words.drug}</dt>
      <dd>{word(words.drugs, plan.drug)}</dd>
      <dt>{words.dose}</dt>
      <dd>
        <strong>{amount(plan.dose ?? plan.fixed_dose)}</strong> {words.over}{" "}
        <strong>{amount(plan.infusion_length)}</strong>, {word(words.bases, plan.weight_basis)}
      </dd>
      <dt>{words.interval}</dt>
      <dd>{words.every(plan.planned_sessions, amount(plan.interval))}</dd>
      <dt>{words.endpoint}</dt>
      <dd>
        {shortName(plan.endpoint.instrument)}, {word(words.targets, plan.endpoint.target)}
      </dd>
      <dt>{words.review}</dt>
      <dd>{day(plan.next_review)}</dd>
      <dt>{words.stop}</dt>
      <dd>{day(plan.stop_date)}</dd>
      <dt>{words.responsible}</dt>
      <dd>{plan.responsible_clinician}</dd>
      {plan.other_care && (
        <>
          <dt>{words.other}</dt>
          <dd>{plan.other_care}</dd>
        </>
      )}
    </dl>
  );
}

export function PlanPart({ patient, chart }: { patient: string; chart: Chart }): JSX.Element {
  const words = t().chart.plan;
  const change = mayWrite("plan_approved") ? words.change : words.look;
  return (
    <Section title={words.title} aside={<a href={`/patients/${patient}/plan`}>{change}</a>}>
      {chart.plan ? <PlanFacts plan={chart.plan} /> : <Empty>{t().chart.noPlan}</Empty>}
    </Section>
  );
}
