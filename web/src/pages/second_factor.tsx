// One's own second factor: a secret for the app that shows codes, kept once a code proves that the app has
// it.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { SecondFactor as Offer } from "../../generated/api";
import { at } from "../api/address";
import { remove, send } from "../api/client";
import { signOut, take } from "../app/state";
import { t } from "../texts";
import { CodeField, Loading, ProblemBox, TextField } from "../ui/basic";
import { useAction } from "../ui/dialog";

export type { Offer };
export const offerFactor = (): Promise<Offer> => send(at("/api/second-factor"), {});

interface Fields {
  password: string;
  setPassword: (value: string) => void;
  code: string;
  setCode: (value: string) => void;
}
export function useFactor(): Fields & {
  confirm: (offer: Offer) => Promise<void>;
  remove: () => Promise<void>;
} {
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  return {
    password,
    setPassword,
    code,
    setCode,
    confirm: async ({ secret }) =>
      take(await send(at("/api/second-factor/confirm"), { secret, code, password })),
    remove: async () => take(await remove(at("/api/second-factor"), { password, code })),
  };
}

export function FactorFields({ password, setPassword, code, setCode }: Fields): JSX.Element {
  const words = t().common.signIn;
  return (
    <>
      <CodeField value={code} onValue={setCode} />
      <TextField
        label={words.password}
        value={password}
        onValue={setPassword}
        type="password"
        autocomplete="current-password"
      />
    </>
  );
}

export function OfferedSecret({ offer }: { offer: Offer }): JSX.Element {
  return (
    <>
      <p>{t().common.account.secret}</p>
      <p>
        <code class="secret">{offer.secret.replace(/(.{4})/g, "$1 ").trim()}</code>
      </p>
    </>
  );
}

// The clinic demands one: nothing else is done before.
export function FactorDue(): JSX.Element {
  const [offer, setOffer] = useState<Offer | null>(null);
  const fields = useFactor();
  const { busy, problem, run } = useAction();
  const words = t().common.account;
  const ask = (): void => void run(async () => setOffer(await offerFactor()));
  useEffect(ask, []);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (offer) void run(() => fields.confirm(offer));
  };
  return (
    <form class="card" onSubmit={submit}>
      <h1>{words.set}</h1>
      <p>{words.due}</p>
      {offer && <OfferedSecret offer={offer} />}
      {!offer && !problem && <Loading />}
      <FactorFields {...fields} />
      <ProblemBox problem={problem} />
      <div class="actions">
        <button type="submit" class="primary" disabled={busy || !offer}>
          {words.confirm}
        </button>
        {!offer && problem && (
          <button type="button" onClick={ask}>
            {t().common.tryAgain}
          </button>
        )}
        <button type="button" class="quiet-button" onClick={() => void signOut()}>
          {t().common.signOut}
        </button>
      </div>
    </form>
  );
}
