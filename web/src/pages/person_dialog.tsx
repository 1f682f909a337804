// Who somebody is: a new line of the register, or one that is put right. Two who share name and birth date
// are told apart by whoever knows them.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at, type Body } from "../api/address";
import { ApiProblem, send } from "../api/client";
import type { Person } from "../api/types";
import { t } from "../texts";
import { CheckField, choices, SelectField, TextField } from "../ui/basic";
import { FormDialog } from "../ui/dialog";

type Identity = Body<"POST", "/api/patients/{patient}/identity">;
type Sex = NonNullable<Identity["sex"]>;

const save = (person: Person | undefined, identity: Identity, another: boolean): Promise<Person> =>
  person
    ? send(at("/api/patients/{patient}/identity", { patient: person.patient }), identity)
    : send(at("/api/patients"), another ? { ...identity, another_of_the_name: true } : identity);

export function PersonDialog({
  person,
  onDone,
  onClose,
}: {
  person?: Person;
  onDone: (saved: Person) => void;
  onClose: () => void;
}): JSX.Element {
  const [name, setName] = useState(person?.name ?? "");
  const [born, setBorn] = useState(person?.born ?? "");
  const [sex, setSex] = useState<Sex | "">((person?.sex as Sex | undefined) ?? "");
  const [asked, ask] = useState(false); // somebody of the name is there
  const [another, setAnother] = useState(false);
  const words = t().desk.patients;
  const submit = async (): Promise<void> => {
    const identity = { name: name.trim(), born, ...(sex && { sex }) };
    try {
      onDone(await save(person, identity, another));
    } catch (error) {
      if (error instanceof ApiProblem && error.problem.field === "another_of_the_name") ask(true);
      throw error;
    }
  };
  const title = person ? words.correct : words.register;
  return (
    <FormDialog
      title={person ? `${title}: ${person.name || person.patient}` : title}
      action={title}
      onClose={onClose}
      onSubmit={submit}
      ready={name.trim() !== "" && born !== "" && (!asked || another)}
    >
      <p class="hint">{words.registerHint}</p>
      <TextField label={words.name} value={name} onValue={setName} required />
      <TextField label={words.born} value={born} onValue={setBorn} type="date" required />
      <SelectField
        label={words.sex}
        value={sex}
        onValue={setSex}
        options={choices<Sex>(t().common.sex, words.notSaid)}
      />
      {asked && <CheckField label={words.another} value={another} onValue={setAnother} />}
    </FormDialog>
  );
}
