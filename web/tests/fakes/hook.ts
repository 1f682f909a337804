// A hook in a component that draws nothing, and so needs no document.
import { h, render, type ComponentChildren } from "preact";

export interface Mounted<P, T> {
  now: () => T;
  give: (given: P) => void;
  leave: () => void;
}

export function mount<P, T>(use: (given: P) => T, first: P): Mounted<P, T> {
  const nowhere = { childNodes: [], firstChild: null } as unknown as Element;
  let latest: T;
  const Use = ({ given }: { given: P }): ComponentChildren => {
    latest = use(given);
    return null;
  };
  const give = (given: P): void => render(h(Use, { given }), nowhere);
  give(first);
  return { now: () => latest, give, leave: () => render(null, nowhere) };
}
