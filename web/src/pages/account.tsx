import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../api/address";
import { remove, send } from "../api/client";
import { me, take } from "../app/state";
import { t, word } from "../texts";
import { Mark, Section, TextField } from "../ui/basic";
import { FormDialog, useAction } from "../ui/dialog";
import { ChangePassword } from "./password";

interface Offer {
  secret: string;
  uri: string;
}

function Confirm({ offer, onClose }: { offer: Offer; onClose: () => void }): JSX.Element {
  const [code, setCode] = useState("");
  const words = t().common.account;
  const submit = async (): Promise<void> =>
    take(await send(at("/api/second-factor/confirm"), { code: code.trim() }));
  return (
    <FormDialog title={words.set} action={words.confirm} onClose={onClose} onSubmit={submit}>
      <p>{words.secret}</p>
      <p>
        <code class="secret">{offer.secret.replace(/(.{4})/g, "$1 ").trim()}</code>
      </p>
      <TextField label={t().common.signIn.code} value={code} onValue={setCode} inputmode="numeric" />
    </FormDialog>
  );
}

function Remove({ onClose }: { onClose: () => void }): JSX.Element {
  const [password, setPassword] = useState("");
  const words = t().common;
  const submit = async (): Promise<void> => take(await remove(at("/api/second-factor"), { password }));
  return (
    <FormDialog title={words.account.remove} action={words.remove} danger onClose={onClose} onSubmit={submit}>
      <TextField
        label={words.signIn.password}
        value={password}
        onValue={setPassword}
        type="password"
        autocomplete="current-password"
      />
    </FormDialog>
  );
}

export default function Account(): JSX.Element | null {
  const [offer, setOffer] = useState<Offer | null>(null);
  const [removing, setRemoving] = useState(false);
  const { run } = useAction();
  const who = me.value;
  if (!who) return null;
  const words = t().common.account;
  const begin = (): void => void run(async () => setOffer(await send(at("/api/second-factor"), {})));
  return (
    <div class="page columns">
      <h1>{words.title}</h1>
      <Section title={who.display}>
        <dl class="pairs">
          <dt>{words.name}</dt>
          <dd>{who.name}</dd>
          <dt>{words.role}</dt>
          <dd>{t().common.roles[who.role]}</dd>
          <dt>{words.second}</dt>
          <dd>
            <Mark tone={who.second_factor ? "good" : "look"}>{who.second_factor ? words.on : words.off}</Mark>
          </dd>
        </dl>
        <div class="actions">
          {who.second_factor ? (
            <button type="button" onClick={() => setRemoving(true)}>
              {words.remove}
            </button>
          ) : (
            <button type="button" onClick={begin}>
              {words.set}
            </button>
          )}
        </div>
        <h3>{words.mayTitle}</h3>
        <ul class="plain-list">
          {who.rights.map((right) => (
            <li key={right}>{word(t().desk.rights, right)}</li>
          ))}
        </ul>
      </Section>
      <ChangePassword />
      {offer && <Confirm offer={offer} onClose={() => setOffer(null)} />}
      {removing && <Remove onClose={() => setRemoving(false)} />}
    </div>
  );
}
