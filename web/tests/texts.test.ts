import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { forms } from "../src/pages/chart/write_forms";
import { de } from "../src/texts/de";
import { en } from "../src/texts/en";

const src = new URL("../src", import.meta.url).pathname;
const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const file = join(folder, name);
    return statSync(file).isDirectory() ? files(file) : [file];
  });
const code = files(src)
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith(join(src, "texts")))
  .map((file) => readFileSync(file, "utf8"));

type Tree = { [key: string]: unknown };
const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const nameless = (key: string): boolean => !/^[A-Za-z]\w*$/.test(key);

// Taken out of the catalogue by its name: `const { done, notSent } = t().common;`
const taken = (key: string): string => `\\{[^{}]*\\b${key}\\b[^{}]*\\} = (?:words|t\\(\\))`;

// A list whose members are looked up by what the server says: `word(words.kinds, kind)`, `words.roles[role]`.
function isList(key: string): boolean {
  const called = `(?:word|choices)(?:<\\w+>)?\\((?:[^()]|\\(\\))*\\.${key}\\s*[,)]`;
  const list = new RegExp(`\\.${key}\\s*\\[|${called}|\\bin [^;\n]*\\.${key}\\b`);
  return code.some((text) => list.test(text));
}

// In a file that names its part of the catalogue too.
function isNamed(part: string, key: string): boolean {
  const named = new RegExp(`\\b(?:w|words(?:\\(\\))?|${part})\\.${key}\\b|"${key}"|${taken(key)}`);
  const from = new RegExp(`\\b${part}\\b`);
  return nameless(key) || code.some((text) => from.test(text) && named.test(text));
}

// `unsaved` is both: its states are looked up (`words[entry.state]`).
function unnamed(tree: Tree, path: string[]): string[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const here = [...path, key];
    const part = path.at(-1) ?? "";
    if (part && !isNamed(part, key)) return [here.join(".")];
    return isTree(value) && !isList(key) && key !== "unsaved" ? unnamed(value, here) : [];
  });
}

test("every word of the catalogue is named by a page", () => {
  expect(unnamed(en, [])).toEqual([]);
});

// The English word is made of the key; another language needs each.
test("every choice of the chart's forms has a German word", () => {
  const words: Record<string, unknown> = de.chart.write.options;
  const choices = forms.flatMap(({ fields }) => fields.flatMap(({ options }) => options ?? []));
  expect(choices.filter((each) => !(each in words))).toEqual([]);
});
