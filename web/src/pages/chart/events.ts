import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { at } from "../../api/address";
import { ApiProblem, get } from "../../api/client";
import { onRecord } from "../../api/live";
import type { Problem, RecordEvent } from "../../api/types";
import type { Resource } from "../../app/resource";

export type Events = Pick<Resource<unknown>, "problem" | "read" | "reload"> & { events: RecordEvent[] };

interface Held {
  events: RecordEvent[];
  problem: Problem | null;
  read: number;
}

// All events, in as few answers as the server allows. Kept while newer ones are added. That newer ones are
// read is nobody's doing and keeps no screen open.
export function useEvents(patient: string, version: number | undefined): Events {
  const [held, setHeld] = useState<Held>({ events: [], problem: null, read: 0 });
  const [attempt, setAttempt] = useState(0);
  const have = useRef<RecordEvent[]>([]);
  const reload = useCallback((): void => setAttempt((n) => n + 1), []);
  // A read that met no server left nothing behind: again once it is back.
  useEffect(() => onRecord((moved) => moved === "all" && reload()), []);
  useEffect(() => {
    if (!version) return undefined;
    let stopped = false;
    const more = async (): Promise<void> => {
      const after = have.current.at(-1)?.version ?? 0;
      const path = at("/api/patients/{patient}/events", { patient, after, limit: 1000 });
      const answer = await get(path, after > 0);
      if (stopped) return;
      have.current = [...have.current, ...answer.events];
      if (answer.events.length > 0 && (have.current.at(-1)?.version ?? 0) < answer.version) return more();
      setHeld({ events: have.current, problem: null, read: Date.now() });
    };
    more().catch((error: unknown) => {
      if (stopped || !(error instanceof ApiProblem) || error.problem.status === 401) return;
      setHeld((old) => ({ ...old, problem: error.problem }));
    });
    return () => {
      stopped = true;
    };
  }, [patient, version, attempt]);
  return { ...held, reload };
}
