// What a page reads: kept on the screen while the connection is lost, with its age, and read again when it
// changes.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Address, Answer, PathOf } from "../api/address";
import { ApiProblem, get } from "../api/client";
import { onRecord, type LiveRecord, type Moved } from "../api/live";
import type { Problem } from "../api/types";
import { afterwards } from "./afterwards";
import { queue } from "./state";

export interface Resource<T> {
  data: T | null; // what was read last, also where it could not be read again since
  problem: Problem | null;
  read: number; // when, on this machine's clock
  reload: () => void;
}

export interface Options {
  live?: (record: LiveRecord) => boolean; // which records it hangs on; a save may be of one of them
  saved?: boolean; // it hangs on no record, but on what is saved here
  every_ms?: number;
}

function isOld({ live }: Options, moved: Moved): boolean {
  if (moved === "all" || !live) return moved === "all";
  return moved === "some" || live(moved);
}

interface Held<T> {
  path: string | null;
  data: T | null;
  problem: Problem | null;
  read: number;
}

export const useResource = <P extends PathOf<"GET">>(
  path: Address<P> | null,
  options: Options = {},
): Resource<Answer<"GET", P>> => useReading(path, get, options);

// What is read in another way than by its address: `path` then only names it.
export function useReading<Path extends string, T>(
  path: Path | null,
  read: (path: Path, byItself: boolean) => Promise<T>,
  options: Options = {},
): Resource<T> {
  const [held, setHeld] = useState<Held<T>>({ path, data: null, problem: null, read: 0 });
  const current = useRef(path);
  const asks = useRef({ last: 0, taken: 0 });
  current.current = path;

  const readAgain = useCallback((byItself: boolean): void => {
    const asked = current.current;
    if (!asked) return;
    const mine = ++asks.current.last;
    // An answer is shown though a later one is asked for; none is shown after a later one.
    const take = (): boolean => {
      if (mine < asks.current.taken || asked !== current.current) return false;
      asks.current.taken = mine;
      return true;
    };
    read(asked, byItself).then(
      (data) => take() && setHeld({ path: asked, data, problem: null, read: Date.now() }),
      (error: unknown) => {
        if (!(error instanceof ApiProblem) || error.problem.status === 401 || !take()) return;
        // Who may not see it any more is shown none of it.
        setHeld((old) => ({
          ...old,
          path: asked,
          problem: error.problem,
          data: old.path === asked && error.problem.status !== 403 ? old.data : null,
        }));
      },
    );
  }, []);

  const reload = useCallback((): void => readAgain(false), []);
  useEffect(reload, [path]);
  useEffect(
    () =>
      onRecord((moved) => {
        if (isOld(options, moved)) readAgain(true);
      }),
    [path],
  );
  useEffect(
    () =>
      afterwards(queue.saved, () => {
        if (options.live || options.saved) reload();
      }),
    [path],
  );
  useEffect(() => {
    if (!options.every_ms) return undefined;
    const timer = setInterval(() => readAgain(true), options.every_ms);
    return () => clearInterval(timer);
  }, [path, options.every_ms]);

  const mine = held.path === path;
  return { data: mine ? held.data : null, problem: mine ? held.problem : null, read: held.read, reload };
}

// For "now" on a page: redraws every `every_ms`.
export function useTick(every_ms: number): void {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), every_ms);
    return () => clearInterval(timer);
  }, [every_ms]);
}
