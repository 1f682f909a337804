import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Me } from "../src/api/types";
import { ask, locked, me, signOut } from "../src/app/state";
import { isKnown, remember } from "../src/app/verifier";
import { Places } from "./places";

const who = { name: "nurse-1", display: "Nurse" } as Me;
const asked: string[] = [];
let answer: (path: string) => Response | Error;

beforeEach(() => {
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("localStorage", new Places());
  vi.stubGlobal("sessionStorage", new Places());
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    const next = answer(path);
    if (next instanceof Error) throw next;
    return next;
  });
  asked.length = 0;
  me.value = who;
});
afterEach(() => {
  me.value = null;
  vi.unstubAllGlobals();
});
const problem = (status: number, code: string) => (): Response =>
  new Response(JSON.stringify({ type: "", title: "", status, code, detail: "" }), { status });

describe("signing out", () => {
  test.each([
    ["the server fails", problem(500, "internal")],
    ["it is too busy", problem(429, "too_many_requests")],
    ["the word against forgery is old", problem(403, "csrf")],
    ["it is not reached", () => new Error("cut")],
  ])("counts where %s: a reload ends the sign-in before anybody is in", async (_why, how) => {
    answer = how;
    await signOut();
    expect(me.value).toBe(null);
    answer = (path) => new Response(path === "/api/me" ? JSON.stringify({ ...who, csrf: "x" }) : "{}");
    await ask();
    expect(asked.filter((path) => path === "/api/sign-out")).not.toHaveLength(1);
    expect(me.value).toBe(null);
  });

  test.each([
    ["it is done", () => new Response("{}")],
    ["it was over", problem(401, "signed_out")],
  ])("leaves nothing behind where %s", async (_why, how) => {
    answer = how;
    await signOut();
    expect(localStorage.length).toBe(0);
    expect(me.value).toBe(null);
  });
});

describe("a lock that the server was not told of", () => {
  test("is told before anything opens", async () => {
    me.value = null;
    localStorage.setItem("evenkeel.locking", "yes");
    answer = (path) => new Response(path === "/api/me" ? JSON.stringify({ ...who, csrf: "x" }) : "{}");
    await ask();
    expect(asked).toEqual(["/api/me", "/api/lock"]);
    expect(locked.value).toBe(true);
    expect(localStorage.getItem("evenkeel.locking")).toBe(null);
  });
  test("opens nothing while it cannot be told", async () => {
    me.value = null;
    localStorage.setItem("evenkeel.locking", "yes");
    answer = (path) =>
      path === "/api/me" ? new Response(JSON.stringify({ ...who, csrf: "x" })) : new Error("cut");
    await ask();
    expect(me.value).toBe(null);
    expect(localStorage.getItem("evenkeel.locking")).toBe("yes");
  });
});

describe("the password that opened the page", () => {
  test("is known again, for its person and until they sign out", async () => {
    await remember("a long enough password", who);
    expect(await isKnown("nurse-1", "a long enough password")).toBe(true);
    expect(await isKnown("nurse-1", "another long password")).toBe(false);
    expect(await isKnown("nurse-2", "a long enough password")).toBe(false);
    await remember("the new password", who);
    expect(await isKnown("nurse-1", "a long enough password")).toBe(false);
    expect(await isKnown("nurse-1", "the new password")).toBe(true);
    answer = () => new Response("{}");
    await signOut();
    expect(await isKnown("nurse-1", "the new password")).toBe(false);
  });
});
