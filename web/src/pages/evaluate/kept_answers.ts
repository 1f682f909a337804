// What a patient answered so far, kept in this tab until it was sent: a reload loses nothing. The key is made
// of the token's hash, so that nobody who sees the store can open the link.
import type { Answers } from "./items";

export interface Kept {
  begun: Answers;
  keep: (answers: Answers) => void;
  forget: () => void;
}

const nothing: Kept = { begun: {}, keep: () => undefined, forget: () => undefined };

async function slotOf(token: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  const hex = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `evenkeel.answers.${hex}`;
}

function read(text: string | null): Answers {
  try {
    const all = Object.entries(JSON.parse(text ?? "{}") as Record<string, unknown>);
    return Object.fromEntries(all.filter((each): each is [string, number] => typeof each[1] === "number"));
  } catch {
    return {};
  }
}

// Where the browser hashes or keeps nothing, as on a plain address, a reload begins anew.
export async function keptAnswers(token: string, store: Storage = sessionStorage): Promise<Kept> {
  try {
    const slot = await slotOf(token);
    return {
      begun: read(store.getItem(slot)),
      keep: (answers) => {
        try {
          store.setItem(slot, JSON.stringify(answers));
        } catch {
          return;
        }
      },
      forget: () => store.removeItem(slot),
    };
  } catch {
    return nothing;
  }
}
