// The infusion ends, or the patient leaves otherwise: how much was given, and why.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { BodyOf } from "../../api/address";
import type { SessionPage } from "../../api/types";
import { num, parsed } from "../../format/number";
import { t, word } from "../../texts";
import { CheckField, choices, ReasonField, SelectField, TextField } from "../../ui/basic";
import { FormDialog } from "../../ui/dialog";
import { useKey } from "./keys";
import { isFarOff } from "./read_back";
import { mg, strengthOf, write, type Session } from "./record";

interface Props {
  where: Session;
  page: SessionPage;
  reason?: string;
}

// What was typed is far from what the rates amount to: a slip of the decimal mark, or a pump that ran
// otherwise.
function isDoubtful(page: SessionPage, text: string): boolean {
  const [given, byRates] = [parsed(text), page.session.flowsheet?.given_base_mg];
  return given !== null && byRates != null && (isFarOff(given, byRates) || isMore(page, given));
}

// More than was drawn up is taken for a slip, unless the entry says that it is meant.
function isMore(page: SessionPage, given: number): boolean {
  const drawnUp = page.session.flowsheet?.ordered_base_mg;
  return drawnUp != null && given > drawnUp;
}

function Given({
  page,
  text,
  set,
  sure,
  setSure,
}: {
  page: SessionPage;
  text: string;
  set: (text: string) => void;
  sure: boolean;
  setSure: (sure: boolean) => void;
}): JSX.Element {
  const words = t().session.infusion;
  const byRates = page.session.flowsheet?.given_base_mg;
  const per = strengthOf(page);
  const value = parsed(text);
  const change = (typed: string): void => {
    setSure(false);
    set(typed);
  };
  return (
    <>
      <TextField
        label={words.given}
        unit="mg"
        hint={words.givenHint}
        value={text}
        onValue={change}
        inputmode="decimal"
        required
      />
      {value !== null && per !== null && (
        <p class="worked">
          = <strong>{num(value / per)} mL</strong>
        </p>
      )}
      {byRates != null && <p class="quiet">{words.byRates(num(byRates, 1))}</p>}
      {value !== null && byRates != null && isDoubtful(page, text) && (
        <div class="doubt" role="alert">
          <div>
            <p>{words.farOff(num(byRates, 1), num(value))}</p>
            <CheckField label={words.sure(num(value))} value={sure} onValue={setSure} />
          </div>
        </div>
      )}
    </>
  );
}

function End({ where, page, reason: why, onClose }: Props & { onClose: () => void }): JSX.Element {
  const words = t().session.infusion;
  const [text, setText] = useState("");
  const [completion, setCompletion] = useState<BodyOf<"session_ended">["completion"] | "">(
    why ? "stopped" : "",
  );
  const [reason, setReason] = useState(why ?? "");
  const [sure, setSure] = useState(false);
  const given = parsed(text);
  const submit = async (): Promise<void> => {
    if (given === null || completion === "") return;
    const body = {
      session: where.session,
      given: mg(given),
      ...(isMore(page, given) && { more_than_drawn_up: true }),
      completion,
      ...(reason.trim() && { reason: reason.trim() }),
    };
    await write(where, { kind: "session_ended", body, label: `${words.ended} ${num(given)} mg` });
  };
  const good = given !== null && (sure || !isDoubtful(page, text));
  const ready = good && completion !== "" && (completion === "completed" || reason.trim() !== "");
  return (
    <FormDialog title={words.end} action={words.end} danger onClose={onClose} onSubmit={submit} ready={ready}>
      <Given page={page} text={text} set={setText} sure={sure} setSure={setSure} />
      <SelectField
        label={words.completion}
        value={completion}
        onValue={setCompletion}
        options={[
          ["", "–"],
          ["completed", words.completed],
          ["stopped", words.stopped],
        ]}
      />
      {completion === "stopped" && <ReasonField value={reason} onValue={setReason} />}
    </FormDialog>
  );
}

// One of those on the page opens by the key.
export function EndButton({ byKey = false, ...props }: Props & { byKey?: boolean }): JSX.Element {
  const [open, setOpen] = useState(false);
  useKey("end", () => setOpen(byKey));
  return (
    <>
      <button type="button" class="big danger" onClick={() => setOpen(true)}>
        {t().session.infusion.end}
      </button>
      {open && <End {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

type Departure = BodyOf<"session_stopped">["departure"];

function Leave({ where, page, onClose }: Props & { onClose: () => void }): JSX.Element {
  const words = t().session.infusion;
  const [departure, setDeparture] = useState<Departure | "">("");
  const [reason, setReason] = useState("");
  const [text, setText] = useState("");
  const [sure, setSure] = useState(false);
  const running = page.session.state === "infusing";
  const given = parsed(text);
  const submit = async (): Promise<void> => {
    if (departure === "") return;
    const body = {
      session: where.session,
      departure,
      reason: reason.trim(),
      ...(running && given !== null && { given: mg(given) }),
      ...(running && given !== null && isMore(page, given) && { more_than_drawn_up: true }),
    };
    await write(where, {
      kind: "session_stopped",
      body,
      label: `${words.leave}: ${word(words.departures, departure)}`,
    });
  };
  return (
    <FormDialog
      title={words.leave}
      action={t().common.save}
      danger
      onClose={onClose}
      onSubmit={submit}
      ready={
        departure !== "" &&
        reason.trim() !== "" &&
        (!running || (given !== null && (sure || !isDoubtful(page, text))))
      }
    >
      <p>{words.leaveHint}</p>
      <SelectField
        label={words.departure}
        value={departure}
        onValue={setDeparture}
        options={choices<Departure>(words.departures)}
      />
      <ReasonField value={reason} onValue={setReason} />
      {running && <Given page={page} text={text} set={setText} sure={sure} setSure={setSure} />}
    </FormDialog>
  );
}

export function LeaveButton(props: Props): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="quiet-button" onClick={() => setOpen(true)}>
        {t().session.infusion.leave}
      </button>
      {open && <Leave {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
