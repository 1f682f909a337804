import { useEffect, useState } from "preact/hooks";
import { at } from "../../api/address";
import { get } from "../../api/client";
import type { RecordEvent } from "../../api/types";

// All events, in as few answers as the server allows. Kept while newer ones are added.
export function useEvents(patient: string, version: number | undefined): RecordEvent[] {
  const [events, setEvents] = useState<RecordEvent[]>([]);
  useEffect(() => {
    if (version === undefined) return undefined;
    let stopped = false;
    const more = async (have: RecordEvent[]): Promise<void> => {
      const after = have.at(-1)?.version ?? 0;
      const answer = await get(at("/api/patients/{patient}/events", { patient, after, limit: 1000 }));
      if (stopped) return;
      const all = [...have, ...answer.events];
      if (answer.events.length > 0 && (all.at(-1)?.version ?? 0) < answer.version) return more(all);
      setEvents(all);
    };
    more(events).catch(() => undefined); // the banner tells of a lost connection
    return () => {
      stopped = true;
    };
  }, [patient, version]);
  return events;
}
