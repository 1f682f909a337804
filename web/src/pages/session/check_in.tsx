// The patient has come: a session gets its name and its place.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../../api/address";
import { send } from "../../api/client";
import { go } from "../../app/router";
import { may, serverNow } from "../../app/state";
import { t } from "../../texts";
import { TextField } from "../../ui/basic";
import { FormDialog } from "../../ui/dialog";
import { nextName } from "./names";

export function CheckInDialog({
  patient,
  name,
  taken,
  onClose,
}: {
  patient: string;
  name?: string;
  taken?: string[];
  onClose: () => void;
}): JSX.Element {
  const [session, setSession] = useState(nextName(taken, serverNow()));
  const [place, setPlace] = useState("");
  const words = t().session.checkIn;
  const submit = async (): Promise<void> => {
    const body = { session: session.trim(), ...(place.trim() && { place: place.trim() }) };
    await send(at("/api/patients/{patient}/events", { patient }), { kind: "session_checked_in", body });
    go(may("read-chart") ? `/patients/${patient}/sessions/${session.trim()}` : "/");
  };
  return (
    <FormDialog
      title={words.title}
      action={words.go}
      onClose={onClose}
      onSubmit={submit}
      ready={session.trim() !== ""}
    >
      {name && (
        <p>
          <strong>{name}</strong> {patient}
        </p>
      )}
      <TextField label={words.place} hint={words.placeHint} value={place} onValue={setPlace} />
      <TextField label={words.session} value={session} onValue={setSession} />
    </FormDialog>
  );
}

export function CheckIn({ patient, taken }: { patient: string; taken: string[] }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="primary" onClick={() => setOpen(true)}>
        {t().session.checkIn.title}
      </button>
      {open && <CheckInDialog patient={patient} taken={taken} onClose={() => setOpen(false)} />}
    </>
  );
}
