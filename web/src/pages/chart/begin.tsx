// How a treatment begins: what there has to be before a plan is in force and a visit can start.
import type { JSX } from "preact";
import type { Chart, RecordEvent } from "../../api/types";
import { mayWrite } from "../../app/state";
import { t } from "../../texts";
import { Mark, Section } from "../../ui/basic";
import { CheckInPart } from "./course";
import { valid } from "./in_error";
import { WriteButton } from "./write";

function Step({
  done,
  title,
  hint,
  children,
}: {
  done: boolean;
  title: string;
  hint: string;
  children?: JSX.Element | false;
}): JSX.Element {
  const words = t().chart.begin;
  return (
    <li>
      <p>
        <Mark tone={done ? "good" : "look"}>{done ? words.done : words.open}</Mark> <strong>{title}</strong>
      </p>
      <p class="quiet">{hint}</p>
      {!done && children}
    </li>
  );
}

export function Begin({
  patient,
  chart,
  events,
}: {
  patient: string;
  chart: Chart;
  events: RecordEvent[];
}): JSX.Element {
  const words = t().chart.begin;
  const counts = valid(events);
  const written = new Set(counts.map((e) => e.kind));
  const consented = counts.findLast((e) => e.kind === "consent_recorded")?.body.given === true;
  return (
    <Section title={words.title}>
      <p>{chart.version === 0 ? words.nothing : words.noPlan}</p>
      <ol class="steps begin">
        <Step done={consented} title={words.consent} hint={words.consentHint}>
          <WriteButton patient={patient} kind="consent_recorded" />
        </Step>
        <Step done={written.has("patient_facts")} title={words.facts} hint={words.factsHint}>
          <WriteButton patient={patient} kind="patient_facts" />
        </Step>
        <Step done={written.has("screening")} title={words.screening} hint={words.screeningHint}>
          <WriteButton patient={patient} kind="screening" />
        </Step>
        <Step done={written.has("evaluation")} title={words.baseline} hint={words.baselineHint}>
          {mayWrite("evaluation") && (
            <a class="button" href={`/patients/${patient}/evaluate?moment=baseline`}>
              {t().chart.toEvaluations}
            </a>
          )}
        </Step>
        <Step done={chart.plan !== null} title={words.plan} hint={words.planHint}>
          <a class="button" href={`/patients/${patient}/plan`}>
            {mayWrite("plan_approved") ? t().chart.planning.approve : t().chart.plan.title}
          </a>
        </Step>
      </ol>
      {chart.version === 0 && (
        <div class="actions">
          <CheckInPart patient={patient} chart={chart} />
        </div>
      )}
    </Section>
  );
}
