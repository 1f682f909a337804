// A list that comes page by page: what follows its first page, on demand.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../api/types";
import { useAction } from "../ui/dialog";

interface Following<T> {
  pages: T[];
  more: (() => void) | null; // null: that was all
  busy: boolean;
  problem: Problem | null;
}

// An answer that belongs to another first page, or that came already, is dropped.
export function useFollowing<N, T extends { next?: N | undefined }>(
  first: T | null,
  read: (next: N) => Promise<T>,
): Following<T> {
  const [held, setHeld] = useState<{ first: T | null; pages: T[] }>({ first, pages: [] });
  const { busy, problem, run, clear } = useAction();
  const current = useRef(first);
  current.current = first;
  useEffect(clear, [first]);
  const pagesOf = (of: typeof held): T[] => (of.first === first ? of.pages : []);
  const nextOf = (of: typeof held): N | undefined => (pagesOf(of).at(-1) ?? first)?.next;
  const add = async (from: N): Promise<void> => {
    const page = await read(from).catch((error: unknown) => {
      if (current.current === first) throw error;
      return null;
    });
    if (!page || current.current !== first) return;
    setHeld((old) => (nextOf(old) === from ? { first, pages: [...pagesOf(old), page] } : old));
  };
  const next = nextOf(held);
  const more = next === undefined ? null : (): void => void run(() => add(next));
  return { pages: pagesOf(held), more, busy, problem };
}
