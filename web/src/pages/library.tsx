// Models, protocols, rules, evidence: everything the software rests on, with its status.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../api/address";
import type { LibraryEntry } from "../api/types";
import { useResource } from "../app/resource";
import { useTitle } from "../app/title";
import { t, word } from "../texts";
import { Empty, Loading, ProblemBox, Section, Status, TextField } from "../ui/basic";
import "../styles/library.css";

// What a clinic asks for first stands first.
const order = [
  "protocols",
  "rules",
  "evidence",
  "instruments",
  "models",
  "effects",
  "interactions",
  "help",
  "criteria",
  "behaviours",
];
const place = (kind: string): number => (order.indexOf(kind) + order.length + 1) % (order.length + 1);

function Kind({ kind, entries }: { kind: string; entries: LibraryEntry[] }): JSX.Element {
  const words = t().desk.library;
  return (
    <Section title={word(words.kinds, kind)} aside={words.entries(entries.length)}>
      <ul class="library-list">
        {entries.map((e) => (
          <li key={e.id}>
            <a href={`/library/${kind}/${e.id}`}>{e.title}</a>
            <span class="quiet small">
              {e.id} {e.version}
            </span>
            {e.status && <Status status={e.status} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

export default function LibraryPage(): JSX.Element {
  const { data, problem } = useResource(at("/api/library"));
  const [text, setText] = useState("");
  const words = t().desk.library;
  useTitle(words.title);
  if (!data) return problem ? <ProblemBox problem={problem} /> : <Loading />;
  const ordered = [...data.kinds].sort((a, b) => place(a.kind) - place(b.kind));
  const want = text.trim().toLowerCase();
  const found = ordered
    .map((k) => ({
      ...k,
      entries: k.entries.filter((e) => `${e.id} ${e.title}`.toLowerCase().includes(want)),
    }))
    .filter((k) => k.entries.length > 0);
  return (
    <div class="page">
      <header class="page-head">
        <h1>{words.title}</h1>
        <TextField label={words.search} value={text} onValue={setText} type="search" class="search" />
      </header>
      {found.length === 0 && <Empty>{words.none}</Empty>}
      {found.map((k) => (
        <Kind key={k.kind} {...k} />
      ))}
    </div>
  );
}
