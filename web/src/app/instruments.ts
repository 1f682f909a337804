// The short names of the instruments as their content files have them, read once.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { at } from "../api/address";
import { get } from "../api/client";

const names = signal<ReadonlyMap<string, string> | null>(null);

let asked = false; // a page has several parts that need them

function ask(): void {
  if (asked) return;
  asked = true;
  get(at("/api/instruments")).then(
    ({ instruments }) => {
      names.value = new Map(instruments.map((each) => [each.id, each.short_title]));
    },
    () => {
      asked = false; // the next page asks again
    },
  );
}

// "PHQ-9" of "phq-9". Its id until the names have come, and where the library no longer has it.
export function useShortName(): (id: string) => string {
  useEffect(ask, []);
  return (id) => names.value?.get(id) ?? id;
}
