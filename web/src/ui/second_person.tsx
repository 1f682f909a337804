// Somebody of the clinic, chosen rather than typed; another person's name can be typed too.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../api/address";
import { useResource } from "../app/resource";
import { me } from "../app/state";
import { t } from "../texts";
import { SelectField, TextField } from "./basic";

// Who stands at a chair or a cupboard: the ones asked for first.
const near = ["nurse", "prescriber", "pharmacist", "therapist"];
const other = "\u0000";

export function PersonField({
  label,
  hint,
  value,
  onValue,
  error,
}: {
  label: string;
  hint?: string;
  value: string;
  onValue: (name: string) => void;
  error?: string | null;
}): JSX.Element {
  const { data } = useResource(at("/api/colleagues"));
  const [typed, setTyped] = useState(false);
  const people = (data?.colleagues ?? [])
    .filter((c) => near.includes(c.role) && c.name !== me.value?.name)
    .sort((a, b) => near.indexOf(a.role) - near.indexOf(b.role) || a.display.localeCompare(b.display));
  const words = t().common.person;
  if (typed || !data)
    return <TextField label={label} hint={hint} value={value} onValue={onValue} error={error} />;
  const options: (readonly [string, string])[] = [
    ["", "–"],
    ...people.map(
      (c) => [c.name, `${c.display} (${c.name}), ${t().common.roles[c.role] ?? c.role}`] as const,
    ),
    [other, words.other],
  ];
  const pick = (name: string): void => {
    setTyped(name === other);
    onValue(name === other ? "" : name);
  };
  return (
    <SelectField label={label} hint={hint} value={value} onValue={pick} options={options} error={error} />
  );
}
