// How people sign in here beside a name and a password: the clinic's OpenID provider, and what the site
// demands.
import { get } from "./client";
import type { Me } from "./types";

export interface Ways {
  passwords: boolean; // false: of administrators alone
  provider?: string; // its name for people
}
export const ways = (): Promise<Ways> => get<Ways>("/api/sign-in/ways");

// What opens this account: a password, the provider, or both.
export type Opened = Me & { password: boolean; provider?: string; second_factor_due: boolean };
export const opened = (who: Me): Opened => who as Opened;

// The browser itself goes there, no request of ours.
export const toProvider = "/api/openid/begin";
export const toUnlock = "/api/openid/begin?for=unlock";
