// The limits in force and where each comes from.
import type { JSX } from "preact";
import { at } from "../api/address";
import { useResource } from "../app/resource";
import { num } from "../format/number";
import { useTitle } from "../app/title";
import { t, word } from "../texts";
import { Empty, Loading, ProblemBox, Scroll, Section, Status, Head } from "../ui/basic";
import { Told } from "../ui/told";

export default function SitePage(): JSX.Element {
  const { data, problem } = useResource(at("/api/site"));
  const words = t().desk.site;
  useTitle(words.title);
  if (!data) return problem ? <ProblemBox problem={problem} /> : <Loading />;
  return (
    <div class="page">
      <header class="page-head">
        <h1>{words.title}</h1>
      </header>
      <Section title={words.title}>
        <p class="hint">{words.hint}</p>
        <Scroll label={words.title}>
          <table>
            <Head of={[words.what, { number: words.value }, words.from, t().common.source]} />
            <tbody>
              {data.limits.map((l) => (
                <tr key={l.what + l.from}>
                  <th scope="row">
                    <Told text={l.what} />
                  </th>
                  <td class="number">
                    {l.least ? words.least : words.most} {num(l.value)} {l.unit}
                  </td>
                  <td>{word(t().chart.planning.origins, l.from)}</td>
                  <td class="small">
                    <Told text={l.source} /> ({l.label})
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </Section>
      <Section title={words.file}>
        {data.site ? (
          <>
            <p>
              {data.site.title} <span class="id">{data.site.id}</span>
              {` ${words.version} ${data.site.version} `}
              <Status status={data.site.status} />
            </p>
            <details>
              <summary>{t().desk.library.file}</summary>
              <Scroll label={words.file}>
                <pre>{JSON.stringify(data.site, null, 1)}</pre>
              </Scroll>
            </details>
          </>
        ) : (
          <Empty>{words.none}</Empty>
        )}
      </Section>
    </div>
  );
}
