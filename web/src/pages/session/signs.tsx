// One of the protocol's signs was seen.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { SessionPage } from "../../api/types";
import { t } from "../../texts";
import { TextField } from "../../ui/basic";
import { FormDialog } from "../../ui/dialog";
import { useKey } from "./keys";
import { write, type Session } from "./record";

interface Props {
  where: Session;
  page: SessionPage;
}

function Sign({ where, page, onClose }: Props & { onClose: () => void }): JSX.Element {
  const words = t().session.infusion;
  const [sign, setSign] = useState("");
  const [note, setNote] = useState("");
  const submit = async (): Promise<void> => {
    const body = { session: where.session, sign, ...(note.trim() && { note: note.trim() }) };
    const text = page.signs.find((each) => each.id === sign)?.text ?? sign;
    await write(where, { kind: "sign_seen", body, label: text });
  };
  return (
    <FormDialog
      title={words.sign}
      action={t().common.save}
      onClose={onClose}
      onSubmit={submit}
      ready={sign !== ""}
    >
      <fieldset class="choice">
        <legend>{words.whichSign}</legend>
        {page.signs.map((each) => (
          <label key={each.id}>
            <input type="radio" name="sign" checked={sign === each.id} onChange={() => setSign(each.id)} />
            {each.text}
          </label>
        ))}
      </fieldset>
      <TextField label={`${t().common.note} (${t().common.optional})`} value={note} onValue={setNote} />
    </FormDialog>
  );
}

export function SignButton(props: Props): JSX.Element {
  const [open, setOpen] = useState(false);
  useKey("sign", () => setOpen(true));
  return (
    <>
      <button type="button" class="big" onClick={() => setOpen(true)}>
        {t().session.infusion.sign}
      </button>
      {open && <Sign {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
