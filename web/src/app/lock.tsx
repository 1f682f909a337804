// Covers the page; the page beneath stays as it is. A modal dialog, for one that was open beneath would keep
// everything else from being reached.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Me } from "../api/types";
import { t, word } from "../texts";
import { clock, span } from "../format/time";
import { ProblemBox, Shape, TextField } from "../ui/basic";
import { useAction } from "../ui/dialog";
import { glance } from "./glance";
import { useTick } from "./resource";
import { ask, serverNow, signOut, tellLocked, unlock, unsavedOf } from "./state";
import { isTypedIn } from "./typed";

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
    void tellLocked().then(
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

// What is seen from the door, over the cover: where, what waits, when the next reading is due. No name.
function AtAGlance(): JSX.Element | null {
  useTick(5000);
  const seen = glance.value;
  if (!seen) return null;
  const words = t().device.glance;
  const now = serverNow().getTime();
  const due = seen.due === null ? null : Date.parse(seen.due);
  return (
    <section class="card glance" aria-label={words.label}>
      <h2>
        {seen.place || words.session}{" "}
        <span class="quiet">
          {seen.state === "paused" ? t().session.standing.paused : word(t().session.states, seen.state)}
        </span>
      </h2>
      {seen.alert && (
        <p class={`glance-alert ${seen.alert}`}>
          <Shape tone={seen.alert === "stop" ? "bad" : "warn"} />
          {words[seen.alert]}
        </p>
      )}
      {due !== null && (
        <p class={due <= now ? "glance-due now" : "glance-due"}>
          {due <= now
            ? words.dueNow(clock(due), span(now - due))
            : words.due(clock(due), span(due - now + 59_000))}
        </p>
      )}
      <p class="hint">{words.asOf(clock(seen.asOf))}</p>
    </section>
  );
}

// A second Escape in a row cannot be refused once it is a wish to close: it would uncover the page for a
// moment, and a third one would close what was open beneath.
const noEscape = (event: KeyboardEvent): void => {
  if (event.key === "Escape") event.preventDefault();
};

function Cover({ children }: { children: ComponentChildren }): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  const cover = (): void => box.current?.showModal();
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    cover();
    box.current?.querySelector("input")?.focus();
    window.addEventListener("keydown", noEscape, true);
    return () => {
      window.removeEventListener("keydown", noEscape, true);
      before?.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      class="lock"
      aria-labelledby="lock-title"
      onCancel={(event) => event.preventDefault()}
      onClose={cover} // a telephone's way back
    >
      {children}
    </dialog>
  );
}

export function LockScreen({ who }: { who: Me }): JSX.Element {
  const [password, setPassword] = useState("");
  const [other, setOther] = useState(false);
  const { busy, problem, run } = useAction();
  const words = t().common;
  const submit = (event: Event): void => {
    event.preventDefault();
    void run(() => unlock(password)).then(() => setPassword(""));
  };
  const unsaved = unsavedOf(who.name);
  const typed = isTypedIn(document.querySelector(".covered"));
  return (
    <Cover>
      <AtAGlance />
      <form class="card" onSubmit={submit}>
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
            onClick={() => ((unsaved || typed) && !other ? setOther(true) : void signOut())}
          >
            {words.locked.other}
          </button>
        </div>
        {other && (
          <p class="error" role="alert">
            {unsaved > 0 && words.locked.loses(unsaved)} {typed && t().device.losesTyped}
          </p>
        )}
      </form>
    </Cover>
  );
}
