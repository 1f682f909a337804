// Findings ask for review: data, rival explanation, source. A named clinician closes one with a reason.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Assessment, Finding, RuleResult } from "../../api/assessment";
import type { Chart, RecordEvent } from "../../api/types";
import { mayWrite } from "../../app/state";
import { day, moment } from "../../format/time";
import { Told } from "../../ui/told";
import { t, word } from "../../texts";
import { Empty, Level, Mark, Section } from "../../ui/basic";
import { errorsIn } from "./in_error";
import { ReviewDialog } from "./review";

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
            <time dateTime={e.at}>{moment(e.at)}</time> <Told text={e.text} />
          </li>
        ))}
      </ul>
    </details>
  );
}

type Reviewed = Extract<RecordEvent, { kind: "review" }>;

// The last review of a finding that was not an error: what somebody decided about one that stays open. One
// that names events is of the findings that rest on them.
function reviewOf(finding: Finding, events: RecordEvent[]): Reviewed | undefined {
  const wrong = errorsIn(events);
  const isOfIt = ({ body }: Reviewed): boolean =>
    (body.rules ?? []).includes(finding.rule) &&
    (!body.events || finding.events.some((each) => body.events?.includes(each)));
  return events.findLast((e): e is Reviewed => e.kind === "review" && !wrong.has(e.id) && isOfIt(e));
}

function Reviewed({ review }: { review: Reviewed }): JSX.Element {
  const words = t().chart.review;
  const { clinician, decision, reason } = review.body;
  return (
    <p class="closure">
      <Mark tone="look">{word(words.decided, decision)}</Mark>{" "}
      {`${words.decidedBy(clinician, moment(review.at))} ${reason}`}
    </p>
  );
}

function FindingReview({
  patient,
  rule,
  finding,
  onClose,
}: {
  patient: string;
  rule: RuleResult;
  finding: Finding;
  onClose: () => void;
}): JSX.Element {
  const words = t().chart;
  const of = { rules: [finding.rule], ...(finding.events.length > 0 && { events: finding.events }) };
  return (
    <ReviewDialog
      patient={patient}
      of={of}
      title={words.review.title}
      hint={words.review.hint}
      onClose={onClose}
    >
      <p>
        <strong>{rule.title}</strong>: <Told text={finding.text} />
      </p>
      <p class="quiet">
        {words.rival}: <Told text={finding.rival_explanation} />
      </p>
    </ReviewDialog>
  );
}

// What else it may be, what to do next, and since when.
function Reading({ finding }: { finding: Finding }): JSX.Element {
  const words = t().chart;
  return (
    <dl class="reading">
      <dt>{words.rival}</dt>
      <dd>
        <Told text={finding.rival_explanation} />
        {finding.explained_by && (
          <>
            {" "}
            <Told text={finding.explained_by} />
          </>
        )}
      </dd>
      <dt>{words.nextStep}</dt>
      <dd>
        <Told text={finding.next_step} />
      </dd>
      <dt>{words.since}</dt>
      <dd>{day(finding.since)}</dd>
    </dl>
  );
}

function OneFinding({
  patient,
  assessment,
  rule,
  finding,
  review,
}: {
  patient: string;
  assessment: Assessment;
  rule: RuleResult;
  finding: Finding;
  review: Reviewed | undefined;
}): JSX.Element {
  const [reviewing, setReviewing] = useState<Finding | null>(null); // as it was read when that began
  const words = t().chart;
  const { closed } = finding;
  return (
    <article class={`finding level-${finding.level} ${closed ? "closed" : ""}`}>
      <header>
        <h3>{rule.title}</h3>
        {closed ? <Mark tone="quiet">{words.closed}</Mark> : <Level level={finding.level} />}
      </header>
      <p class="says">
        <Told text={finding.text} />
      </p>
      {closed && (
        <p class="closure">
          {words.closedBy(closed.by, moment(closed.at))} {closed.reason}
        </p>
      )}
      {!closed && review && <Reviewed review={review} />}
      <Reading finding={finding} />
      <Data assessment={assessment} ids={finding.events} />
      <Evidence assessment={assessment} rule={rule} finding={finding} />
      {!closed && mayWrite("review") && (
        <div class="actions">
          <button type="button" onClick={() => setReviewing(finding)}>
            {words.review.open}
          </button>
        </div>
      )}
      {reviewing && (
        <FindingReview patient={patient} rule={rule} finding={reviewing} onClose={() => setReviewing(null)} />
      )}
    </article>
  );
}

// Rules that found nothing, or could not be judged, and then why.
function Others({ title, rules }: { title: string; rules: RuleResult[] }): JSX.Element | null {
  if (rules.length === 0) return null;
  return (
    <details>
      <summary>{title}</summary>
      <ul class="plain-list">
        {rules.map((r) => (
          <li key={r.rule}>
            {r.outcome === "clear" ? (
              r.title
            ) : (
              <>
                <strong>{r.title}</strong>: <Told text={r.why} />
              </>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

export function Findings({
  patient,
  chart,
  events,
}: {
  patient: string;
  chart: Chart;
  events: RecordEvent[];
}): JSX.Element {
  const { assessment } = chart;
  const words = t().chart;
  const all = assessment.rules.flatMap((rule) => rule.findings.map((finding) => ({ rule, finding })));
  const open = all.filter((each) => !each.finding.closed).sort((a, b) => b.finding.level - a.finding.level);
  const closed = all.filter((each) => each.finding.closed);
  const unjudged = assessment.rules.filter((rule) => rule.outcome === "not_judged");
  const clear = assessment.rules.filter((rule) => rule.outcome === "clear");
  // An episode stays the one it is while others of its rule come and go.
  const show = ({ rule, finding }: (typeof all)[number]): JSX.Element => (
    <OneFinding
      key={`${finding.rule} ${finding.since} ${finding.events[0]}`}
      patient={patient}
      assessment={assessment}
      rule={rule}
      finding={finding}
      review={reviewOf(finding, events)}
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
      <Others title={words.unjudged(unjudged.length)} rules={unjudged} />
      <Others title={words.clear(clear.length)} rules={clear} />
    </Section>
  );
}
