// What somebody has typed on the page and not saved: by hand into a field that still stands, or on the pad.
const touched = new WeakSet<EventTarget>();

export function watchTyping(): void {
  window.addEventListener("input", (event) => void (event.target && touched.add(event.target)), {
    capture: true,
  });
}

const holds = (field: Element): boolean =>
  field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")
    ? field.checked
    : (field as HTMLInputElement).value !== "";

export function isTypedIn(page: ParentNode | null): boolean {
  const fields = [...(page?.querySelectorAll("input, textarea, select") ?? [])];
  return fields.some(
    (field) => (touched.has(field) || field.closest(".pad-fields") !== null) && holds(field),
  );
}
