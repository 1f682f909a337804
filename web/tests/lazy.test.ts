import type { FunctionComponent, VNode } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lazy, type Page } from "../src/app/lazy";
import { Loading } from "../src/ui/basic";
import { mount } from "./fakes/hook";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

// An upgrade takes the old version's pages from the server: it was "Loading" for ever.
test("a page that failed to load twice offers a reload, does none by itself, and tries on", async () => {
  const reload = vi.fn();
  vi.stubGlobal("location", { reload });
  const Here: Page = () => null as unknown as VNode;
  let there = false;
  const load = vi.fn(() => (there ? Promise.resolve({ default: Here }) : Promise.reject(new Error("404"))));
  const page = mount(lazy(load) as FunctionComponent<{ parts: object }>, { parts: {} });
  const shown = (): unknown => (page.now() as VNode).type;
  await pass(500);
  expect([load.mock.calls.length, shown()]).toEqual([1, Loading]);
  await pass(3500);
  expect(load.mock.calls.length).toBe(2);
  expect(shown()).not.toBe(Loading);
  await pass(30_000);
  expect(reload).not.toHaveBeenCalled();
  there = true;
  await pass(4000);
  expect(shown()).toBe(Here);
});
