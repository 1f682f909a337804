// An instrument at the desk, or a link for the patient's own device; the history beside it. What is urgent is
// said at once.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at, type Answer, type BodyOf } from "../../api/address";
import { send } from "../../api/client";
import type { Instrument } from "../../api/instrument";
import type { Chart } from "../../api/types";
import { useResource } from "../../app/resource";
import { enter, mayWrite } from "../../app/state";
import { moment } from "../../format/time";
import { useTitle } from "../../app/title";
import { t } from "../../texts";
import {
  choices,
  Empty,
  Loading,
  Mark,
  ProblemBox,
  Section,
  SelectField,
  Shape,
  Submit,
} from "../../ui/basic";
import { Dialog, useAction } from "../../ui/dialog";
import { Standing } from "../../ui/standing";
import { Banner } from "../chart/banner";
import { History } from "./history";
import { asked } from "./items";
import { Questions } from "./questions";
import { useAnswers } from "./use_answers";
import "../../styles/evaluate.css";

type Score = NonNullable<Answer<"POST", "/api/patients/{patient}/events">["score"]>;

function Urgent({ texts, onClose }: { texts: string[]; onClose: () => void }): JSX.Element {
  const words = t().chart.evaluate;
  return (
    <Dialog title={words.urgent} onClose={onClose}>
      <ul class="urgent-list" role="alert">
        {texts.map((text) => (
          <li key={text}>
            <Shape tone="bad" />
            {text}
          </li>
        ))}
      </ul>
      <div class="actions">
        <button type="button" class="primary" onClick={onClose}>
          {t().common.close}
        </button>
      </div>
    </Dialog>
  );
}

function Result({ score }: { score: Score | null }): JSX.Element {
  const words = t().chart.evaluate;
  const [seen, setSeen] = useState(false);
  if (!score) return <Mark tone="good">{words.saved}</Mark>;
  return (
    <div class="result" role="status">
      <Mark tone="good">{words.saved}</Mark>
      <p class="total">
        {score.total === null
          ? words.noTotal(score.no_total_because)
          : words.total(String(score.total), score.band)}
      </p>
      {score.urgent.map((text) => (
        <p key={text} class="urgent-line">
          <Shape tone="bad" />
          {text}
        </p>
      ))}
      {score.urgent.length > 0 && !seen && <Urgent texts={score.urgent} onClose={() => setSeen(true)} />}
    </div>
  );
}

type Moment = BodyOf<"evaluation">["moment"];
// Of the address, where somebody may have written what is none.
const momentFrom = (text: string | null): Moment | "" =>
  text !== null && text in t().chart.evaluate.moments ? (text as Moment) : "";

