import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { formed } from "../../api/address";
import type { Plan } from "../../api/types";
import { enter } from "../../app/state";
import { day } from "../../format/time";
import { t } from "../../texts";
import { TextField } from "../../ui/basic";
import { FormDialog } from "../../ui/dialog";
import { amount } from "../chart/plan_part";
import { changeBody, unread, type Values } from "./plan_form";
import { Why } from "./why";

export function ChangePlan({
  patient,
  plan,
  onClose,
}: {
  patient: string;
  plan: Plan;
  onClose: () => void;
}): JSX.Element {
  const [values, setValues] = useState<Values>({});
  const words = t().chart.planning;
  const fixed = plan.fixed_dose !== undefined;
  const body = changeBody(values, fixed);
  const set = (key: string, value: string): void => setValues((old) => ({ ...old, [key]: value }));
  const field = (key: string, label: string, present: string, more: object = {}): JSX.Element => (
    <TextField
      label={label}
      hint={words.present(present)}
      value={values[key] ?? ""}
      onValue={(v) => set(key, v)}
      error={unread(values).includes(key) ? words.noNumber : null}
      {...more}
    />
  );
  const dose = [fixed ? words.fixed : words.dose, amount(plan.dose ?? plan.fixed_dose)] as const;
  const submit = async (): Promise<void> => {
    await enter(patient, formed("plan_changed", body));
  };
  const because = Boolean(values["reason"]) && Boolean(values["note"]?.trim());
  const ready = because && Object.keys(body).length > 2 && unread(values).length === 0;
  return (
    <FormDialog
      title={words.changeIt}
      action={words.changeGo}
      wide
      onClose={onClose}
      onSubmit={submit}
      ready={ready}
    >
      <p class="hint">{words.leave}</p>
      <div class="form-row">
        {field("dose", ...dose, { unit: fixed ? "mg base" : "mg base/kg", inputmode: "decimal" })}
        {field("length", words.length, amount(plan.infusion_length), { unit: "min", inputmode: "decimal" })}
        {field("planned_sessions", words.sessions, String(plan.planned_sessions), { inputmode: "numeric" })}
        {field("interval", words.interval, amount(plan.interval), { unit: "d", inputmode: "decimal" })}
        {field("next_review", words.review, day(plan.next_review), { type: "date" })}
        {field("stop_date", words.stop, day(plan.stop_date), { type: "date" })}
      </div>
      <Why keys={["reason", "note"]} values={values} set={set} />
    </FormDialog>
  );
}
