// One entry of the library: its printed form, its sources, its file.
import type { JSX } from "preact";
import { at } from "../api/address";
import { useResource } from "../app/resource";
import { useTitle } from "../app/title";
import { t, word } from "../texts";
import { Loading, ProblemBox, Scroll, Section, Status, Sources } from "../ui/basic";
import "../styles/library.css";

export default function EntryPage({ parts }: { parts: Record<string, string> }): JSX.Element {
  const { kind = "", id = "" } = parts;
  const { data, problem } = useResource(at("/api/library/{kind}/{id}", { kind, id }));
  const words = t().desk.library;
  useTitle(id);
  if (!data) return problem ? <ProblemBox problem={problem} /> : <Loading />;
  const { entry, text } = data;
  return (
    <div class="page entry">
      <p>
        <a href="/library">{words.title}</a> › {word(words.kinds, kind)}
      </p>
      <header class="page-head">
        <h1>{entry.title}</h1>
      </header>
      <p class="facts">
        <span class="id">{entry.id}</span>
        <span>
          {words.version} {entry.version}
        </span>
        {entry.status && <Status status={entry.status} />}
      </p>
      {text && (
        <Section title={words.text}>
          <Scroll label={words.text}>
            <pre>{text}</pre>
          </Scroll>
        </Section>
      )}
      {entry.sources && (
        <Section title={words.sources}>
          <Sources of={Object.entries(entry.sources)} />
        </Section>
      )}
      <details class="card">
        <summary>{words.file}</summary>
        <Scroll label={words.file}>
          <pre>{JSON.stringify(entry, null, 1)}</pre>
        </Scroll>
      </details>
    </div>
  );
}