function LinkButton({
  patient,
  instrument,
  moment: when,
}: {
  patient: string;
  instrument: string;
  moment: Moment;
}): JSX.Element {
  const [link, setLink] = useState<{ address: string; expires_at: string } | null>(null);
  const [copied, setCopied] = useState(false);
  const action = useAction();
  const words = t().chart.evaluate;
  const make = (): void =>
    void action.run(async () => {
      setCopied(false);
      setLink(await send(at("/api/patients/{patient}/links", { patient }), { instrument, moment: when }));
    });
  const whole = link ? new URL(link.address, location.origin).href : "";
  return (
    <>
      <button type="button" onClick={make} disabled={action.busy}>
        {words.link}
      </button>
      <ProblemBox problem={action.problem} />
      {link && (
        <Dialog title={words.linkTitle} onClose={() => setLink(null)}>
          <p>{words.linkHint}</p>
          <p>
            <code class="link-address">{whole}</code>
          </p>
          <p class="quiet">{words.expires(moment(link.expires_at))}</p>
          <div class="actions">
            <button
              type="button"
              onClick={() => void navigator.clipboard?.writeText(whole).then(() => setCopied(true))}
            >
              {copied ? words.copied : words.copy}
            </button>
            <button type="button" class="primary" onClick={() => setLink(null)}>
              {t().common.close}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function Form({
  patient,
  instrument,
  when,
  onSaved,
}: {
  patient: string;
  instrument: Instrument;
  when: Moment | "";
  onSaved: (score: Score | null) => void;
}): JSX.Element {
  const action = useAction();
  const words = t().chart.evaluate;
  const { answers, lacking, set, complete } = useAnswers(instrument);
  const submit = (event: Event): void => {
    if (!complete(event) || when === "") return;
    void action.run(async () => {
      const body = { instrument: instrument.id, moment: when, answers: asked(instrument, answers) };
      const written = await enter(patient, {
        kind: "evaluation",
        body,
      });
      onSaved(written.score ?? null);
    });
  };
  return (
    <form onSubmit={submit}>
      <Questions instrument={instrument} answers={answers} missing={new Set(lacking)} set={set} />
      {lacking.length > 0 && (
        <p class="error" role="alert">
          <Shape tone="bad" />
          {words.missing(lacking.length)}
        </p>
      )}
      <ProblemBox problem={action.problem} />
      <Submit off={action.busy || when === ""} big sticky>
        {words.save}
      </Submit>
    </form>
  );
}

function About({ instrument }: { instrument: Instrument }): JSX.Element {
  const words = t().chart.evaluate;
  return (
    <div class="about-instrument">
      <p>
        {instrument.who === "patient" ? words.byPatient : words.byClinician}
        {instrument.interval && `, ${instrument.interval.text}`}
      </p>
      {instrument.status !== "released" && (
        <p>
          <Mark tone="warn">{words.unverified}</Mark>
        </p>
      )}
      {instrument.notice && <p class="quiet small">{instrument.notice}</p>}
      {instrument.licence && (
        <p class="quiet small">
          {words.licence}: {instrument.licence}
        </p>
      )}
    </div>
  );
}

function Head({ chart, session }: { chart: Chart; session: string | null }): JSX.Element {
  const { person, assessment } = chart;
  const address = `/patients/${person.patient}`;
  return (
    <Banner person={person} level={assessment.level} levelName={assessment.level_name}>
      <span class="banner-tools">
        {session && (
          <a class="button" href={`${address}/sessions/${session}`}>
            {t().chart.evaluate.back(session)}
          </a>
        )}
        <a href={address}>{t().session.toChart}</a>
      </span>
    </Banner>
  );
}

export default function Evaluate({ parts }: { parts: Record<string, string> }): JSX.Element {
  const patient = parts["p"] ?? "";
  const query = new URLSearchParams(location.search);
  const session = query.get("session");
  const [chosen, choose] = useState(query.get("instrument"));
  const [when, setWhen] = useState(momentFrom(query.get("moment")));
  const [score, setScore] = useState<{ of: string; score: Score | null } | null>(null);
  const list = useResource(at("/api/instruments"));
  const chart = useResource(at("/api/patients/{patient}/chart", { patient }), {
    live: (r) => r.patient === patient,
  });
  const id = chosen ?? chart.data?.plan?.endpoint.instrument ?? "";
  const one = useResource(id ? at("/api/instruments/{id}", { id }) : null);
  const words = t().chart.evaluate;
  useTitle(`${words.title}, ${patient}`);
  const problem = chart.problem ?? list.problem;
  if (!chart.data || !list.data) return problem ? <ProblemBox problem={problem} /> : <Loading />;
  const instrument = one.data?.instrument;
  const options = [["", "–"] as const, ...list.data.instruments.map((i) => [i.id, i.title] as const)];
  const saved = (s: Score | null): void => {
    setScore({ of: id, score: s });
    window.scrollTo(0, 0);
  };
  const pick = (next: string): void => {
    setScore(null);
    choose(next);
  };
  return (
    <div class="page evaluate">
      <Head chart={chart.data} session={session} />
      <Standing of={chart} />
      <div class="evaluate-grid">
        <Section title={instrument?.title ?? words.title}>
          <div class="form-row">
            <SelectField label={words.choose} value={id} onValue={pick} options={options} />
            <SelectField
              label={words.moment}
              value={when}
              onValue={setWhen}
              options={choices<Moment>(words.moments)}
            />
          </div>
          {instrument && <About instrument={instrument} />}
          {mayWrite("evaluation") && instrument?.who === "patient" && when !== "" && (
            <LinkButton patient={patient} instrument={id} moment={when} />
          )}
          <ProblemBox problem={one.problem} />
          {score?.of === id && <Result score={score.score} />}
          {instrument && mayWrite("evaluation") && score?.of !== id && (
            <Form key={id} patient={patient} instrument={instrument} when={when} onSaved={saved} />
          )}
          {!mayWrite("evaluation") && <Empty>{t().common.problems["not_permitted"]}</Empty>}
        </Section>
        {instrument && <History assessment={chart.data.assessment} instrument={instrument} />}
      </div>
    </div>
  );
}
