// The patient has come: a session gets its name and its place.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../../api/address";
import { send } from "../../api/client";
import { isOver } from "../../api/session";
import type { Person } from "../../api/types";
import { useResource } from "../../app/resource";
import { go } from "../../app/router";
import { may, serverNow } from "../../app/state";
import { age, day, dayBounds, isoDay, moment } from "../../format/time";
import { t } from "../../texts";
import { Mark, TextField } from "../../ui/basic";
import { FormDialog } from "../../ui/dialog";
import { nextName } from "./names";

// Who is already here is not checked in twice by mistake.
function GoingOn({ patient }: { patient: string }): JSX.Element | null {
  const { data } = useResource(at("/api/today", dayBounds(isoDay(serverNow()))));
  const visit = data?.sessions.find((each) => each.patient === patient && !isOver(each.state));
  if (!visit) return null;
  const words = t().session.checkIn;
  return (
    <p role="alert">
      <Mark tone="warn">{words.goesOn(visit.session, visit.place, moment(visit.at))}</Mark>{" "}
      {may("read-chart") && (
        <a href={`/patients/${patient}/sessions/${visit.session}`}>{t().chart.toSession}</a>
      )}
    </p>
  );
}

export function CheckInDialog({
  person,
  taken,
  onClose,
}: {
  person: Person;
  taken?: string[];
  onClose: () => void;
}): JSX.Element {
  const { patient, name, born } = person;
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
      <p>
        {name && <strong>{name}, </strong>}
        {born && `${t().common.bornAge(day(born), age(born, serverNow()))}, `}
        <span class="id">{patient}</span>
      </p>
      <GoingOn patient={patient} />
      <TextField label={words.place} hint={words.placeHint} value={place} onValue={setPlace} />
      <TextField label={words.session} value={session} onValue={setSession} />
    </FormDialog>
  );
}

export function CheckIn({ person, taken }: { person: Person; taken: string[] }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="primary" onClick={() => setOpen(true)}>
        {t().session.checkIn.title}
      </button>
      {open && <CheckInDialog person={person} taken={taken} onClose={() => setOpen(false)} />}
    </>
  );
}
