// One road to the server. A problem answer becomes an ApiProblem, no answer at all an Unreachable; nothing
// else is thrown.
import type { Address, Answer, Body, PathOf } from "./address";
import type { Problem } from "./types";

export class ApiProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
  }
}
export class Unreachable extends Error {}

// What the page keeps for its requests; set by app/state. A callback, so that this file knows no page.
export const wire = {
  csrf: "",
  onProblem: (_problem: Problem): void => undefined,
  onReach: (_reached: boolean): void => undefined,
};

const patience_ms = 10_000;

export function newKey(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20),
  ];
  return parts.join("-");
}

async function problemOf(answer: Response): Promise<Problem> {
  const fallback = {
    type: "about:blank",
    title: answer.statusText,
    status: answer.status,
    code: "internal",
    detail: "",
  };
  try {
    return { ...fallback, ...((await answer.json()) as Partial<Problem>) };
  } catch {
    return fallback;
  }
}

async function call(path: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      ...init,
      credentials: "same-origin",
      signal: AbortSignal.timeout(patience_ms),
    });
  } catch (error) {
    wire.onReach(false);
    throw new Unreachable(String(error));
  }
  if (answer.status === 502 || answer.status === 504) {
    // a proxy before the server: it was not reached
    wire.onReach(false);
    throw new Unreachable(answer.statusText);
  }
  wire.onReach(true);
  if (answer.ok) return answer;
  const problem = await problemOf(answer);
  wire.onProblem(problem);
  throw new ApiProblem(problem);
}

// An answer that was cut off, or that somebody else gave in the server's place, is none.
async function body<T>(answer: Response): Promise<T> {
  if (answer.status === 204) return undefined as T;
  try {
    return (await answer.json()) as T;
  } catch (error) {
    wire.onReach(false);
    throw new Unreachable(String(error));
  }
}

// The mark is what the browser bench counts from.
// `byItself`: nobody asked for it; the server then keeps no screen open for it.
export async function get<P extends PathOf<"GET">>(
  path: Address<P>,
  byItself = false,
): Promise<Answer<"GET", P>> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (byItself) headers["X-Evenkeel-By-Itself"] = "yes";
  const answer = await body<Answer<"GET", P>>(await call(path, { method: "GET", headers }));
  mark(`read ${path.split("?")[0]}`);
  return answer;
}

export function mark(name: string): void {
  performance.clearMarks(name);
  performance.mark(name);
}

export interface SendOptions {
  key?: string;
  etag?: string;
}
type Writing = "POST" | "DELETE";

// Writes of which it is not known whether they arrived. The same write tried again goes under the same key,
// and so counts once.
const unanswered = new Map<string, string>();
const secret = /sign-in|unlock|password|second-factor|countersign/; // what is sent there is not held here

export const send = <P extends PathOf<"POST">>(
  path: Address<P>,
  what: Body<"POST", P>,
  options: SendOptions = {},
): Promise<Answer<"POST", P>> => writeOnce("POST", path, what, options);

export const remove = <P extends PathOf<"DELETE">>(
  path: Address<P>,
  what: Body<"DELETE", P>,
): Promise<Answer<"DELETE", P>> => writeOnce("DELETE", path, what, {});

async function writeOnce<T>(method: Writing, path: string, what: unknown, options: SendOptions): Promise<T> {
  const text = JSON.stringify(what ?? {});
  const same = `${method} ${path} ${text}`;
  const key = options.key ?? unanswered.get(same) ?? newKey();
  if (!secret.test(path)) unanswered.set(same, key);
  try {
    const answer = await write<T>(method, path, text, { ...options, key });
    unanswered.delete(same);
    return answer;
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.status < 500) unanswered.delete(same);
    throw error;
  }
}

async function write<T>(method: Writing, path: string, text: string, options: SendOptions): Promise<T> {
  const headers: Record<string, string> = {
    "Content-Type": "application/json",
    Accept: "application/json",
    "X-Evenkeel-CSRF": wire.csrf,
    "Idempotency-Key": options.key ?? newKey(),
  };
  if (options.etag) headers["If-Match"] = options.etag;
  return body<T>(await call(path, { method, headers, body: text }));
}
