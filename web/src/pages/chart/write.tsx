// "Write down": one menu for what is said, looked up or measured outside a session.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at, formed, type SaidEvent } from "../../api/address";
import type { Plan } from "../../api/types";
import { useResource } from "../../app/resource";
import { enter, mayWrite, me, serverNow } from "../../app/state";
import { clock, momentOf, rfc } from "../../format/time";
import { t, word } from "../../texts";
import { SelectField, TextField } from "../../ui/basic";
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

function useCriteria(form: WriteForm, plan: Plan | null): (readonly [string, string])[] {
  const wanted = form.kind === "screening" ? (plan?.protocol ?? "iv-ket-trd-0.5x40") : null;
  const { data } = useResource(wanted ? at("/api/library/protocols/{id}", { id: wanted }) : null);
  return (data?.entry.eligibility ?? []).map((each) => [each.id, each.words] as const);
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
  plan,
  onClose,
}: {
  form: WriteForm;
  patient: string;
  plan: Plan | null;
  onClose: () => void;
}): JSX.Element {
  const [values, setValues] = useState<Values>(() => firstValues(form, me.value?.name ?? "", plan));
  const [when, setWhen] = useState("");
  const criteria = useCriteria(form, plan);
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
      action={t().common.save}
      onClose={onClose}
      onSubmit={submit}
      ready={faults(form, values).length === 0}
    >
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
  const [chosen, choose] = useState<WriteForm | null>(null);
  const words = t().chart.write;
  const open = forms.filter((form) => mayWrite(eventKind(form)));
  if (open.length === 0) return null;
  return (
    <>
      <label class="write">
        <span class="visually-hidden">{words.title}</span>
        <select
          value=""
          onChange={(e) => {
            choose(forms.find((form) => form.kind === e.currentTarget.value) ?? null);
            e.currentTarget.value = "";
          }}
        >
          <option value="">{words.title}…</option>
          {open.map((form) => (
            <option key={form.kind} value={form.kind}>
              {word(words.kinds, form.kind)}
            </option>
          ))}
        </select>
      </label>
      {chosen && <WriteDialog form={chosen} patient={patient} plan={plan} onClose={() => choose(null)} />}
    </>
  );
}
