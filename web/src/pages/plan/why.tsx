// Why a plan changes or replaces another: a reason of a list and one in words, both needed.
import type { JSX } from "preact";
import { t } from "../../texts";
import { choices, SelectField, TextField } from "../../ui/basic";
import type { Values } from "./plan_form";

export function Why({
  keys: [reason, note],
  values,
  set,
}: {
  keys: readonly [reason: string, note: string];
  values: Values;
  set: (key: string, value: string) => void;
}): JSX.Element {
  const words = t().chart.planning;
  const needed = (label: string): string => `${label} (${t().common.needed})`;
  return (
    <>
      <SelectField
        label={needed(words.reason)}
        value={values[reason] ?? ""}
        onValue={(v) => set(reason, v)}
        options={choices(words.reasons)}
      />
      <TextField
        label={needed(words.note)}
        value={values[note] ?? ""}
        onValue={(v) => set(note, v)}
        rows={2}
        required
      />
    </>
  );
}
