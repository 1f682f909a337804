import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { send } from "../api/client";
import type { Me } from "../api/types";
import { signOut, take } from "../app/state";
import { t } from "../texts";
import { Mark, ProblemBox, TextField } from "../ui/basic";
import { useAction } from "../ui/dialog";

export function ChangePassword({ forced }: { forced?: boolean }): JSX.Element {
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const [again, setAgain] = useState("");
  const [done, setDone] = useState(false);
  const { busy, problem, run } = useAction();
  const words = t().common.password;
  const differ = again !== "" && again !== fresh;
  const submit = (event: Event): void => {
    event.preventDefault();
    if (fresh !== again) return;
    void run(async () => take(await send<Me>("/api/password", { old, new: fresh }))).then((good) => {
      if (!good) return;
      setDone(true);
      for (const clear of [setOld, setFresh, setAgain]) clear("");
    });
  };
  return (
    <form class="card" onSubmit={submit}>
      {forced ? <h1>{words.title}</h1> : <h2>{words.title}</h2>}
      {forced && <p>{words.why}</p>}
      <TextField
        label={words.old}
        value={old}
        onValue={setOld}
        type="password"
        autocomplete="current-password"
        required
      />
      <TextField
        label={words.fresh}
        hint={words.hint}
        value={fresh}
        onValue={setFresh}
        type="password"
        autocomplete="new-password"
        required
      />
      <TextField
        label={words.again}
        value={again}
        onValue={setAgain}
        type="password"
        autocomplete="new-password"
        error={differ ? words.differ : null}
        required
      />
      <ProblemBox problem={problem} />
      {done && (
        <p role="status">
          <Mark tone="good">{words.done}</Mark>
        </p>
      )}
      <div class="actions">
        <button type="submit" class="primary" disabled={busy || differ}>
          {words.go}
        </button>
        {forced && (
          <button type="button" class="quiet-button" onClick={() => void signOut()}>
            {t().common.signOut}
          </button>
        )}
      </div>
    </form>
  );
}
