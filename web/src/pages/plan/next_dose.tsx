// Candidates for the next dose, each with its limits and the one that binds; or why there is no advice.
import type { JSX } from "preact";
import type { Candidate, DoseAnswer, DoseReport, KeptLimit } from "../../api/dose";
import { inDays, num, three } from "../../format/number";
import { moment } from "../../format/time";
import { t, word } from "../../texts";
import { Empty, Mark, Scroll, Section, Head } from "../../ui/basic";
import { Told } from "../../ui/told";

function NoAdvice({ report }: { report: DoseReport }): JSX.Element | null {
  if (report.no_advice_because.length === 0) return null;
  return (
    <div class="no-advice">
      <p>
        <Mark tone="warn">{t().chart.planning.noAdvice}</Mark>
      </p>
      <ul>
        {report.no_advice_because.map((b) => (
          <li key={b.sentence}>
            <Told text={b.sentence} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Peak({ candidate }: { candidate: Candidate }): JSX.Element {
  return (
    <ul class="plain-list">
      {candidate.predictions.map((p) => (
        <li key={p.model}>
          {three(p.peak_ng_per_mL.p50)}{" "}
          <span class="quiet">
            ({three(p.peak_ng_per_mL.p5)}–{three(p.peak_ng_per_mL.p95)})
          </span>
          <span class="quiet small"> {p.model}</span>
        </li>
      ))}
    </ul>
  );
}

function Share({ limit }: { limit: KeptLimit }): JSX.Element {
  const share = Math.round(limit.share_used * 100);
  const words = t().chart.planning;
  const kind = word(words.limitKinds, limit.kind);
  return (
    <tr>
      <th scope="row">{kind}</th>
      <td>
        <Told text={limit.seen} />
      </td>
      <td>
        <Told text={limit.allowed} />
      </td>
      <td>{word(words.origins, limit.origin)}</td>
      <td>
        <meter min={0} max={100} value={Math.min(100, share)} aria-label={kind} /> {share} %
      </td>
    </tr>
  );
}

function Limits({ candidate }: { candidate: Candidate }): JSX.Element {
  const words = t().chart.planning;
  const sorted = [...candidate.limits].sort((a, b) => b.share_used - a.share_used);
  return (
    <details>
      <summary>{words.limits}</summary>
      <table class="dense">
        <Head of={[words.kind, words.value, words.allowed, words.origin, words.used]} />
        <tbody>
          {sorted.map((l) => (
            <Share key={l.kind + l.origin} limit={l} />
          ))}
        </tbody>
      </table>
    </details>
  );
}

function OneCandidate({ candidate: c }: { candidate: Candidate }): JSX.Element {
  const words = t().chart.planning;
  const numbers = [
    [words.mg, num(c.mg), "mg"],
    [words.perKg, num(c.mg_per_kg), "mg/kg"],
    [words.volume, num(c.mL), "mL"],
    [words.over, num(c.minutes), "min"],
    [words.rate, c.rates_mL_per_h.map((r) => num(r)).join(" / "), "mL/h"],
  ] as const;
  return (
    <li class="candidate">
      <dl class="numbers">
        {numbers.map(([name, value, unit]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value} <span class="unit">{unit}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p class="binds">
        <Mark tone="look">{words.binds}</Mark> <Told text={c.nearest_limit} />
      </p>
      <p class="flags">
        {c.rise && <Mark tone="warn">{words.rise}</Mark>}
        {c.second_signature && <Mark tone="warn">{words.second}</Mark>}
        {c.step_up_monitoring && <Mark tone="warn">{words.stepUp}</Mark>}
      </p>
      {c.why && (
        <p>
          <Told text={c.why} />
        </p>
      )}
      {c.aims.map((a) => (
        <p key={a.text}>
          <Mark tone={a.met ? "good" : "warn"}>{a.met ? words.met : words.unmet}</Mark> <Told text={a.text} />
        </p>
      ))}
      {c.predictions.length > 0 && (
        <div>
          <strong>{words.peak}</strong> <span class="unit">ng/mL</span>{" "}
          <span class="quiet">{words.band}</span>
          <Peak candidate={c} />
        </div>
      )}
      <Limits candidate={c} />
    </li>
  );
}

function AllLimits({ report }: { report: DoseReport }): JSX.Element {
  const words = t().chart.planning;
  return (
    <Scroll label={words.limits}>
      <table class="dense stacks">
        <Head of={[words.kind, { number: words.value }, words.origin, t().common.source]} />
        <tbody>
          {report.limits.map((l) => (
            <tr key={l.kind + l.origin}>
              <th scope="row">{word(words.limitKinds, l.kind)}</th>
              <td class="number">{inDays(l.value, l.unit)}</td>
              <td data-label={words.origin}>{word(words.origins, l.origin)}</td>
              <td class="small">
                <Told text={l.source} /> ({l.label})
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Refused({ report }: { report: DoseReport }): JSX.Element | null {
  const words = t().chart.planning;
  if (report.refused.length === 0) return null;
  return (
    <details>
      <summary>
        {words.refused}: {report.refused.length}
      </summary>
      <ul>
        {report.refused.map((r) => (
          <li key={`${r.mg}-${r.minutes}-${r.profile}`}>
            {num(r.mg)} mg, {num(r.minutes)} min: <Told text={r.why} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Questions({ report }: { report: DoseReport }): JSX.Element | null {
  if (report.questions.length === 0) return null;
  return (
    <>
      <h3>{t().chart.planning.questions}</h3>
      <ul>
        {report.questions.map((q) => (
          <li key={q}>
            <Told text={q} />
          </li>
        ))}
      </ul>
    </>
  );
}

export function NextDose({ answer, onAsk }: { answer: DoseAnswer; onAsk: () => void }): JSX.Element {
  const words = t().chart.planning;
  const { next_dose: report, no_next_dose_because: why } = answer.report;
  const aside = (
    <>
      <span class="quiet">{words.asOf(moment(answer.asked_at))}</span>
      <button type="button" onClick={onAsk}>
        {words.ask}
      </button>
    </>
  );
  if (!report)
    return (
      <Section title={words.next} aside={aside}>
        <Empty>
          {words.noAdvice}: <Told text={why} />
        </Empty>
      </Section>
    );
  return (
    <Section title={words.next} aside={aside}>
      <NoAdvice report={report} />
      {report.candidates.length > 0 && (
        <ul class="candidates">
          {report.candidates.map((c) => (
            <OneCandidate key={`${c.mg}-${c.minutes}-${c.profile}`} candidate={c} />
          ))}
        </ul>
      )}
      <Refused report={report} />
      <Questions report={report} />
      <h3>{words.limits}</h3>
      <AllLimits report={report} />
      {report.notes.map((note) => (
        <p class="quiet small" key={note}>
          <Told text={note} />
        </p>
      ))}
      <p class="quiet">{words.dissociation}</p>
    </Section>
  );
}
