// Lets a nurse back in while the server is not reached: the password that opened this page is known again by
// a slow hash of it, held in memory only and gone with the page. The server is asked first, always; what is
// entered then waits for it.
interface Verifier {
  salt: Uint8Array<ArrayBuffer>;
  hash: string;
}

const rounds = 310_000;
let kept: Verifier | null = null;

async function hashOf(password: string, salt: Uint8Array<ArrayBuffer>): Promise<string> {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(password), "PBKDF2", false, [
    "deriveBits",
  ]);
  const bits = await crypto.subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds },
    key,
    256,
  );
  return [...new Uint8Array(bits)].join(" ");
}

export async function remember(password: string): Promise<void> {
  if (typeof crypto.subtle === "undefined") return;
  const salt = crypto.getRandomValues(new Uint8Array(16));
  kept = { salt, hash: await hashOf(password, salt) };
}

export const forget = (): void => {
  kept = null;
};

export async function isKnown(password: string): Promise<boolean> {
  return kept !== null && (await hashOf(password, kept.salt)) === kept.hash;
}
