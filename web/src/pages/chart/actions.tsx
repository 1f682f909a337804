// Who looks by when, and where help is: the assessment's own words.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Action, Assessment, HelpStep } from "../../api/assessment";
import { mayWrite } from "../../app/state";
import { moment } from "../../format/time";
import { t } from "../../texts";
import { Empty, Level, Mark, Section } from "../../ui/basic";
import { Told } from "../../ui/told";
import { ReviewDialog } from "./review";

function By({ action }: { action: Action | HelpStep }): JSX.Element {
  const words = t().chart;
  return (
    <span class="by">
      {"urgent" in action && action.urgent && <Mark tone="bad">{words.urgent}</Mark>}
      <span lang="en">{action.who}</span>
      {action.by && (
        <span>
          {words.by} <time dateTime={action.by}>{moment(action.by)}</time>
        </span>
      )}
    </span>
  );
}

function Help({ steps }: { steps: HelpStep[] }): JSX.Element {
  return (
    <details>
      <summary>{t().chart.help(steps.length)}</summary>
      <ol class="steps">
        {steps.map((step) => (
          <li key={step.id}>
            <strong lang="en">{step.title}</strong>
            <p>
              <Told text={step.what} />
            </p>
            <By action={step} />
          </li>
        ))}
      </ol>
    </details>
  );
}

// What asks for somebody until somebody says that they looked.
function Answered({ patient, action }: { patient: string; action: Action }): JSX.Element | null {
  const [answering, setAnswering] = useState(false);
  const words = t().chart.review;
  if (action.events.length === 0 || !mayWrite("review")) return null;
  return (
    <>
      <button type="button" onClick={() => setAnswering(true)}>
        {words.answer}
      </button>
      {answering && (
        <ReviewDialog
          patient={patient}
          of={{ events: action.events }}
          title={words.answer}
          onClose={() => setAnswering(false)}
        >
          <p>
            <Told text={action.what} />
          </p>
        </ReviewDialog>
      )}
    </>
  );
}

export function Actions({ patient, assessment }: { patient: string; assessment: Assessment }): JSX.Element {
  const { actions, help, level, level_name: name } = assessment;
  const words = t().chart;
  return (
    <Section title={words.actions} class={`level-${level}`} aside={<Level level={level} name={name} />}>
      {actions.length === 0 && <Empty>{words.noActions}</Empty>}
      <ul class="action-list">
        {actions.map((action) => (
          <li key={action.what}>
            <p>
              <Told text={action.what} />
            </p>
            <By action={action} />
            <Answered patient={patient} action={action} />
          </li>
        ))}
      </ul>
      {help.length > 0 && <Help steps={help} />}
    </Section>
  );
}
