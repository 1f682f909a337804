import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import { afterwards } from "../src/app/afterwards";

test("what was before one listened is not told", () => {
  const saved = signal(3);
  let told = 0;
  const end = afterwards(saved, () => (told += 1));
  expect(told).toBe(0);
  saved.value += 1;
  expect(told).toBe(1);
  end();
  saved.value += 1;
  expect(told).toBe(1);
});
