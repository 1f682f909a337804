// Covers the page; the page beneath stays as it is.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Me } from "../api/types";
import { t } from "../texts";
import { ProblemBox, TextField } from "../ui/basic";
import { useAction } from "../ui/dialog";
import { signOut, unlock, unsavedOf } from "./state";

export function LockScreen({ who }: { who: Me }): JSX.Element {
  const [password, setPassword] = useState("");
  const [other, setOther] = useState(false);
  const { busy, problem, run } = useAction();
  const box = useRef<HTMLFormElement>(null);
  const words = t().common;
  useEffect(() => box.current?.querySelector("input")?.focus(), []);
  const submit = (event: Event): void => {
    event.preventDefault();
    void run(() => unlock(password)).then(() => setPassword(""));
  };
  const unsaved = unsavedOf(who.name);
  return (
    <div class="lock" role="dialog" aria-modal="true" aria-labelledby="lock-title">
      <form ref={box} class="card" onSubmit={submit}>
        <h1 id="lock-title">{words.locked.title}</h1>
        <p>{words.locked.as(who.display)}</p>
        <TextField
          label={words.signIn.password}
          value={password}
          onValue={setPassword}
          type="password"
          autocomplete="current-password"
        />
        <ProblemBox problem={problem} />
        <div class="actions">
          <button type="submit" class="primary" disabled={busy}>
            {words.locked.go}
          </button>
          <button
            type="button"
            class="quiet-button"
            onClick={() => (unsaved && !other ? setOther(true) : void signOut())}
          >
            {words.locked.other}
          </button>
        </div>
        {other && (
          <p class="error" role="alert">
            {words.locked.loses(unsaved)}
          </p>
        )}
      </form>
    </div>
  );
}
