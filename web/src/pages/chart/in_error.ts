// Which entries count no longer, as care::Record has it: what is marked stays in the record.
import type { RecordEvent } from "../../api/types";

// With a start or a check-in goes what was written of its session below it.
function takenWith(marked: string, above: RecordEvent[]): string[] {
  const from = above.findIndex((event) => event.id === marked);
  const wrong = above[from];
  if (wrong?.kind !== "session_started" && wrong?.kind !== "session_checked_in") return [marked];
  const { session } = wrong.body;
  const isOfIt = ({ body }: RecordEvent): boolean => "session" in body && body.session === session;
  return above.slice(from).flatMap((event) => (isOfIt(event) ? [event.id] : []));
}

// What was marked, and why; a reading whose mark the page was not sent has no reason here.
export function errorsIn(events: RecordEvent[], unsent: [string, string][] = []): Map<string, string> {
  const errors = new Map<string, string>();
  for (const [i, { kind, body }] of events.entries()) {
    if (kind !== "entered_in_error") continue;
    for (const id of takenWith(body.event, events.slice(0, i))) errors.set(id, errors.get(id) ?? body.reason);
  }
  return new Map([...errors, ...unsent]);
}

export function valid(events: RecordEvent[]): RecordEvent[] {
  const errors = errorsIn(events);
  return events.filter((event) => event.kind !== "entered_in_error" && !errors.has(event.id));
}
