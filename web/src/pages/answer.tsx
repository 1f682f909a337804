// The patient's own device: one instrument, by a link that works once. The token stands after the #, so that
// no log sees it.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { at, type Answer } from "../api/address";
import { ApiProblem, send } from "../api/client";
import { moment } from "../format/time";
import { t } from "../texts";
import { Loading, ProblemBox, Shape, Submit } from "../ui/basic";
import { useAction } from "../ui/dialog";
import { asked } from "./evaluate/items";
import { Questions } from "./evaluate/questions";
import { useAnswers } from "./evaluate/use_answers";
import "../styles/evaluate.css";

type Opened = Answer<"POST", "/api/answer/open">;

function Done({ urgent }: { urgent: boolean }): JSX.Element {
  const words = t().open.answer;
  return (
    <div class="card done" role="status">
      {urgent && (
        <p class="urgent-line large">
          <Shape tone="bad" />
          {words.urgent}
        </p>
      )}
      <h1>{words.done}</h1>
      <p>{words.close}</p>
    </div>
  );
}

function Form({
  opened,
  token,
  onDone,
}: {
  opened: Opened;
  token: string;
  onDone: (urgent: boolean) => void;
}): JSX.Element {
  const action = useAction();
  const words = t().open.answer;
  const { instrument } = opened;
  const { answers, lacking, set, complete } = useAnswers(instrument);
  const submit = (event: Event): void => {
    if (!complete(event)) return;
    void action.run(async () => {
      const answer = await send(at("/api/answer"), {
        token,
        answers: asked(instrument, answers),
      });
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

export default function AnswerPage(): JSX.Element {
  const [token] = useState(location.hash.slice(1));
  const [opened, setOpened] = useState<Opened | null>(null);
  const [gone, setGone] = useState(token === "");
  const [done, setDone] = useState<{ urgent: boolean } | null>(null);
  const words = t().open.answer;
  useEffect(() => {
    document.title = `${words.title} – ${t().common.product}`;
    if (!token) return;
    send(at("/api/answer/open"), { token }).then(setOpened, (error: unknown) =>
      setGone(error instanceof ApiProblem),
    );
  }, []);
  if (done) return <Done urgent={done.urgent} />;
  if (gone)
    return (
      <div class="card">
        <h1>{words.title}</h1>
        <p>{token ? words.gone : words.noToken}</p>
      </div>
    );
  if (!opened) return <Loading />;
  return <Form opened={opened} token={token} onDone={(urgent) => setDone({ urgent })} />;
}
