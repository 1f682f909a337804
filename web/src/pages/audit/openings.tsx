// Who opened a patient that is not among their own, and why: an auditor asks about each.
import type { JSX } from "preact";
import { at } from "../../api/address";
import { useResource } from "../../app/resource";
import { clock, moment } from "../../format/time";
import { t } from "../../texts";
import { Empty, Loading, ProblemBox, Section, Head } from "../../ui/basic";

const days = 30;

export function Openings(): JSX.Element {
  const { data, problem } = useResource(at("/api/audit/openings", { days }));
  const words = t().desk.audit;
  const all = data?.openings ?? [];
  return (
    <Section title={words.openings(days)}>
      <ProblemBox problem={problem} />
      {!data && !problem && <Loading />}
      {data && all.length === 0 && <Empty>{words.noOpenings}</Empty>}
      {all.length > 0 && (
        <table class="dense stacks">
          <Head of={[t().common.when, words.actor, t().desk.today.patient, t().common.reason]} />
          <tbody>
            {all.map((each) => (
              <tr key={`${each.at} ${each.account}`}>
                <td>
                  {moment(each.at)}–{clock(each.until)}
                </td>
                <th scope="row">{each.account}</th>
                <td class="id">{each.patient}</td>
                <td class="text">{each.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
