// What opens above the part of the page that one is looking at: it is brought into sight and takes the focus
// when it is new. Not from somebody who is in the middle of typing: then the banner says it.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

function isTyping(): boolean {
  if (document.querySelector("dialog[open]")) return true;
  const at = document.activeElement;
  if (at instanceof HTMLTextAreaElement) return at.value !== "";
  if (!(at instanceof HTMLInputElement)) return false;
  // Between two fields of a pad the present one is empty, and the reading is not.
  const together = at.closest("form, .pad-fields")?.querySelectorAll("input") ?? [at];
  return [...together].some((input) => input.value !== "");
}

export function bringIntoSight(node: HTMLElement): void {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "start", behavior: calm ? "instant" : "smooth" });
}

// `what` are the names of what is shown. What was there when the page was opened is not new.
export function Arrival({
  what,
  id,
  label,
  children,
}: {
  what: string[];
  id: string;
  label: string;
  children: ComponentChildren;
}): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const seen = useRef<Set<string> | null>(null);
  const names = what.join(" ");
  useEffect(() => {
    const before = seen.current;
    seen.current = new Set(what);
    const isNew = before !== null && what.some((name) => !before.has(name));
    if (isNew && box.current && !isTyping()) bringIntoSight(box.current);
  }, [names]);
  return (
    <div ref={box} id={id} class="arrival" tabIndex={-1} role="group" aria-label={label} hidden={!names}>
      {children}
    </div>
  );
}
