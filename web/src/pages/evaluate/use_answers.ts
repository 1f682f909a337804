// What is being answered, and whether all of it is: the same at the desk and on the patient's own device.
import { useState } from "preact/hooks";
import type { Instrument } from "../../api/instrument";
import { missingOf, type Answers } from "./items";
import type { Kept } from "./kept_answers";

export interface Answering {
  answers: Answers;
  lacking: string[]; // once somebody tried to send
  set: (item: string, value: number) => void;
  complete: (event: Event) => boolean; // of a form; else it goes to the first question that lacks its answer
}

export function useAnswers(instrument: Instrument, kept?: Kept): Answering {
  const [answers, setAnswers] = useState<Answers>(kept?.begun ?? {});
  const [tried, setTried] = useState(false);
  const missing = missingOf(instrument, answers);
  const complete = (event: Event): boolean => {
    event.preventDefault();
    setTried(true);
    const [first] = missing;
    if (first === undefined) return true;
    document.querySelector<HTMLElement>(`#q-${CSS.escape(first)} input`)?.focus();
    return false;
  };
  const set = (item: string, value: number): void =>
    setAnswers((old) => {
      const next = { ...old, [item]: value };
      kept?.keep(next);
      return next;
    });
  return { answers, lacking: tried ? missing : [], set, complete };
}
