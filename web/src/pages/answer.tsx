// The patient's own device: one instrument, by a link that works once. The token stands after the #, so that
// no log sees it.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { at, type Answer } from "../api/address";
import { ApiProblem, send } from "../api/client";
import type { Problem } from "../api/types";
import { useResource } from "../app/resource";
import { useTitle } from "../app/title";
import { moment } from "../format/time";
import { t } from "../texts";
import { Loading, ProblemBox, Shape, Submit } from "../ui/basic";
import { unreachable, useAction } from "../ui/dialog";
import { HelpLines } from "./addictive/help_lines";
import { asked } from "./evaluate/items";
import { keptAnswers, type Kept } from "./evaluate/kept_answers";
import { Questions } from "./evaluate/questions";
import { useAnswers } from "./evaluate/use_answers";
import "../styles/evaluate.css";
import "../styles/open.css";

type Opened = Answer<"POST", "/api/answer/open">;

// Numbers come with the page that says to call.
function Numbers(): JSX.Element | null {
  const { data, problem, reload } = useResource(at("/api/public/evidence"));
  const words = t().open.addictive;
  if (problem)
    return (
      <button type="button" onClick={reload}>
        {words.help}
      </button>
    );
  if (!data) return <Loading />;
  const { places, none_verified: none } = data.help;
  return places.length > 0 ? <HelpLines places={places} /> : <p lang="en">{none}</p>;
}

function Done({ urgent }: { urgent: boolean }): JSX.Element {
  const words = t().open.answer;
  return (
    <div class="card done">
      {urgent && (
        <p class="urgent-line large" role="alert">
          <Shape tone="bad" />
          {words.urgent}
        </p>
      )}
      {urgent && <Numbers />}
      <div role="status">
        <h1>{words.done}</h1>
        <p>{words.close}</p>
      </div>
    </div>
  );
}

function Form({
  opened,
  kept,
  token,
  onDone,
  onGone,
}: {
  opened: Opened;
  kept: Kept;
  token: string;
  onDone: (urgent: boolean) => void;
  onGone: () => void;
}): JSX.Element {
  const action = useAction();
  const words = t().open.answer;
  const { instrument } = opened;
  const { answers, lacking, set, complete } = useAnswers(instrument, kept);
  const submit = (event: Event): void => {
    if (!complete(event)) return;
    void action.run(async () => {
      const said = { token, answers: asked(instrument, answers) };
      const answer = await send(at("/api/answer"), said).catch((error: unknown) => {
        if (!isGone(error)) throw error;
        kept.forget();
        onGone();
        return null;
      });
      if (!answer) return;
      kept.forget();
      history.replaceState(null, "", "/answer");
      onDone(answer.urgent);
    });
  };
  return (
    <form class="card answer" onSubmit={submit}>
      <h1>{instrument.title}</h1>
      <p class="quiet">{words.expires(moment(opened.expires_at))}</p>
      <Questions instrument={instrument} answers={answers} missing={new Set(lacking)} set={set} />
      {lacking.length > 0 && (
        <p class="error" role="alert">
          <Shape tone="bad" />
          {words.missing}
        </p>
      )}
      <ProblemBox problem={action.problem} />
      <p class="hint">{words.confirm}</p>
      <Submit off={action.busy} big>
        {words.send}
      </Submit>
      {instrument.notice && <p class="quiet small">{instrument.notice}</p>}
    </form>
  );
}

// A link that was used or has ended; any other answer means that it may work in a moment.
const isGone = (error: unknown): boolean => error instanceof ApiProblem && error.problem.status === 404;

type Door = { opened: Opened; kept: Kept } | { problem: Problem } | "gone" | null;

function useDoor(token: string): { door: Door; open: () => void; close: () => void } {
  const [door, setDoor] = useState<Door>(null);
  const failed = (error: unknown): Door => {
    if (isGone(error)) return "gone";
    const problem = error instanceof ApiProblem ? error.problem : unreachable();
    return { problem: { ...problem, detail: t().open.answer.later } };
  };
  const open = (): void => {
    setDoor(null);
    Promise.all([send(at("/api/answer/open"), { token }), keptAnswers(token)]).then(
      ([opened, kept]) => setDoor({ opened, kept }),
      (error: unknown) => setDoor(failed(error)),
    );
  };
  useEffect(() => {
    if (token) open();
  }, []);
  return { door, open, close: () => setDoor("gone") };
}

function Closed({ words }: { words: string }): JSX.Element {
  return (
    <div class="card">
      <h1>{t().open.answer.title}</h1>
      <p>{words}</p>
    </div>
  );
}

function NotNow({ problem, onAgain }: { problem: Problem; onAgain: () => void }): JSX.Element {
  return (
    <div class="card">
      <h1>{t().open.answer.title}</h1>
      <ProblemBox problem={problem} />
      <div class="actions">
        <button type="button" class="primary" onClick={onAgain}>
          {t().common.tryAgain}
        </button>
      </div>
    </div>
  );
}

export default function AnswerPage(): JSX.Element {
  const [token] = useState(location.hash.slice(1));
  const { door, open, close } = useDoor(token);
  const [done, setDone] = useState<{ urgent: boolean } | null>(null);
  const words = t().open.answer;
  useTitle(words.title);
  if (done) return <Done urgent={done.urgent} />;
  if (!token) return <Closed words={words.noToken} />;
  if (!door) return <Loading />;
  if (door === "gone") return <Closed words={words.gone} />;
  if ("problem" in door) return <NotNow problem={door.problem} onAgain={open} />;
  return <Form {...door} token={token} onDone={(urgent) => setDone({ urgent })} onGone={close} />;
}
