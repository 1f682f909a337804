// Who somebody is at the clinic's OpenID provider: an administrator says it, never the provider.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../api/address";
import { send } from "../api/client";
import type { User } from "../api/types";
import { t } from "../texts";
import { CheckField, TextField } from "../ui/basic";
import { FormDialog } from "../ui/dialog";

function LinkDialog({
  user,
  onDone,
  onClose,
}: {
  user: User;
  onDone: () => void;
  onClose: () => void;
}): JSX.Element {
  const [subject, setSubject] = useState("");
  const [without, setWithout] = useState(false);
  const words = t().desk.users;
  const submit = async (): Promise<void> => {
    await send(at("/api/users/{name}/link", { name: user.name }), {
      subject: subject.trim(),
      ...(without && { without_password: true }),
    });
    onDone();
  };
  return (
    <FormDialog
      title={`${words.link}: ${user.display}`}
      action={words.link}
      onClose={onClose}
      onSubmit={submit}
      ready={subject.trim() !== ""}
    >
      <TextField label={words.subject} hint={words.subjectHint} value={subject} onValue={setSubject} />
      {user.role !== "administrator" && (
        <CheckField label={words.withoutPassword} value={without} onValue={setWithout} />
      )}
    </FormDialog>
  );
}

export function LinkUser({ user, onDone }: { user: User; onDone: () => void }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="link" onClick={() => setOpen(true)}>
        {t().desk.users.link}
        <span class="visually-hidden"> {user.name}</span>
      </button>
      {open && <LinkDialog user={user} onDone={onDone} onClose={() => setOpen(false)} />}
    </>
  );
}
