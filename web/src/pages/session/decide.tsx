// A named clinician decides about a gate or a rule that fired. It counts for what is known now.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { me } from "../../app/state";
import { t } from "../../texts";
import { ReasonField } from "../../ui/basic";
import { FormDialog } from "../../ui/dialog";
import { write, type Session } from "./record";

function Decide({
  where,
  about,
  text,
  onClose,
}: {
  where: Session;
  about: string;
  text: string;
  onClose: () => void;
}): JSX.Element {
  const [goOn, setGoOn] = useState<boolean | null>(null);
  const [reason, setReason] = useState("");
  const words = t().session.decide;
  const submit = async (): Promise<void> => {
    if (goOn === null) return;
    const body = {
      session: where.session,
      about,
      go_on: goOn,
      clinician: me.value?.name ?? "",
      reason: reason.trim(),
    };
    await write(where, {
      kind: "session_decision",
      body,
      label: `${about}: ${goOn ? words.goOn : words.notOn}`,
    });
  };
  return (
    <FormDialog
      title={words.title}
      action={words.sign}
      onClose={onClose}
      onSubmit={submit}
      ready={goOn !== null && reason.trim() !== ""}
    >
      <p lang="en">{text}</p>
      <fieldset class="choice">
        <legend>{words.legend}</legend>
        <label>
          <input type="radio" name="go-on" checked={goOn === true} onChange={() => setGoOn(true)} />{" "}
          {words.goOn}
        </label>
        <label>
          <input type="radio" name="go-on" checked={goOn === false} onChange={() => setGoOn(false)} />{" "}
          {words.notOn}
        </label>
      </fieldset>
      <ReasonField hint={words.hint} value={reason} onValue={setReason} />
    </FormDialog>
  );
}

export function DecideButton({
  where,
  about,
  text,
}: {
  where: Session;
  about: string;
  text: string;
}): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {t().session.decide.open}
      </button>
      {open && <Decide where={where} about={about} text={text} onClose={() => setOpen(false)} />}
    </>
  );
}
