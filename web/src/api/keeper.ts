// Unsaved entries on this device, over a reload or a flat battery. They are encrypted (AES-GCM) under a key
// that the browser keeps and gives out to nobody (IndexedDB, not extractable); it goes when somebody signs
// out. Where the browser offers no cryptography, as on a plain http address, they are held in memory only,
// and the page says so.
import type { Keeper } from "./queue";
import { slotKeeper, slotsOf } from "./slots";

const base = "evenkeel";

function request<T>(what: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    what.onsuccess = () => done(what.result);
    what.onerror = () => fail(what.error ?? new Error("IndexedDB"));
  });
}

async function keys(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = indexedDB.open(base, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
  return (await request(opening)).transaction("keys", mode).objectStore("keys");
}

async function theKey(make: boolean): Promise<CryptoKey | undefined> {
  const kept = (await request((await keys("readonly")).get("unsaved"))) as CryptoKey | undefined;
  if (kept || !make) return kept;
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  await request((await keys("readwrite")).put(fresh, "unsaved"));
  return fresh;
}

const text = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const bytes = (kept: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(kept), (c) => c.charCodeAt(0));

export async function seal(plain: string): Promise<string> {
  const key = (await theKey(true)) as CryptoKey;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const encoded = new TextEncoder().encode(plain);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, encoded));
  return `${text(iv)}.${text(sealed)}`;
}

export async function open(kept: string): Promise<string | null> {
  const key = await theKey(false);
  const [iv, sealed] = kept.split(".");
  if (!key || !iv || !sealed) return null;
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(iv) }, key, bytes(sealed));
  return new TextDecoder().decode(plain);
}

const canSeal = (): boolean => typeof indexedDB !== "undefined" && typeof crypto.subtle !== "undefined";

// How many wait here, whoever entered them: to count them nothing is opened.
export const waitingHere = (): number => slotsOf(localStorage).length;

export function deviceKeeper(): Keeper {
  const lasts = canSeal();
  if (lasts) return slotKeeper(localStorage, { seal, open });
  return { lasts, load: async () => [], save: async () => undefined };
}

export async function forgetDeviceKey(): Promise<void> {
  for (const slot of slotsOf(localStorage)) localStorage.removeItem(slot);
  if (typeof indexedDB === "undefined") return;
  await request((await keys("readwrite")).delete("unsaved"));
}
