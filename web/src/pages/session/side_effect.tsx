// What a patient feels in a session and no rule asks about.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { BodyOf } from "../../api/address";
import type { SessionPage } from "../../api/types";
import { t, word } from "../../texts";
import { Mark, SelectField, TextField, choices } from "../../ui/basic";
import { FormDialog } from "../../ui/dialog";
import { write, type Session } from "./record";

type Report = BodyOf<"symptom_report">;
type Severity = Exclude<Report["severity"], "none">;
type Effect = keyof ReturnType<typeof t>["session"]["sideEffect"]["effects"];
type Props = { where: Session; page: SessionPage };

export function sideEffectText({ symptom, severity, note }: Report): string {
  const words = t().session.sideEffect;
  const what = symptom === "other" ? words.one : word(words.effects, symptom);
  return `${what} (${word(words.severities, severity)})${note ? `: ${note}` : ""}`;
}

function SideEffect({ where, onClose }: Props & { onClose: () => void }): JSX.Element {
  const [effect, setEffect] = useState<Effect | "">("");
  const [severity, setSeverity] = useState<Severity | "">("");
  const [note, setNote] = useState("");
  const words = t().session.sideEffect;
  const submit = async (): Promise<void> => {
    if (effect === "" || severity === "") return;
    const body: Report = { symptom: effect, severity, ...(note.trim() && { note: note.trim() }) };
    await write(where, { kind: "symptom_report", body, label: sideEffectText(body) });
  };
  const named = effect !== "" && (effect !== "other" || note.trim() !== "");
  return (
    <FormDialog
      title={words.title}
      action={t().common.save}
      onClose={onClose}
      onSubmit={submit}
      ready={named && severity !== ""}
    >
      <p>
        <Mark tone="look">{words.notSign}</Mark>
      </p>
      <fieldset class="choice">
        <legend>{words.which}</legend>
        {Object.entries(words.effects).map(([key, label]) => (
          <label key={key}>
            <input
              type="radio"
              name="effect"
              checked={effect === key}
              onChange={() => setEffect(key as Effect)}
            />
            {label}
          </label>
        ))}
      </fieldset>
      <SelectField
        label={words.severity}
        value={severity}
        onValue={setSeverity}
        options={choices<Severity>(words.strong)}
      />
      <TextField
        label={effect === "other" ? t().common.note : `${t().common.note} (${t().common.optional})`}
        value={note}
        onValue={setNote}
        rows={2}
      />
      <p class="hint">{words.where}</p>
    </FormDialog>
  );
}

export function SideEffectButton(props: Props): JSX.Element | null {
  const [open, setOpen] = useState(false);
  if (!props.page.writes.includes("symptom_report")) return null;
  return (
    <>
      <button type="button" class="big" onClick={() => setOpen(true)}>
        {t().session.sideEffect.open}
      </button>
      {open && <SideEffect {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
