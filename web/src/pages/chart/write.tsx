// "Write down": one menu for what is said, looked up or measured outside a session.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at, formed, type SaidEvent } from "../../api/address";
import type { Plan, Problem } from "../../api/types";
import { useResource } from "../../app/resource";
import { enter, mayWrite, me, serverNow } from "../../app/state";
import { clock, momentOf, rfc } from "../../format/time";
import { t, word } from "../../texts";
import { ProblemBox, SelectField, TextField } from "../../ui/basic";
import { FormDialog } from "../../ui/dialog";
import {
  bodyOf,
  eventKind,
  faults,
  firstValues,
  forms,
  type FormField,
  type Values,
  type WriteForm,
} from "./write_forms";

// What a protocol asks before treatment: of the plan in force, or of the one that is chosen.
function useCriteria(protocol: string | null): {
  criteria: (readonly [string, string])[];
  problem: Problem | null;
} {
  const { data, problem } = useResource(
    protocol ? at("/api/library/protocols/{id}", { id: protocol }) : null,
  );
  const asked = data?.entry.eligibility ?? [];
  return { criteria: asked.map((each) => [each.id, each.words] as const), problem };
}

function ProtocolField({ value, onValue }: { value: string; onValue: (id: string) => void }): JSX.Element {
  const { data, problem } = useResource(at("/api/library"));
  const protocols = data?.kinds.find((k) => k.kind === "protocols")?.entries ?? [];
  return (
    <>
      <ProblemBox problem={problem} />
      <SelectField
        label={t().chart.plan.protocol}
        value={value}
        onValue={onValue}
        options={[["", "–"], ...protocols.map((p) => [p.id, p.title] as const)]}
      />
    </>
  );
}

function OneField({
  form,
  field,
  values,
  set,
  criteria,
}: {
  form: WriteForm;
  field: FormField;
  values: Values;
  set: (key: string, value: string) => void;
  criteria: (readonly [string, string])[];
}): JSX.Element {
  const words = t().chart.write;
  const label = word(words.fields, field.key) + (field.optional ? ` (${t().common.optional})` : "");
  const props = { label, value: values[field.key] ?? "", onValue: (v: string) => set(field.key, v) };
  const choose: readonly [string, string] = ["", "–"];
  if (field.key === "criterion") return <SelectField {...props} options={[choose, ...criteria]} />;
  if (field.kind === "choice") {
    return (
      <SelectField
        {...props}
        options={[choose, ...(field.options ?? []).map((o) => [o, word(words.options, o)] as const)]}
      />
    );
  }
  if (field.kind === "yes")
    return <SelectField {...props} options={[choose, ["yes", t().common.yes], ["no", t().common.no]]} />;
  const bound =
    form.kind === "lab_result" ? undefined : (field.unit ?? (field.key === "height_cm" ? "cm" : undefined));
  if (field.kind === "number") return <TextField {...props} inputmode="decimal" unit={bound} />;
  if (field.kind === "date") return <TextField {...props} type="date" />;
  return <TextField {...props} {...(field.kind === "long" && { rows: 2 })} />;
}

function WriteDialog({
  form,
  patient,
  about,
  plan,
  onClose,
}: {
  form: WriteForm;
  patient: string;
  about?: string | undefined;
  plan: Plan | null;
  onClose: () => void;
}): JSX.Element {
  const [values, setValues] = useState<Values>(() => firstValues(form, me.value?.name ?? "", plan));
  const [when, setWhen] = useState("");
  const [chosen, choose] = useState("");
  const screens = form.kind === "screening";
  const { criteria, problem } = useCriteria(screens ? (plan?.protocol ?? (chosen || null)) : null);
  const words = t().chart.write;
  const submit = async (): Promise<void> => {
    const happened = when ? momentOf(when, serverNow()) : null;
    await enter(patient, {
      ...formed<SaidEvent>(eventKind(form), bodyOf(form, values)),
      ...(happened && { at: rfc(happened) }),
    });
  };
  const set = (key: string, value: string): void => setValues((old) => ({ ...old, [key]: value }));
  return (
    <FormDialog
      title={word(words.kinds, form.kind)}
      about={about}
      action={t().common.save}
      onClose={onClose}
      onSubmit={submit}
      ready={faults(form, values).length === 0}
    >
      {screens && !plan && <ProtocolField value={chosen} onValue={choose} />}
      <ProblemBox problem={problem} />
      {form.fields.map((field) => (
        <OneField key={field.key} form={form} field={field} values={values} set={set} criteria={criteria} />
      ))}
      <TextField
        label={words.at}
        hint={words.atHint(clock(serverNow()))}
        value={when}
        onValue={setWhen}
        type="time"
      />
    </FormDialog>
  );
}

export function WriteMenu({ patient, plan }: { patient: string; plan: Plan | null }): JSX.Element | null {
  const [kind, setKind] = useState("");
  const [writing, setWriting] = useState(false);
  const words = t().chart.write;
  const open = forms.filter((form) => mayWrite(eventKind(form)));
  const chosen = open.find((form) => form.kind === kind);
  if (open.length === 0) return null;
  return (
    <>
      <span class="write">
        <label>
          <span class="visually-hidden">{words.title}</span>
          <select value={kind} onChange={(e) => setKind(e.currentTarget.value)}>
            <option value="">{words.title}…</option>
            {open.map((form) => (
              <option key={form.kind} value={form.kind}>
                {word(words.kinds, form.kind)}
              </option>
            ))}
          </select>
        </label>
        <button type="button" disabled={!chosen} onClick={() => setWriting(true)}>
          {words.title}
        </button>
      </span>
      {chosen && writing && (
        <WriteDialog form={chosen} patient={patient} plan={plan} onClose={() => setWriting(false)} />
      )}
    </>
  );
}

// One of the forms by a button of its own, where it is the next thing to do.
export function WriteButton({
  patient,
  about,
  kind,
}: {
  patient: string;
  about?: string; // whom, where several stand in a list
  kind: string;
}): JSX.Element | null {
  const [writing, setWriting] = useState(false);
  const form = forms.find((each) => each.kind === kind);
  if (!form || !mayWrite(eventKind(form))) return null;
  return (
    <>
      <button type="button" onClick={() => setWriting(true)}>
        {word(t().chart.write.kinds, kind)}
        {about && <span class="visually-hidden"> {about}</span>}
      </button>
      {writing && (
        <WriteDialog
          form={form}
          patient={patient}
          about={about}
          plan={null}
          onClose={() => setWriting(false)}
        />
      )}
    </>
  );
}
