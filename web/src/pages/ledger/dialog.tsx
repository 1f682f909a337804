// One dialog for every entry of the ledger.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../../api/address";
import { send } from "../../api/client";
import type { Ledger } from "../../api/ledger";
import { me, queue } from "../../app/state";
import { t } from "../../texts";
import { choices, SelectField, TextField } from "../../ui/basic";
import { FormDialog } from "../../ui/dialog";
import { SecondPerson, useSignature } from "../../ui/second_person";
import {
  ledgerEvent,
  ledgerFaults,
  ledgerForms,
  shownParts,
  uncounted,
  type LedgerField,
  type LedgerForm,
  type Values,
} from "./forms";
import { fieldWords } from "./said";

const label = ({ key, optional }: LedgerField): string =>
  fieldWords(key) + (optional ? ` (${t().common.optional})` : "");

function OneField({
  field,
  values,
  set,
  ledger,
}: {
  field: LedgerField;
  values: Values;
  set: (key: string, value: string) => void;
  ledger: Ledger;
}): JSX.Element {
  const words = t().desk.ledger;
  const props = {
    label: label(field),
    value: values[field.key] ?? "",
    onValue: (v: string) => set(field.key, v),
  };
  const from = (ids: string[]): (readonly [string, string])[] => [
    ["", "–"],
    ...ids.map((id) => [id, id] as const),
  ];
  switch (field.kind) {
    case "lot":
      return <SelectField {...props} options={from(ledger.balance.lots.map((l) => l.lot))} />;
    case "vial":
      return <SelectField {...props} options={from(ledger.balance.lots.flatMap((l) => l.open_vials))} />;
    case "draw":
      return <SelectField {...props} options={from(ledger.balance.open_draws.map((d) => d.draw))} />;
    case "drug":
      return <SelectField {...props} options={choices(t().chart.plan.drugs)} />;
    case "as":
      return (
        <SelectField
          {...props}
          options={[
            ["", "–"],
            ["base", words.base],
            ["hydrochloride", words.hydrochloride],
          ]}
        />
      );
    case "volume":
      return <TextField {...props} unit="mL" inputmode="decimal" />;
    case "strength":
      return <TextField {...props} unit="mg/mL" inputmode="decimal" />;
    case "count":
      return <TextField {...props} inputmode="numeric" />;
    case "date":
      return <TextField {...props} type="date" />;
    case "reason":
      return <TextField {...props} rows={2} />;
    default:
      return <TextField {...props} />;
  }
}

// Of a count: each vial that was taken from the lot is looked into, and none of them shows what the book has.
const vialsOf = (form: LedgerForm, values: Values, ledger: Ledger): string[] =>
  form.kind === "counted"
    ? (ledger.balance.lots.find((each) => each.lot === values["lot"])?.open_vials ?? [])
    : [];

// Which event is meant was chosen where it stands.
const isAsked = (field: LedgerField): boolean => field.key !== "event";

function Parts({
  vials,
  parts,
  set,
}: {
  vials: string[];
  parts: Record<string, string>;
  set: (vial: string, text: string) => void;
}): JSX.Element | null {
  const words = t().desk.ledger;
  if (vials.length === 0) return null;
  return (
    <fieldset>
      <legend>{words.partVials}</legend>
      <p class="hint">{words.partHint}</p>
      {vials.map((vial) => (
        <TextField
          key={vial}
          label={vial}
          unit="mL"
          value={parts[vial] ?? ""}
          onValue={(v) => set(vial, v)}
          inputmode="decimal"
        />
      ))}
    </fieldset>
  );
}

export function LedgerDialog({
  form: name,
  title,
  ledger,
  preset,
  onClose,
}: {
  form: string;
  title: string;
  ledger: Ledger;
  preset?: Values;
  onClose: () => void;
}): JSX.Element | null {
  const form = ledgerForms[name];
  const [values, setValues] = useState<Values>(preset ?? {});
  const [parts, setParts] = useState<Record<string, string>>({});
  const words = t().desk.ledger;
  const who = me.value?.name ?? "";
  const second = values[form?.second ?? ""] ?? "";
  const signature = useSignature(second, form?.second !== undefined);
  if (!form) return null;
  const vials = vialsOf(form, values, ledger);
  const faults = [...ledgerFaults(form, values, who), ...uncounted(vials, parts)];
  const set = (key: string, value: string): void => setValues((old) => ({ ...old, [key]: value }));
  const said = ledgerEvent(form, values, who, shownParts(vials, parts));
  const isSigned = !form.second || signature.has({ said });
  const submit = async (): Promise<void> => {
    if (form.second) await signature.make({ said });
    await send(at("/api/ledger/events"), said);
    queue.saved.value += 1;
  };
  const same = second !== "" && second.trim().toLowerCase() === who.toLowerCase();
  return (
    <FormDialog
      title={title}
      action={t().common.save}
      onClose={onClose}
      onSubmit={submit}
      ready={faults.length === 0 && isSigned}
    >
      {form.kind === "counted" && <p class="hint">{words.countHint}</p>}
      {form.fields.filter(isAsked).map((field) => (
        <OneField key={field.key} field={field} values={values} set={set} ledger={ledger} />
      ))}
      <Parts vials={vials} parts={parts} set={(vial, v) => setParts((old) => ({ ...old, [vial]: v }))} />
      {form.second && (
        <SecondPerson
          signature={signature}
          label={words[form.second]}
          hint={form.second === "witness" ? words.witnessHint : words.checkerHint}
          value={second}
          onValue={(v) => set(form.second ?? "", v)}
          error={same ? words.same : null}
        />
      )}
    </FormDialog>
  );
}
