import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { at } from "../api/address";
import { ApiProblem } from "../api/client";
import { useResource } from "../app/resource";
import { signIn } from "../app/state";
import { t } from "../texts";
import { CodeField, ProblemBox, TextField, Submit } from "../ui/basic";
import { useAction } from "../ui/dialog";

// The browser itself goes to the provider, no request of ours. Without an answer there is the password.
function OtherWays(): JSX.Element | null {
  const { data: ways } = useResource(at("/api/sign-in/ways"));
  if (!ways?.provider) return null;
  const words = t().common.signIn;
  return (
    <>
      <p class="actions">
        <a class="button primary" href="/api/openid/begin">
          {words.provider(ways.provider)}
        </a>
      </p>
      {!ways.passwords && <p class="hint">{words.passwordsOf}</p>}
    </>
  );
}

export function SignIn(): JSX.Element {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [asksCode, setAsksCode] = useState(false);
  const { busy, problem, run } = useAction();
  const form = useRef<HTMLFormElement>(null);
  const words = t().common.signIn;
  useEffect(() => {
    document.title = t().common.product;
    form.current
      ?.querySelector<HTMLInputElement>(asksCode ? "[autocomplete=one-time-code]" : "input")
      ?.focus();
  }, [asksCode]);

  const submit = (event: Event): void => {
    event.preventDefault();
    void run(async () => {
      try {
        await signIn(name.trim(), password, code);
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.problem.code !== "code_needed") throw error;
        if (asksCode && code) throw error;
        setAsksCode(true);
      }
    });
  };
  const shown =
    problem?.code === "code_needed" ? { ...problem, code: "sign_in_code", title: words.codeNeeded } : problem;
  return (
    <form class="card sign-in" ref={form} onSubmit={submit}>
      <h1>{words.title}</h1>
      <OtherWays />
      <TextField label={words.name} value={name} onValue={setName} autocomplete="username" required />
      <TextField
        label={words.password}
        value={password}
        onValue={setPassword}
        type="password"
        autocomplete="current-password"
        required
      />
      {asksCode && <CodeField value={code} onValue={setCode} />}
      <ProblemBox problem={shown} />
      <Submit off={busy}>{words.go}</Submit>
      <p class="beneath">
        <a href="/addictive">{words.public}</a>
      </p>
    </form>
  );
}
