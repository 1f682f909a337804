// The second person of an entry: a colleague, chosen rather than typed, who signs it here with a password of
// their own before it is sent.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at, type Answer, type BodyOf, type SaidLedgerEvent } from "../api/address";
import { ApiProblem, send } from "../api/client";
import type { Problem } from "../api/types";
import { useResource } from "../app/resource";
import { me, serverNow } from "../app/state";
import { t } from "../texts";
import { CodeField, SelectField, TextField } from "./basic";

// An entry that two people answer for; without a patient it goes into the ledger.
export type ForTwo =
  | { patient: string; said: { kind: "session_ready"; body: BodyOf<"session_ready"> } }
  | { said: SaidLedgerEvent };
interface Proof {
  password: string;
  code?: string;
}

const signing = (entry: ForTwo, proof: Proof): Promise<{ until: string }> =>
  "patient" in entry
    ? send(at("/api/patients/{patient}/countersign", { patient: entry.patient }), { ...proof, ...entry.said })
    : send(at("/api/ledger/countersign"), { ...proof, ...entry.said });

type Colleague = Answer<"GET", "/api/colleagues">["colleagues"][number];

export interface Signature {
  people: Colleague[]; // who may be the second person
  password: string;
  code: string;
  asks: "nothing" | "password" | "code";
  typed: (proof: Partial<Proof>) => void;
  has: (entry: ForTwo) => boolean; // signed, or about to be with what was typed
  make: (entry: ForTwo) => Promise<void>; // before it is sent; what was signed already is not signed again
}

// What was typed is of one person: where another is named meanwhile, it is nothing.
const nothingOf = (who: string) => ({ who, password: "", code: "", asksCode: false });

// Of the colleague of this name; where the entry wants one. What they typed is forgotten once they have
// signed, or another is named.
export function useSignature(name: string, wanted = true): Signature {
  const { data } = useResource(wanted ? at("/api/colleagues") : null);
  const [kept, setKept] = useState(nothingOf(""));
  const [signed, setSigned] = useState({ text: "", until: "" });
  const who = name.trim().toLowerCase();
  const people = (data?.colleagues ?? []).filter((each) => each.handles_drug && each.name !== me.value?.name);
  const signs = people.find((each) => each.name === who)?.signs ?? true;
  const { password, code, asksCode } = kept.who === who ? kept : nothingOf(who);
  const change = (more: Partial<typeof kept>): void =>
    setKept((old) => ({ ...(old.who === who ? old : nothingOf(who)), ...more }));
  const isSigned = (entry: ForTwo): boolean =>
    signed.text === JSON.stringify(entry) && serverNow().toISOString() < signed.until;
  const make = async (entry: ForTwo): Promise<void> => {
    if (!signs || (isSigned(entry) && password === "")) return;
    if (password === "") throw new ApiProblem(notSigned()); // it was, and its time ran out
    try {
      const { until } = await signing(entry, asksCode ? { password, code } : { password });
      setSigned({ text: JSON.stringify(entry), until });
      setKept(nothingOf(who));
    } catch (error) {
      if (error instanceof ApiProblem && error.problem.code === "code_needed") change({ asksCode: true });
      throw error;
    }
  };
  return {
    password,
    code,
    people,
    asks: who === "" || !signs ? "nothing" : asksCode ? "code" : "password",
    typed: change,
    has: (entry) => !signs || password !== "" || isSigned(entry),
    make,
  };
}

const notSigned = (): Problem => ({
  type: "about:blank",
  title: t().common.problems["countersign"] ?? "",
  status: 403,
  code: "countersign",
  detail: "",
});

function Sign({ name, signature }: { name: string; signature: Signature }): JSX.Element | null {
  if (signature.asks === "nothing") return null;
  const words = t().common.person;
  return (
    <>
      <TextField
        label={words.password(name)}
        hint={words.passwordHint}
        type="password"
        autocomplete="off"
        value={signature.password}
        onValue={(password) => signature.typed({ password })}
      />
      {signature.asks === "code" && (
        <CodeField value={signature.code} onValue={(code) => signature.typed({ code })} />
      )}
    </>
  );
}

interface Choice {
  label: string;
  hint: string;
  value: string;
  onValue: (name: string) => void;
  error?: string | null;
}
const other = "\u0000";

// Somebody who is not in the list, for who came today, can be typed.
function Who({ people, ...choice }: Choice & { people: Colleague[] }): JSX.Element {
  const [typed, setTyped] = useState(false);
  const words = t().common.person;
  const place = (each: Colleague): string => `${each.role} ${each.display}`;
  const named = [...people].sort((a, b) => place(a).localeCompare(place(b)));
  const options: (readonly [string, string])[] = [
    ["", "–"],
    ...named.map(
      ({ name, display, role }) => [name, `${display} (${name}), ${t().common.roles[role] ?? role}`] as const,
    ),
    [other, words.other],
  ];
  const pick = (name: string): void => {
    setTyped(name === other);
    choice.onValue(name === other ? "" : name);
  };
  return (
    <>
      <SelectField {...choice} value={typed ? other : choice.value} onValue={pick} options={options} />
      {typed && <TextField label={words.name} value={choice.value} onValue={choice.onValue} />}
    </>
  );
}

export function SecondPerson({ signature, ...choice }: Choice & { signature: Signature }): JSX.Element {
  return (
    <>
      <Who {...choice} people={signature.people} />
      <Sign name={choice.value.trim()} signature={signature} />
    </>
  );
}
