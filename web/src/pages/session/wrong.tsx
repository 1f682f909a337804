// A reading that was entered by mistake is marked by a further entry, with the reason; the right one is
// entered anew.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Vitals } from "../../api/types";
import { clock } from "../../format/time";
import { t } from "../../texts";
import { ReasonField } from "../../ui/basic";
import { FormDialog } from "../../ui/dialog";
import { write, type Session } from "./record";
import { labelOf, type Reading } from "./vitals";

type Props = { where: Session; vitals: Vitals };

function wordsOf(vitals: Vitals): string {
  const { at: _at, event: _event, ...signs } = vitals;
  return labelOf(
    Object.fromEntries(Object.entries(signs).map(([key, value]) => [key, String(value)])) as Reading,
  );
}

function Wrong({ where, vitals, onClose }: Props & { onClose: () => void }): JSX.Element {
  const [reason, setReason] = useState("");
  const words = t().session.wrong;
  const submit = async (): Promise<void> => {
    await write(where, {
      kind: "entered_in_error",
      body: { event: vitals.event, reason: reason.trim() },
      label: `${words.title}: ${clock(vitals.at)} ${wordsOf(vitals)}`,
    });
  };
  return (
    <FormDialog
      title={words.title}
      action={words.go}
      danger
      onClose={onClose}
      onSubmit={submit}
      ready={reason.trim() !== ""}
    >
      <p>
        <strong>{clock(vitals.at)}</strong> {wordsOf(vitals)}
      </p>
      <p>{words.hint}</p>
      <ReasonField value={reason} onValue={setReason} />
    </FormDialog>
  );
}

export function WrongButton({ where, vitals }: Props): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="link wrong" onClick={() => setOpen(true)}>
        {t().session.wrong.open}
        <span class="visually-hidden"> {clock(vitals.at)}</span>
      </button>
      {open && <Wrong where={where} vitals={vitals} onClose={() => setOpen(false)} />}
    </>
  );
}
