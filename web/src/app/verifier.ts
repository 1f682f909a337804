// Lets a nurse back in while the server is not reached: the password that opened this page is known again by
// a slow hash of it. The server is asked first, always; what is entered then waits for it. It is held in
// memory, and for a reload in the tab's own storage, sealed under the device's key; it goes with the tab, and
// when its person signs out.
import { open, seal } from "../api/keeper";

interface Verifier {
  name: string;
  display: string;
  salt: number[];
  hash: string;
}
export type Known = Pick<Verifier, "name" | "display">;

const rounds = 310_000;
const slot = "evenkeel.verifier";
let kept: Verifier | null = null;

async function hashOf(password: string, salt: number[]): Promise<string> {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(password), "PBKDF2", false, [
    "deriveBits",
  ]);
  const bits = await crypto.subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-256", salt: Uint8Array.from(salt), iterations: rounds },
    key,
    256,
  );
  return [...new Uint8Array(bits)].join(" ");
}

export async function remember(password: string, { name, display }: Known): Promise<void> {
  if (typeof crypto.subtle === "undefined") return;
  const salt = [...crypto.getRandomValues(new Uint8Array(16))];
  const mine = { name, display, salt, hash: await hashOf(password, salt) };
  kept = mine;
  const sealed = await seal(JSON.stringify(mine)).catch(() => null);
  if (sealed && kept === mine) sessionStorage.setItem(slot, sealed); // nobody signed out meanwhile
}

// After a reload: who was here, if this tab knows.
export async function recall(): Promise<Known | null> {
  const sealed = kept ? null : sessionStorage.getItem(slot);
  const plain = sealed && (await open(sealed).catch(() => null));
  if (plain) kept ??= JSON.parse(plain) as Verifier;
  return kept;
}

export const forget = (): void => {
  kept = null;
  sessionStorage.removeItem(slot);
};

export async function isKnown(name: string, password: string): Promise<boolean> {
  await recall();
  return kept?.name === name && (await hashOf(password, kept.salt)) === kept.hash;
}
