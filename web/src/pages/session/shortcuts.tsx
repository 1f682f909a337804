// Keys for the session page. They act only outside of fields, and can be turned off (WCAG 2.1.4).
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../texts";

const slot = "evenkeel.keys";
const keys: Record<string, string> = { v: "vitals", r: "rate", s: "sign", e: "end" };

const inField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export function Shortcuts(): JSX.Element {
  const [on, setOn] = useState(localStorage.getItem(slot) !== "off");
  useEffect(() => {
    if (!on) return undefined;
    const pressed = (event: KeyboardEvent): void => {
      const name = keys[event.key];
      if (!name || event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
      if (document.querySelector("dialog[open]")) return;
      event.preventDefault();
      window.dispatchEvent(new Event(`evenkeel:${name}`));
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [on]);
  const words = t().session.keys;
  const flip = (): void => {
    localStorage.setItem(slot, on ? "off" : "on");
    setOn(!on);
  };
  return (
    <p class="shortcuts quiet">
      {on ? words.on : words.off}{" "}
      {on &&
        Object.entries(keys).map(([key, name]) => (
          <span key={key}>
            <kbd>{key.toUpperCase()}</kbd> {words.names[name as keyof typeof words.names]}
          </span>
        ))}
      <button type="button" class="link" onClick={flip}>
        {on ? words.turnOff : words.turnOn}
      </button>
    </p>
  );
}
