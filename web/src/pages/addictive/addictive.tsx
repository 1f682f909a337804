// "Is ketamine addictive?", open to everyone: the evidence, entry by entry, what is not known, and where help
// is.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Evidence as PublicEvidence } from "../../../generated/api";
import type { Evidence, Point } from "../../../generated/evidence";
import { at } from "../../api/address";
import { useResource } from "../../app/resource";
import { num } from "../../format/number";
import { useTitle } from "../../app/title";
import { t } from "../../texts";
import { Loading, ProblemBox, Section, Sources } from "../../ui/basic";
import { grouped } from "./groups";
import { HelpLines } from "./help_lines";
import { VirtualClinic } from "./study";
import { isWide } from "./wide";
import "../../styles/open.css";
import "../../styles/study.css";

type Choice = "all" | "yes" | "no" | "mixed";

function Statements({ title, items }: { title: string; items: Point[] }): JSX.Element | null {
  if (items.length === 0) return null;
  return (
    <>
      <h5>{title}</h5>
      <ul lang="en">
        {items.map((s) => (
          <li key={s.text}>
            {s.text} {s.sources && <span class="cite">[{s.sources.join(", ")}]</span>}
          </li>
        ))}
      </ul>
    </>
  );
}

function Figures({ entry }: { entry: Evidence }): JSX.Element | null {
  const words = t().open.addictive;
  if (entry.figures.length === 0) return null;
  return (
    <>
      <h5>{words.figures}</h5>
      <table class="dense" lang="en">
        <tbody>
          {entry.figures.map((f) => (
            <tr key={f.name + f.source}>
              <th scope="row">{f.name}</th>
              <td class="number">
                {num(f.value)} {f.unit}
              </td>
              <td class="cite">
                {f.source} ({f.label}){f.note && `. ${f.note}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function supervision(entry: Evidence): string {
  const words = t().open.addictive;
  const names: Record<Evidence["supervised"], string> = {
    yes: words.supervised,
    no: words.unsupervised,
    mixed: words.mixed,
    not_applicable: words.notStated,
  };
  return names[entry.supervised];
}

function Entry({ entry }: { entry: Evidence }): JSX.Element {
  const words = t().open.addictive;
  return (
    <article class={`evidence-entry supervised-${entry.supervised}`}>
      <header>
        <h4 lang="en">{entry.title}</h4>
        <span class="tags">
          <span class="tag">{supervision(entry)}</span>
          <span class="tag">
            {words.grade} {entry.grade}: {words.grades[entry.grade]}
          </span>
        </span>
      </header>
      <p class="statement" lang="en">
        {entry.statement}
      </p>
      <details>
        <summary>
          {words.sources}, {words.unknown.toLowerCase()}
        </summary>
        <p>
          <strong>{words.population}:</strong> <span lang="en">{entry.population}</span>
        </p>
        <Figures entry={entry} />
        <Statements title={words.supports} items={entry.supports} />
        <Statements title={words.against} items={entry.against} />
        <Statements title={words.unknown} items={entry.unknown} />
        <p>
          <strong>{words.limits}:</strong> <span lang="en">{entry.limits}</span>
        </p>
        <Sources of={Object.entries(entry.sources)} />
      </details>
    </article>
  );
}

function Help({ places }: { places: PublicEvidence["help"]["places"] }): JSX.Element {
  const words = t().open.addictive;
  return (
    <Section title={words.help} id="help">
      <p>
        <strong>{words.emergency}</strong>
      </p>
      <HelpLines places={places} />
    </Section>
  );
}

// The evidence is written in English; whoever reads another language is told, and a voice reads it right.
function InEnglish(): JSX.Element | null {
  const { inEnglish } = t().open.addictive;
  return inEnglish ? <p class="hint">{inEnglish}</p> : null;
}

export default function Addictive(): JSX.Element {
  const { data, problem } = useResource(at("/api/public/evidence"));
  const [choice, choose] = useState<Choice>("all");
  const words = t().open.addictive;
  useTitle(words.title);
  const shown = (data?.evidence ?? []).filter((e) => choice === "all" || e.supervised === choice);
  const options: [Choice, string][] = [
    ["all", words.all],
    ["yes", words.supervised],
    ["no", words.unsupervised],
    ["mixed", words.mixed],
  ];
  return (
    <div class="page open-page">
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p class="help-first">
        {words.helpFirst} <a href="#help">{words.help}</a>
      </p>
      <nav class="on-this-page" aria-label={words.onThisPage}>
        <a href="#evidence">{words.evidence}</a>
        <a href="#study">{t().open.study.title}</a>
        <a href="#help">{words.help}</a>
      </nav>
      <ProblemBox problem={problem} />
      {!data && !problem && <Loading />}
      {data && (
        <Section title={words.evidence} id="evidence">
          <fieldset class="segments">
            <legend class="visually-hidden">{words.show}</legend>
            {options.map(([key, label]) => (
              <label key={key}>
                <input type="radio" name="supervised" checked={choice === key} onChange={() => choose(key)} />
                <span>{label}</span>
              </label>
            ))}
          </fieldset>
          <InEnglish />
          {grouped(shown).map(([group, entries], index) => (
            <details key={group} class="evidence-group" open={index === 0 && isWide()}>
              <summary>
                <h3>
                  {words.groups[group]} <span class="quiet">({entries.length})</span>
                </h3>
              </summary>
              {entries.map((e) => (
                <Entry key={e.id} entry={e} />
              ))}
            </details>
          ))}
        </Section>
      )}
      <VirtualClinic />
      {data && <Help places={data.help.places} />}
    </div>
  );
}
