import { expect, test } from "vitest";
import { keptAnswers } from "../src/pages/evaluate/kept_answers";
import { dialled } from "../src/pages/addictive/dialled";

function store(fails = false): Storage & { all: Map<string, string> } {
  const all = new Map<string, string>();
  return {
    all,
    length: 0,
    clear: () => all.clear(),
    key: () => null,
    getItem: (key) => all.get(key) ?? null,
    removeItem: (key) => void all.delete(key),
    setItem: (key, value) => {
      if (fails) throw new Error("full");
      all.set(key, value);
    },
  };
}

test("answers outlive a reload, under no word of the token, until they were sent", async () => {
  const here = store();
  (await keptAnswers("a-token", here)).keep({ q1: 2 });
  expect([...here.all.keys()].join()).not.toContain("a-token");
  const again = await keptAnswers("a-token", here);
  expect(again.begun).toEqual({ q1: 2 });
  expect((await keptAnswers("another", here)).begun).toEqual({});
  again.forget();
  expect(here.all.size).toBe(0);
});

test("a store that is full, or holds what is none, keeps nobody from answering", async () => {
  const full = await keptAnswers("a-token", store(true));
  full.keep({ q1: 2 });
  const here = store();
  (await keptAnswers("a-token", here)).keep({ q1: 1 });
  for (const key of here.all.keys()) here.all.set(key, '{"q1": "one", "q2": 3}');
  expect((await keptAnswers("a-token", here)).begun).toEqual({ q2: 3 });
});

test("a printed number is one that a telephone dials", () => {
  expect([dialled("1-800-662-4357"), dialled("988"), dialled("+49 (0)30 19240")]).toEqual([
    "tel:18006624357",
    "tel:988",
    "tel:+493019240",
  ]);
});
