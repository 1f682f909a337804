// A visit that comes to nothing.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { enter } from "../../app/state";
import { t } from "../../texts";
import { ReasonField } from "../../ui/basic";
import { FormDialog } from "../../ui/dialog";
import type { Session } from "./record";

// A cancelled visit has run no drug.
export function CancelButton({
  where: { patient, session },
  about,
}: {
  where: Session;
  about?: string; // whose, where several stand in a list
}): JSX.Element {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const words = t().session.gates;
  const submit = async (): Promise<void> => {
    await enter(patient, { kind: "session_cancelled", body: { session, reason: reason.trim() } });
  };
  return (
    <>
      <button type="button" class="quiet-button" onClick={() => setOpen(true)}>
        {words.cancel}
        {about && <span class="visually-hidden"> {about}</span>}
      </button>
      {open && (
        <FormDialog
          title={words.cancel}
          about={about}
          action={words.cancelGo}
          danger
          onClose={() => setOpen(false)}
          onSubmit={submit}
          ready={reason.trim() !== ""}
        >
          <ReasonField value={reason} onValue={setReason} />
        </FormDialog>
      )}
    </>
  );
}
