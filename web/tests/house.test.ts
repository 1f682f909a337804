import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const here = new URL("..", import.meta.url).pathname;

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = join(folder, name);
    return statSync(file).isDirectory() ? files(file) : [file];
  });
}
const sources = ["src", "tests", "tools", "../tests/browser"]
  .flatMap((folder) => files(join(here, folder)))
  .filter((file) => /\.(ts|tsx|mjs|css)$/.test(file));

// From the line that begins a function at the margin to the brace that ends it there.
function functions(text: string): { name: string; length: number }[] {
  const found: { name: string; length: number }[] = [];
  let begun: { name: string; at: number } | null = null;
  for (const [at, line] of text.split("\n").entries()) {
    const name = /^(?:export )?(?:default )?(?:async )?function (\w+)/.exec(line)?.[1];
    if (name) begun = { name, at };
    if (begun && line === "}") {
      found.push({ name: begun.name, length: at - begun.at + 1 });
      begun = null;
    }
  }
  return found;
}

describe("the house rules of the pages", () => {
  test("files have at most 400 lines, lines at most 110 columns, functions at most 60 lines", () => {
    const faults = sources.flatMap((file) => {
      const text = readFileSync(file, "utf8");
      const lines = text.split("\n");
      return [
        ...(lines.length > 401 ? [`${file}: ${lines.length} lines`] : []),
        ...lines.flatMap((line, i) =>
          [...line].length > 110 ? [`${file}:${i + 1}: ${line.length} columns`] : [],
        ),
        ...functions(text).flatMap((f) => (f.length > 60 ? [`${file}: ${f.name}: ${f.length} lines`] : [])),
      ];
    });
    expect(faults).toEqual([]);
  });

  test("no page has a style attribute or words of its own beside the catalogue", () => {
    const pages = sources.filter((file) => file.endsWith(".tsx"));
    const faults = pages.flatMap((file) => {
      const text = readFileSync(file, "utf8");
      const words = [...text.matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)+)[^<>{}]*</g)].map(
        (m) => `${file}: "${m[1]}"`,
      );
      return /\sstyle=/.test(text) ? [...words, `${file}: style=`] : words;
    });
    expect(faults).toEqual([]);
  });
});
