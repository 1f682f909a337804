// Who did what, when; whether the chain is whole; its head to keep elsewhere.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../../api/address";
import { get, send } from "../../api/client";
import type { AuditEntry, Verified } from "../../api/types";
import { useFollowing } from "../../app/following";
import { useResource } from "../../app/resource";
import { may, serverNow } from "../../app/state";
import { day, clock } from "../../format/time";
import { useTitle } from "../../app/title";
import { csv, download } from "../../format/csv";
import { told } from "../../format/told";
import { t, word } from "../../texts";
import {
  Empty,
  Loading,
  Mark,
  ProblemBox,
  Scroll,
  Section,
  SelectField,
  TextField,
  Head,
} from "../../ui/basic";
import { useAction } from "../../ui/dialog";
import { Told } from "../../ui/told";
import { actions } from "./actions";
import { Openings } from "./openings";

interface ChainHead {
  number: number;
  hash: string;
}

// The head as a small file, to keep away from the store.
function saveHead(head: ChainHead): void {
  const text = JSON.stringify({ ...head, taken_at: serverNow().toISOString() }) + "\n";
  download(`evenkeel-head-${head.number}.json`, text, "application/json");
}

const columns = ["number", "at", "actor", "role", "action", "subject", "detail", "purpose", "hash"] as const;

function saveEntries(entries: AuditEntry[]): void {
  const rows = entries.map((entry) => columns.map((column) => String(entry[column])));
  download("evenkeel-audit.csv", csv([[...columns], ...rows]), "text/csv");
}

function Chain(): JSX.Element {
  const [result, setResult] = useState<Verified | null>(null);
  const action = useAction();
  const words = t().desk.audit;
  const verify = (): void => void action.run(async () => setResult(await send(at("/api/audit/verify"), {})));
  const save = (): void => void action.run(async () => saveHead(await get(at("/api/audit/head"))));
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
                <th scope="row">{word(words.actions, e.action)}</th>
                <td class="id">{e.subject}</td>
                <td class="text">
                  <Told text={e.detail} />
                  {e.purpose && `${e.detail && " – "}${told(e.purpose)}`}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </Scroll>
  );
}

interface Asked {
  about: string;
  by: string;
  action: string;
  last: string;
}
const everything: Asked = { about: "", by: "", action: "", last: "100" };

function SearchForm({ onAsk }: { onAsk: (asked: Asked) => void }): JSX.Element {
  const [wish, setWish] = useState(everything);
  const words = t().desk.audit;
  const set = (part: Partial<Asked>): void => setWish({ ...wish, ...part });
  const submit = (event: Event): void => {
    event.preventDefault();
    onAsk({ ...wish, about: wish.about.trim(), by: wish.by.trim() });
  };
  return (
    <form class="form-row" onSubmit={submit}>
      <TextField
        label={words.about}
        hint={words.aboutHint}
        value={wish.about}
        onValue={(about) => set({ about })}
      />
      <TextField label={words.actor} value={wish.by} onValue={(by) => set({ by })} />
      <SelectField
        label={words.action}
        value={wish.action}
        onValue={(action) => set({ action })}
        options={[["", t().common.all], ...actions.map((each) => [each, word(words.actions, each)] as const)]}
      />
      <SelectField
        label={words.last}
        value={wish.last}
        onValue={(last) => set({ last })}
        options={["50", "100", "500", "1000"].map((n) => [n, n] as const)}
      />
      <div class="actions">
        <button type="submit" class="primary">
          {words.search}
        </button>
      </div>
    </form>
  );
}

function Search(): JSX.Element {
  const [asked, ask] = useState(everything);
  const words = t().desk.audit;
  const query = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ""));
  const { data, problem } = useResource(at("/api/audit", query));
  const older = useFollowing(data, (before: number) => get(at("/api/audit", { ...query, before })));
  const entries = [data, ...older.pages].flatMap((page) => page?.entries ?? []);
  const aside = entries.length > 0 && (
    <button type="button" onClick={() => saveEntries(entries)}>
      {words.save(entries.length)}
    </button>
  );
  return (
    <Section title={words.search} aside={aside}>
      <SearchForm onAsk={ask} />
      <ProblemBox problem={problem} />
      {!data && !problem && <Loading />}
      {data && <Entries entries={entries} />}
      <ProblemBox problem={older.problem} />
      {older.more && (
        <button type="button" onClick={older.more} disabled={older.busy}>
          {words.older}
        </button>
      )}
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
      {may("read-audit") && <Openings />}
      {may("read-audit") && <Search />}
    </div>
  );
}
