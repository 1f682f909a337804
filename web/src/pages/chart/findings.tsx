// Findings ask for review: data, rival explanation, source. A named clinician closes one with a reason.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Assessment, Finding, RuleResult } from "../../api/assessment";
import type { Chart } from "../../api/types";
import { enter, mayWrite, me } from "../../app/state";
import { day, moment } from "../../format/time";
import { told } from "../../format/told";
import { t } from "../../texts";
import { Empty, Level, Mark, Section, SelectField, TextField } from "../../ui/basic";
import { FormDialog } from "../../ui/dialog";

type Decision = "no_concern" | "watch" | "act";

function Review({
  patient,
  finding,
  title,
  onClose,
}: {
  patient: string;
  finding: Finding;
  title: string;
  onClose: () => void;
}): JSX.Element {
  const [decision, setDecision] = useState<Decision | "">("");
  const [reason, setReason] = useState("");
  const words = t().chart.review;
  const submit = async (): Promise<void> => {
    if (decision === "") return;
    const body = { clinician: me.value?.name ?? "", decision, reason: reason.trim(), rules: [finding.rule] };
    await enter(patient, { kind: "review", body });
  };
  return (
    <FormDialog
      title={words.title}
      action={words.go}
      onClose={onClose}
      onSubmit={submit}
      ready={decision !== "" && reason.trim() !== ""}
    >
      <p>
        <strong>{title}</strong>: {finding.text}
      </p>
      <p class="quiet">
        {t().chart.rival}: {finding.rival_explanation}
      </p>
      <SelectField
        label={words.decision}
        value={decision}
        onValue={(value) => setDecision(value as Decision)}
        hint={words.hint}
        options={[
          ["", "–"],
          ["no_concern", words.no_concern],
          ["watch", words.watch],
          ["act", words.act],
        ]}
      />
      <TextField label={t().common.reason} value={reason} onValue={setReason} rows={3} required />
    </FormDialog>
  );
}

function Evidence({
  assessment,
  rule,
  finding,
}: {
  assessment: Assessment;
  rule: RuleResult;
  finding: Finding;
}): JSX.Element {
  const entries = assessment.evidence.filter((e) => finding.evidence.includes(e.id));
  const words = t().chart;
  return (
    <details>
      <summary>{words.evidence(entries.length)}</summary>
      <ul class="evidence">
        {entries.map((e) => (
          <li key={e.id}>
            <span class="grade" title={words.grade}>
              {e.grade}
            </span>{" "}
            {e.statement} <a href={`/library/evidence/${e.id}`}>{e.id}</a>
          </li>
        ))}
      </ul>
      <p class="cite">
        {words.rule}: <a href={`/library/rules/${rule.rule}`}>{rule.rule}</a> {rule.version}
      </p>
      <p class="cite">
        {t().common.source}: {finding.sources.join("; ")}
      </p>
    </details>
  );
}

function Data({ assessment, ids }: { assessment: Assessment; ids: string[] }): JSX.Element | null {
  const entries = assessment.entries.filter((e) => ids.includes(e.event));
  if (entries.length === 0) return null;
  return (
    <details>
      <summary>{t().chart.restsOn(entries.length)}</summary>
      <ul class="plain-list data-list">
        {entries.map((e) => (
          <li key={e.event}>
            <time dateTime={e.at}>{moment(e.at)}</time> {told(e.text)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function OneFinding({
  patient,
  assessment,
  rule,
  finding,
}: {
  patient: string;
  assessment: Assessment;
  rule: RuleResult;
  finding: Finding;
}): JSX.Element {
  const [reviewing, setReviewing] = useState(false);
  const words = t().chart;
  const { closed } = finding;
  return (
    <article class={`finding level-${finding.level} ${closed ? "closed" : ""}`}>
      <header>
        <h3>{rule.title}</h3>
        {closed ? <Mark tone="quiet">{words.closed}</Mark> : <Level level={finding.level} />}
      </header>
      <p class="says">{told(finding.text)}</p>
      {closed && (
        <p class="closure">
          {words.closedBy(closed.by, moment(closed.at))} {closed.reason}
        </p>
      )}
      <dl class="reading">
        <dt>{words.rival}</dt>
        <dd>
          {finding.rival_explanation}
          {finding.explained_by && <> {told(finding.explained_by)}</>}
        </dd>
        <dt>{words.nextStep}</dt>
        <dd>{finding.next_step}</dd>
        <dt>{words.since}</dt>
        <dd>{day(finding.since)}</dd>
      </dl>
      <Data assessment={assessment} ids={finding.events} />
      <Evidence assessment={assessment} rule={rule} finding={finding} />
      {!closed && mayWrite("review") && (
        <div class="actions">
          <button type="button" onClick={() => setReviewing(true)}>
            {words.review.open}
          </button>
        </div>
      )}
      {reviewing && (
        <Review patient={patient} finding={finding} title={rule.title} onClose={() => setReviewing(false)} />
      )}
    </article>
  );
}

export function Findings({ patient, chart }: { patient: string; chart: Chart }): JSX.Element {
  const { assessment } = chart;
  const words = t().chart;
  const all = assessment.rules.flatMap((rule) => rule.findings.map((finding) => ({ rule, finding })));
  const open = all.filter((each) => !each.finding.closed).sort((a, b) => b.finding.level - a.finding.level);
  const closed = all.filter((each) => each.finding.closed);
  const unjudged = assessment.rules.filter((rule) => rule.outcome === "not_judged");
  const clear = assessment.rules.filter((rule) => rule.outcome === "clear");
  const show = ({ rule, finding }: (typeof all)[number], i: number): JSX.Element => (
    <OneFinding
      key={`${finding.rule}-${i}`}
      patient={patient}
      assessment={assessment}
      rule={rule}
      finding={finding}
    />
  );
  return (
    <Section title={words.findings} aside={words.findingsAside(open.length, closed.length, unjudged.length)}>
      {open.length === 0 && <Empty>{words.noFindings}</Empty>}
      <div class="findings">{open.map(show)}</div>
      {closed.length > 0 && (
        <details>
          <summary>{words.closedCount(closed.length)}</summary>
          <div class="findings">{closed.map(show)}</div>
        </details>
      )}
      {unjudged.length > 0 && (
        <details>
          <summary>{words.unjudged(unjudged.length)}</summary>
          <ul class="plain-list">
            {unjudged.map((r) => (
              <li key={r.rule}>
                <strong>{r.title}</strong>: {told(r.why)}
              </li>
            ))}
          </ul>
        </details>
      )}
      {clear.length > 0 && (
        <details>
          <summary>{words.clear(clear.length)}</summary>
          <ul class="plain-list">
            {clear.map((r) => (
              <li key={r.rule}>{r.title}</li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}
