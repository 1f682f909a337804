import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../api/address";
import { send } from "../api/client";
import { me, signOut, take } from "../app/state";
import { remember } from "../app/verifier";
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
    void run(async () => take(await send(at("/api/password"), { old, new: fresh }))).then((good) => {
      if (!good) return;
      if (me.value) void remember(fresh, me.value); // the lock without a connection takes the new one
      setDone(true);
      for (const clear of [setOld, setFresh, setAgain]) clear("");
    });
  };
  const fields = [
    [words.old, old, setOld, "current-password", undefined, null],
    [words.fresh, fresh, setFresh, "new-password", words.hint, null],
    [words.again, again, setAgain, "new-password", undefined, differ ? words.differ : null],
  ] as const;
  return (
    <form class="card" onSubmit={submit}>
      {forced ? <h1>{words.title}</h1> : <h2>{words.title}</h2>}
      {forced && <p>{words.why}</p>}
      {fields.map(([label, value, set, fill, hint, error]) => (
        <TextField
          key={label}
          label={label}
          value={value}
          onValue={set}
          type="password"
          autocomplete={fill}
          hint={hint}
          error={error}
          required
        />
      ))}
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
