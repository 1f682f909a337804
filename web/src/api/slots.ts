// Unsaved entries in a browser's storage, each in a place of its own: the tabs of one browser share it, and
// none overwrites what another holds. An entry that two tabs send counts once, for it keeps its key.
import type { Entry, Keeper } from "./queue";

const prefix = "evenkeel.unsaved.";

export interface Seal {
  seal(plain: string): Promise<string>;
  open(sealed: string): Promise<string | null>;
}
type Places = Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;

export function slotsOf(places: Places): string[] {
  const all = Array.from({ length: places.length }, (_, index) => places.key(index) ?? "");
  return all.filter((name) => name.startsWith(prefix));
}

// Whose slot it is, by the entry's key; null for anything else that is kept.
export const entryOfSlot = (name: string | null): string | null =>
  name?.startsWith(prefix) ? name.slice(prefix.length) : null;

interface Kept {
  order: number; // later entries have higher ones, over all tabs
  entry: Entry;
}

export function slotKeeper(places: Places, { seal, open }: Seal): Keeper {
  const mine = new Map<string, { order: number; written: string }>(); // by the entry's key
  let newest = 0;
  let last: Promise<void> = Promise.resolve();

  const write = async (entry: Entry): Promise<void> => {
    newest = Math.max(newest + 1, Date.now());
    const order = mine.get(entry.key)?.order ?? newest;
    const written = JSON.stringify({ order, entry } satisfies Kept);
    if (mine.get(entry.key)?.written === written) return;
    places.setItem(prefix + entry.key, await seal(written));
    mine.set(entry.key, { order, written });
  };
  const writeAll = async (entries: Entry[]): Promise<void> => {
    for (const entry of entries) await write(entry);
    const here = new Set(entries.map((entry) => entry.key));
    for (const key of [...mine.keys()].filter((each) => !here.has(each))) {
      places.removeItem(prefix + key);
      mine.delete(key);
    }
  };
  // What cannot be opened was another person's, whose key is gone.
  const read = async (slot: string): Promise<Kept | null> => {
    const written = await open(places.getItem(slot) ?? "").catch(() => null);
    if (!written) return null;
    const kept = JSON.parse(written) as Kept;
    mine.set(kept.entry.key, { order: kept.order, written });
    return kept;
  };
  const keeper: Keeper = {
    lasts: true,
    load: async () => {
      const all = await Promise.all(slotsOf(places).map(read));
      const kept = all.filter((each) => each !== null).sort((a, b) => a.order - b.order);
      return kept.map((each) => each.entry);
    },
    // Saves follow each other, so that an older list never overwrites a newer one.
    save: (entries) => {
      last = last
        .then(() => writeAll(entries))
        .then(
          () => void (keeper.lasts = true),
          () => void (keeper.lasts = false), // no room, or no database: held in memory alone
        );
      return last;
    },
  };
  return keeper;
}
