// What may be done to a running infusion: pause, go on, change the rate, end it, note a sign, leave
// otherwise.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { BodyOf } from "../../api/address";
import type { SessionPage } from "../../api/types";
import { num, parsed } from "../../format/number";
import { t, word } from "../../texts";
import { choices, SelectField, TextField, ReasonField } from "../../ui/basic";
import { FormDialog } from "../../ui/dialog";
import { mg, mgPerHour, strengthOf, write, type Session } from "./record";

interface Props {
  where: Session;
  page: SessionPage;
  reason?: string;
}

// A key opens the same dialog as its button.
function useKey(name: string, open: () => void): void {
  useEffect(() => {
    window.addEventListener(`evenkeel:${name}`, open);
    return () => window.removeEventListener(`evenkeel:${name}`, open);
  }, []);
}

function Rate({
  where,
  page,
  paused,
  reason: given,
  onClose,
}: Props & { paused: boolean; onClose: () => void }): JSX.Element {
  const words = t().session.infusion;
  const sheet = page.session.flowsheet;
  const ordered =
    page.ready?.rate_base_mg_per_h ??
    (sheet ? (sheet.ordered_base_mg * 60) / sheet.ordered_length_min : undefined);
  const [text, setText] = useState(paused ? "0" : String(ordered ?? ""));
  const [reason, setReason] = useState(given ?? "");
  const rate = parsed(text);
  const per = strengthOf(page);
  const submit = async (): Promise<void> => {
    if (rate === null) return;
    const body = { session: where.session, rate: mgPerHour(rate), reason: reason.trim() };
    await write(where, {
      kind: "rate_changed",
      body,
      label: rate === 0 ? words.paused : `${num(rate)} mg/h`,
    });
  };
  const title = paused ? words.pause : words.rate;
  return (
    <FormDialog
      title={title}
      action={paused ? words.pause : words.rateGo}
      onClose={onClose}
      onSubmit={submit}
      ready={rate !== null && rate >= 0 && reason.trim() !== ""}
    >
      {paused ? (
        <p>{words.pauseHint}</p>
      ) : (
        <>
          <TextField
            label={words.newRate}
            unit={words.mgPerHour}
            value={text}
            onValue={setText}
            inputmode="decimal"
          />
          {rate !== null && per !== null && (
            <p class="worked">
              = <strong>{num(rate / per)} mL/h</strong>
            </p>
          )}
          {ordered !== undefined && <p class="quiet">{words.ordered(num(ordered))}</p>}
        </>
      )}
      <ReasonField value={reason} onValue={setReason} />
    </FormDialog>
  );
}

export function PauseButton(props: Props): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="big" onClick={() => setOpen(true)}>
        {t().session.infusion.pause}
      </button>
      {open && <Rate {...props} paused onClose={() => setOpen(false)} />}
    </>
  );
}

function RateButton(props: Props): JSX.Element {
  const [open, setOpen] = useState(false);
  useKey("rate", () => setOpen(true));
  const resume = props.page.session.flowsheet?.rate_base_mg_per_h === 0;
  return (
    <>
      <button type="button" class="big" onClick={() => setOpen(true)}>
        {resume ? t().session.infusion.resume : t().session.infusion.rate}
      </button>
      {open && <Rate {...props} paused={false} onClose={() => setOpen(false)} />}
    </>
  );
}

function Given({
  page,
  text,
  set,
}: {
  page: SessionPage;
  text: string;
  set: (text: string) => void;
}): JSX.Element {
  const words = t().session.infusion;
  const sheet = page.session.flowsheet;
  const per = strengthOf(page);
  const value = parsed(text);
  return (
    <>
      <TextField
        label={words.given}
        unit="mg"
        hint={words.givenHint}
        value={text}
        onValue={set}
        inputmode="decimal"
        required
      />
      {value !== null && per !== null && (
        <p class="worked">
          = <strong>{num(value / per)} mL</strong>
        </p>
      )}
      {sheet?.given_base_mg != null && <p class="quiet">{words.byRates(num(sheet.given_base_mg, 1))}</p>}
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
  const given = parsed(text);
  const submit = async (): Promise<void> => {
    if (given === null || completion === "") return;
    const body = {
      session: where.session,
      given: mg(given),
      completion,
      ...(reason.trim() && { reason: reason.trim() }),
    };
    await write(where, { kind: "session_ended", body, label: `${words.ended} ${num(given)} mg` });
  };
  const ready = given !== null && completion !== "" && (completion === "completed" || reason.trim() !== "");
  return (
    <FormDialog title={words.end} action={words.end} danger onClose={onClose} onSubmit={submit} ready={ready}>
      <Given page={page} text={text} set={setText} />
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

export function EndButton(props: Props): JSX.Element {
  const [open, setOpen] = useState(false);
  useKey("end", () => setOpen(true));
  return (
    <>
      <button type="button" class="big danger" onClick={() => setOpen(true)}>
        {t().session.infusion.end}
      </button>
      {open && <End {...props} onClose={() => setOpen(false)} />}
    </>
  );
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

type Departure = BodyOf<"session_stopped">["departure"];

function Leave({ where, page, onClose }: Props & { onClose: () => void }): JSX.Element {
  const words = t().session.infusion;
  const [departure, setDeparture] = useState<Departure | "">("");
  const [reason, setReason] = useState("");
  const [text, setText] = useState("");
  const running = page.session.state === "infusing";
  const given = parsed(text);
  const submit = async (): Promise<void> => {
    if (departure === "") return;
    const body = {
      session: where.session,
      departure,
      reason: reason.trim(),
      ...(running && given !== null && { given: mg(given) }),
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
      ready={departure !== "" && reason.trim() !== "" && (!running || given !== null)}
    >
      <p>{words.leaveHint}</p>
      <SelectField
        label={words.departure}
        value={departure}
        onValue={setDeparture}
        options={choices<Departure>(words.departures)}
      />
      <ReasonField value={reason} onValue={setReason} />
      {running && <Given page={page} text={text} set={setText} />}
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

export function InfusionButtons({ where, page }: Props): JSX.Element {
  const has = (kind: string): boolean => page.writes.includes(kind);
  const paused = page.session.flowsheet?.rate_base_mg_per_h === 0;
  return (
    <div class="actions infusion-actions">
      {has("rate_changed") && !paused && <PauseButton where={where} page={page} />}
      {has("rate_changed") && <RateButton where={where} page={page} />}
      {has("sign_seen") && <SignButton where={where} page={page} />}
      {has("session_ended") && <EndButton where={where} page={page} />}
      {has("session_stopped") && <LeaveButton where={where} page={page} />}
    </div>
  );
}
