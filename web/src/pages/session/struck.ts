// Readings that were marked as entered in error stay in the flowsheet, struck out.
import type { SessionPage, Vitals } from "../../api/types";

// The server counts them no longer, so they are in its events and not among its readings.
export function struckReadings(page: Pick<SessionPage, "vitals" | "events">): Vitals[] {
  const counted = new Set(page.vitals.map((reading) => reading.event));
  return page.events.flatMap((event): Vitals[] => {
    if (event.kind !== "vital_signs" || counted.has(event.id)) return [];
    const { session: _session, ...signs } = event.body;
    return [{ ...signs, at: event.at, event: event.id } as Vitals];
  });
}
