import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiProblem } from "../src/api/client";
import { useFollowing } from "../src/app/following";
import { mount } from "./fakes/hook";

interface Page {
  rows: string[];
  next?: string;
}
const first = (rows: string): Page => ({ rows: [rows], next: rows });
const pass = (): Promise<unknown> => vi.advanceTimersByTimeAsync(200);

// What was asked for, with the way to answer it.
const asked: { next: string; answer: (page: Page) => void; fail: (error: unknown) => void }[] = [];
const read = (next: string): Promise<Page> =>
  new Promise((answer, fail) => asked.push({ next, answer, fail }));
const rowsOf = (pages: Page[]): string[] => pages.flatMap((page) => page.rows);

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
});
afterEach(() => vi.useRealTimers());

describe("the pages that follow the first", () => {
  test("come one by one, until there is none", async () => {
    const list = mount((of: Page | null) => useFollowing(of, read), first("a"));
    list.now().more?.();
    asked[0]?.answer({ rows: ["b"], next: "b" });
    await pass();
    list.now().more?.();
    expect(asked.map((each) => each.next)).toEqual(["a", "b"]);
    asked[1]?.answer({ rows: ["c"] });
    await pass();
    expect(rowsOf(list.now().pages)).toEqual(["b", "c"]);
    expect(list.now().more).toBeNull();
  });

  test("are not doubled by a double tap", async () => {
    const list = mount((of: Page | null) => useFollowing(of, read), first("a"));
    const { more } = list.now();
    more?.();
    more?.();
    asked.forEach((each) => each.answer({ rows: ["b"], next: "b" }));
    await pass();
    expect(rowsOf(list.now().pages)).toEqual(["b"]);
  });

  test("are dropped where another list has come: its answer, and what went wrong with it", async () => {
    const list = mount((of: Page | null) => useFollowing(of, read), first("old"));
    list.now().more?.();
    list.now().more?.();
    list.give(first("new"));
    asked[0]?.answer({ rows: ["of the old"] });
    asked[1]?.fail(new ApiProblem({ type: "", title: "", status: 500, code: "internal", detail: "" }));
    await pass();
    expect(list.now()).toMatchObject({ pages: [], problem: null, busy: false });
  });

  test("tell what went wrong, and can be asked for again", async () => {
    const list = mount((of: Page | null) => useFollowing(of, read), first("a"));
    list.now().more?.();
    asked[0]?.fail(new ApiProblem({ type: "", title: "", status: 500, code: "internal", detail: "" }));
    await pass();
    expect(list.now().problem?.code).toBe("internal");
    list.now().more?.();
    asked[1]?.answer({ rows: ["b"] });
    await pass();
    expect(rowsOf(list.now().pages)).toEqual(["b"]);
    expect(list.now().problem).toBeNull();
  });
});
