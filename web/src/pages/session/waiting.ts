// What waits at the chair while the visit goes on: of each rule the latest that is not settled, for a
// decision is about all before it; a stop before a hold.
import type { Firing } from "../../api/session";
import type { SessionPage } from "../../api/types";

export function waiting(page: SessionPage): Firing[] {
  if (page.session.ended) return [];
  const latest = new Map<string, Firing>();
  for (const f of page.session.flowsheet?.firings ?? []) if (f.waits) latest.set(f.rule, f);
  return [...latest.values()].sort(
    (a, b) => Number(b.consequence === "stop") - Number(a.consequence === "stop"),
  );
}
