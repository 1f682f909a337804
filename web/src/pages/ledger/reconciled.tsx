// What left the syringes by the ledger, beside what the records say was given.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../../api/address";
import type { GivenCheck } from "../../api/ledger";
import { useResource } from "../../app/resource";
import { numOrDash } from "../../format/number";
import { t } from "../../texts";
import { Empty, Head, Loading, Mark, ProblemBox, Scroll, Section } from "../../ui/basic";
import { PatientName } from "../../ui/patient";

function Row({ check }: { check: GivenCheck }): JSX.Element {
  const words = t().desk.ledger.against;
  return (
    <tr>
      <th scope="row">
        <PatientName patient={check.patient} session={check.session} />, {check.session}
      </th>
      <td class="number" data-label={words.ledger}>
        {numOrDash(check.ledger_base_mg)}
      </td>
      <td class="number" data-label={words.record}>
        {numOrDash(check.record_base_mg)}
      </td>
      <td>
        <Mark tone={check.agrees ? "good" : "bad"}>{check.agrees ? words.agrees : words.differs}</Mark>
      </td>
    </tr>
  );
}

// Those that differ; of the others how many there are.
function Result({ checks, unread }: { checks: GivenCheck[]; unread: number }): JSX.Element {
  const words = t().desk.ledger.against;
  const differing = checks.filter((each) => !each.agrees);
  const agree = checks.length - differing.length;
  return (
    <div role="status">
      {agree > 0 && (
        <p>
          <Mark tone="good">{words.agree(agree)}</Mark>
        </p>
      )}
      {differing.length > 0 && (
        <Scroll label={words.title}>
          <table class="stacks">
            <Head of={[words.session, { number: words.ledger }, { number: words.record }, null]} />
            <tbody>
              {differing.map((each) => (
                <Row key={`${each.patient}/${each.session}`} check={each} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {unread > 0 && (
        <p>
          <Mark tone="bad">{words.unread(unread)}</Mark>
        </p>
      )}
      {checks.length === 0 && <Empty>{words.none}</Empty>}
    </div>
  );
}

function Asked({ days }: { days: number }): JSX.Element {
  const { data, problem } = useResource(at("/api/ledger/reconciled", { days }), { saved: true });
  if (problem) return <ProblemBox problem={problem} />;
  return data ? <Result {...data} /> : <Loading />;
}

// Every record of the time is opened for it, so it is done when somebody asks.
export function AgainstRecords(): JSX.Element {
  const [asked, ask] = useState(false);
  const words = t().desk.ledger.against;
  const days = 31;
  return (
    <Section title={words.title}>
      <p class="hint">{words.hint}</p>
      {asked ? (
        <Asked days={days} />
      ) : (
        <button type="button" onClick={() => ask(true)}>
          {words.go(days)}
        </button>
      )}
    </Section>
  );
}

// Of one session, once it has ended.
export function AgainstRecord({
  patient,
  session,
}: {
  patient: string;
  session: string;
}): JSX.Element | null {
  const path = at("/api/patients/{patient}/sessions/{session}/reconciled", { patient, session });
  const { data, problem } = useResource(path, { live: (r) => r.patient === patient });
  const check = data?.checks[0];
  if (problem) return <ProblemBox problem={problem} />;
  if (!check) return null;
  const words = t().desk.ledger.against;
  return (
    <p>
      <Mark tone={check.agrees ? "good" : "bad"}>{check.agrees ? words.agrees : words.differs}</Mark>{" "}
      {words.both(numOrDash(check.ledger_base_mg), numOrDash(check.record_base_mg))}
    </p>
  );
}
