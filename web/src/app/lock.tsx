// Covers the page; the page beneath stays as it is.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { at } from "../api/address";
import { send } from "../api/client";
import type { Me } from "../api/types";
import { t } from "../texts";
import { ProblemBox, TextField } from "../ui/basic";
import { useAction } from "../ui/dialog";
import { ask, signOut, unlock, unsavedOf } from "./state";

// The provider opens the screen in a tab of its own, so that nothing is lost here. The server is told first
// that it is locked, for it is asked afterwards whether it still is: a lock that it never heard of must not
// open by itself.
function ByProvider({ name }: { name: string }): JSX.Element {
  const [away, go] = useState(false);
  const words = t().common.locked;
  useEffect(() => {
    if (!away) return undefined;
    const back = (): void => {
      if (document.visibilityState === "visible") void ask();
    };
    document.addEventListener("visibilitychange", back);
    window.addEventListener("focus", back);
    return () => {
      document.removeEventListener("visibilitychange", back);
      window.removeEventListener("focus", back);
    };
  }, [away]);
  const leave = (): void =>
    void send(at("/api/lock"), {}).then(
      () => go(true),
      () => undefined,
    );
  return (
    <>
      <p>
        <a
          class="button primary"
          href="/api/openid/begin?for=unlock"
          target="_blank"
          rel="noopener"
          onClick={leave}
        >
          {words.provider(name)}
        </a>
      </p>
      <p class="hint">{words.providerHint}</p>
    </>
  );
}

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
        {who.provider && <ByProvider name={who.provider} />}
        {who.password && (
          <TextField
            label={words.signIn.password}
            value={password}
            onValue={setPassword}
            type="password"
            autocomplete="current-password"
          />
        )}
        <ProblemBox problem={problem} />
        <div class="actions">
          {who.password && (
            <button type="submit" class="primary" disabled={busy}>
              {words.locked.go}
            </button>
          )}
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
