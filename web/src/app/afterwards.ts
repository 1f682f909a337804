// A signal tells its value at once to whoever begins to listen; here only what comes after that is told.
import type { ReadonlySignal } from "@preact/signals";

export function afterwards<T>(of: ReadonlySignal<T>, tell: () => void): () => void {
  let begun = false;
  const end = of.subscribe(() => {
    if (begun) tell();
  });
  begun = true;
  return end;
}
