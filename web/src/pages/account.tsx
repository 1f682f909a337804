import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { me } from "../app/state";
import { t, word } from "../texts";
import { Mark, ProblemBox, Section } from "../ui/basic";
import { FormDialog, useAction } from "../ui/dialog";
import { ChangePassword } from "./password";
import { FactorFields, offerFactor, OfferedSecret, useFactor, type Offer } from "./second_factor";

function Confirm({ offer, onClose }: { offer: Offer; onClose: () => void }): JSX.Element {
  const fields = useFactor();
  const words = t().common.account;
  return (
    <FormDialog
      title={words.set}
      action={words.confirm}
      onClose={onClose}
      onSubmit={() => fields.confirm(offer)}
    >
      <OfferedSecret offer={offer} />
      <FactorFields {...fields} />
    </FormDialog>
  );
}

function Remove({ onClose }: { onClose: () => void }): JSX.Element {
  const fields = useFactor();
  const words = t().common;
  return (
    <FormDialog
      title={words.account.remove}
      action={words.remove}
      danger
      onClose={onClose}
      onSubmit={fields.remove}
    >
      <FactorFields {...fields} />
    </FormDialog>
  );
}

export default function Account(): JSX.Element | null {
  const [offer, setOffer] = useState<Offer | null>(null);
  const [removing, setRemoving] = useState(false);
  const { busy, problem, run } = useAction();
  const who = me.value;
  if (!who) return null;
  const words = t().common.account;
  const begin = (): void => void run(async () => setOffer(await offerFactor()));
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
          {!who.password ? null : who.second_factor ? (
            <button type="button" onClick={() => setRemoving(true)}>
              {words.remove}
            </button>
          ) : (
            <button type="button" onClick={begin} disabled={busy}>
              {words.set}
            </button>
          )}
        </div>
        <ProblemBox problem={problem} />
        <h3>{words.mayTitle}</h3>
        <ul class="plain-list">
          {who.rights.map((right) => (
            <li key={right}>{word(t().desk.rights, right)}</li>
          ))}
        </ul>
      </Section>
      {who.password && <ChangePassword />}
      {offer && <Confirm offer={offer} onClose={() => setOffer(null)} />}
      {removing && <Remove onClose={() => setRemoving(false)} />}
    </div>
  );
}
