import { expect, test } from "vitest";
import { csv } from "../src/format/csv";

test("cells with commas, quotes and line breaks stay one cell", () => {
  expect(csv([["a", 'said "no", twice', "two\nlines"]])).toBe('a,"said ""no"", twice","two\nlines"\r\n');
});

test("nothing that somebody typed is a formula to a spreadsheet", () => {
  expect(csv([["=1+1", "+49", "-2", "@x", "a=b"]])).toBe("'=1+1,'+49,'-2,'@x,a=b\r\n");
});
