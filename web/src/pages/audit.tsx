// Who did what, when; whether the chain is whole; its head to keep elsewhere.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../api/address";
import { get, send } from "../api/client";
import type { AuditEntry, Verified } from "../api/types";
import { useResource } from "../app/resource";
import { may, serverNow } from "../app/state";
import { day, clock } from "../format/time";
import { useTitle } from "../app/title";
import { t, word } from "../texts";
import { Empty, Loading, Mark, ProblemBox, Scroll, Section, SelectField, TextField, Head } from "../ui/basic";
import { useAction } from "../ui/dialog";

interface Head {
  number: number;
  hash: string;
}

// The head as a small file, to keep away from the store.
function download(head: Head): void {
  const text = JSON.stringify({ ...head, taken_at: serverNow().toISOString() }) + "\n";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `evenkeel-head-${head.number}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function Chain(): JSX.Element {
  const [result, setResult] = useState<Verified | null>(null);
  const action = useAction();
  const words = t().desk.audit;
  const verify = (): void => void action.run(async () => setResult(await send(at("/api/audit/verify"), {})));
  const save = (): void => void action.run(async () => download(await get(at("/api/audit/head"))));
  return (
    <Section title={words.verify}>
      <div class="actions">
        {may("verify") && (
          <button type="button" class="primary" onClick={verify} disabled={action.busy}>
            {action.busy ? words.verifying : words.verify}
          </button>
        )}
        <button type="button" onClick={save} disabled={action.busy}>
          {words.exportHead}
        </button>
      </div>
      <p class="hint">{words.headHint}</p>
      <ProblemBox problem={action.problem} />
      {result && (
        <div role="status">
          <p>
            <Mark tone={result.good ? "good" : "bad"}>
              {result.good ? words.good(result.entries) : words.bad}
            </Mark>
          </p>
          <ul>
            {result.faults.map((f) => (
              <li key={f}>{f}</li>
            ))}
          </ul>
          <p>
            {words.head} {result.head.number}: <code class="hash">{result.head.hash}</code>
          </p>
        </div>
      )}
    </Section>
  );
}

function Entries({ entries }: { entries: AuditEntry[] }): JSX.Element {
  const words = t().desk.audit;
  if (entries.length === 0) return <Empty>{words.none}</Empty>;
  return (
    <Scroll label={words.title}>
      <table class="dense log audit">
        <Head
          of={[
            { number: words.number },
            t().common.when,
            words.actor,
            words.action,
            words.subject,
            words.detail,
          ]}
        />
        <tbody>
          {[...entries]
            .sort((a, b) => b.number - a.number)
            .map((e) => (
              <tr key={e.number}>
                <td class="number" title={e.hash}>
                  {e.number}
                </td>
                <td>
                  <time dateTime={e.at}>
                    {day(e.at)}, {clock(e.at)}
                  </time>
                  {e.clock_stepped_back && <Mark tone="warn">{words.stepped}</Mark>}
                </td>
                <td>
                  {e.actor} <span class="quiet small">{word(t().common.roles, e.role)}</span>
                </td>
                <th scope="row">{word({}, e.action)}</th>
                <td class="id">{e.subject}</td>
                <td class="text">{[e.detail, e.purpose].filter(Boolean).join(" – ")}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Search(): JSX.Element {
  const [about, setAbout] = useState("");
  const [last, setLast] = useState("100");
  const [asked, ask] = useState({ about: "", last: "100" });
  const words = t().desk.audit;
  const query = { last: asked.last, ...(asked.about && { about: asked.about }) };
  const { data, problem } = useResource(at("/api/audit", query));
  const submit = (event: Event): void => {
    event.preventDefault();
    ask({ about: about.trim(), last });
  };
  return (
    <Section title={words.search}>
      <form class="form-row" onSubmit={submit}>
        <TextField label={words.about} value={about} onValue={setAbout} />
        <SelectField
          label={words.last}
          value={last}
          onValue={setLast}
          options={["50", "100", "500", "1000"].map((n) => [n, n] as const)}
        />
        <div class="actions">
          <button type="submit" class="primary">
            {words.search}
          </button>
        </div>
      </form>
      <ProblemBox problem={problem} />
      {!data && !problem && <Loading />}
      {data && <Entries entries={data.entries} />}
    </Section>
  );
}

export default function AuditPage(): JSX.Element {
  const words = t().desk.audit;
  useTitle(words.title);
  return (
    <div class="page">
      <header class="page-head">
        <h1>{words.title}</h1>
      </header>
      <Chain />
      {may("read-audit") && <Search />}
    </div>
  );
}
