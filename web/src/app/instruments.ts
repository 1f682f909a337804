// The short names of the instruments as their content files have them, read once.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { at } from "../api/address";
import { get } from "../api/client";

const names = signal<ReadonlyMap<string, string> | null>(null);

// "PHQ-9" of "phq-9". Its id until the names have come, and where the library no longer has it.
export function useShortName(): (id: string) => string {
  useEffect(() => {
    if (names.peek()) return;
    const keep = (all: { id: string; short_title: string }[]): void => {
      names.value = new Map(all.map((each) => [each.id, each.short_title]));
    };
    get(at("/api/instruments")).then(
      (answer) => keep(answer.instruments),
      () => undefined, // the next page asks again
    );
  }, []);
  return (id) => names.value?.get(id) ?? id;
}
