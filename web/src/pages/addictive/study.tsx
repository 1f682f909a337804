// What the virtual clinic answers: pictures of the arm that is chosen beside the study's own reference, what
// is supposed in plain sight, and how to run it oneself.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { at } from "../../api/address";
import { useResource } from "../../app/resource";
import { num } from "../../format/number";
import { t } from "../../texts";
import { Loading, Section, Sources } from "../../ui/basic";
import { choose, offered } from "./choice";
import { Pictures } from "./pictures";
import type { Arm, ArmState, Factor, Study } from "./study_types";

const words = () => t().open.study;
const levelName = (level: { id: string; title: string }): string => words().levels[level.id] ?? level.title;

const lowerAfterFirst = (name: string, index: number): string =>
  index === 0 ? name : name.charAt(0).toLowerCase() + name.slice(1);

function armName(study: Study, arm: Arm): string {
  const [regimen, ...watched] = study.factors.map((factor) => {
    const level = factor.levels.find((each) => each.id === arm.levels[factor.id]);
    return level ? levelName(level) : "";
  });
  return arm.watched ? watched.map(lowerAfterFirst).join("; ") : (regimen ?? arm.title);
}

function Chooser(props: {
  factor: Factor;
  levels: Factor["levels"];
  chosen: string;
  pick(level: string): void;
}) {
  const { factor, levels, chosen, pick } = props;
  const name = words().factors[factor.id] ?? factor.title;
  if (levels.length === 1)
    return (
      <p class="study-choice">
        <strong>{name}:</strong> {levelName(levels[0]!)}
      </p>
    );
  return (
    <fieldset class="segments study-choice">
      <legend>{name}</legend>
      {levels.map((level) => (
        <label key={level.id}>
          <input
            type="radio"
            name={`study-${factor.id}`}
            checked={level.id === chosen}
            onChange={() => pick(level.id)}
          />
          <span>{levelName(level)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Numbers({ study }: { study: Study }): JSX.Element {
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={words().numbers}>
      <table class="dense">
        <thead>
          <tr>
            <th scope="col">{words().number}</th>
            <th scope="col">{words().taken}</th>
            <th scope="col">{words().thought}</th>
            <th scope="col">{words().source}</th>
          </tr>
        </thead>
        <tbody lang="en">
          {study.supposed.map((each) => (
            <tr key={each.name}>
              <th scope="row">{each.words}</th>
              <td class="number">
                {num(each.value)} {each.unit === "1" ? "" : each.unit}
              </td>
              <td class="number">
                {num(each.low)} – {num(each.high)}
              </td>
              <td class="cite">
                {each.source} ({each.label})
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

// The sentences are the study's own and stand open; the numbers behind them are one step away.
function Assumptions({ study }: { study: Study }): JSX.Element {
  return (
    <div class="study-assumed">
      <h3>{words().assumed}</h3>
      <ul lang="en">
        {study.assumed.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <details>
        <summary>{words().numbers}</summary>
        <Numbers study={study} />
        <Sources of={study.sources.map((each) => [each.key, each.citation])} />
      </details>
      <details>
        <summary>{words().behaviours}</summary>
        <ul lang="en">
          {study.behaviours.map((each) => (
            <li key={each.id}>
              <strong>{each.title}</strong> ({words().truths[each.truth]}, {num(100 * each.share)} %).{" "}
              {each.story}
            </li>
          ))}
        </ul>
      </details>
      <details>
        <summary>{words().again}</summary>
        <p>{words().sameBytes(study.patients, study.weeks, study.model, study.seed)}</p>
        <pre>evenkeel study examples/studies/{study.id}.json</pre>
      </details>
    </div>
  );
}

// Read again until it is there: an arm takes some seconds, once. Without an id nothing is read.
function useArm(id: string | null): ArmState | null {
  const [whole, setWhole] = useState<Record<string, ArmState>>({});
  const kept = id === null ? null : (whole[id] ?? null);
  const asked = id === null || kept ? null : at("/api/public/study/{arm}", { arm: id });
  const { data } = useResource(asked, { every_ms: asked ? 700 : 0 });
  useEffect(() => {
    if (data?.outcome) setWhole((all) => ({ ...all, [data.arm]: data }));
  }, [data]);
  return kept ?? data;
}

function Answer({ study, arm }: { study: Study; arm: Arm }): JSX.Element {
  const reference = study.arms.find((each) => each.id === study.reference && each !== arm) ?? null;
  const chosen = useArm(arm.id);
  const other = useArm(reference?.id ?? null);
  if (chosen?.outcome && (!reference || other?.outcome))
    return (
      <Pictures
        study={study}
        chosen={{ name: armName(study, arm), outcome: chosen.outcome }}
        reference={
          reference && other?.outcome ? { name: armName(study, reference), outcome: other.outcome } : null
        }
      />
    );
  const lived = (chosen?.lived ?? 0) + (other?.lived ?? 0);
  const of = reference ? 2 * study.patients : study.patients;
  return (
    <p class="study-wait" role="status">
      <progress max={of} value={lived} aria-label={words().living} /> {words().lived(lived, of)}
    </p>
  );
}

function Chosen({ study }: { study: Study }): JSX.Element {
  const [arm, pick] = useState<Arm>(study.arms.find((each) => each.id === study.reference) ?? study.arms[0]!);
  return (
    <>
      <div class="study-choices">
        {study.factors.map((factor, index) => (
          <Chooser
            key={factor.id}
            factor={factor}
            levels={offered(study.factors, study.arms, arm, index)}
            chosen={arm.levels[factor.id] ?? ""}
            pick={(level) => pick(choose(study.factors, study.arms, arm, factor.id, level))}
          />
        ))}
      </div>
      <Answer study={study} arm={arm} />
    </>
  );
}

export function VirtualClinic(): JSX.Element | null {
  const { data, problem } = useResource(at("/api/public/study"));
  if (problem?.status === 404) return null;
  return (
    <Section title={words().title} id="study">
      <p class="lead">{words().hint}</p>
      {!data && <Loading />}
      {data && <Assumptions study={data} />}
      {data && <Chosen study={data} />}
    </Section>
  );
}
