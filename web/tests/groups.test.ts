import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { grouped } from "../src/pages/addictive/groups";

const shipped = readdirSync(new URL("../../content/evidence/", import.meta.url))
  .filter((name) => name !== "schema.json")
  .map((name) => ({ id: name.replace(".json", "") }));

it("every entry of the evidence stands in one group, the question itself first", () => {
  const groups = grouped(shipped);
  const placed = groups.flatMap(([, entries]) => entries.map((entry) => entry.id));
  expect(placed.toSorted()).toEqual(shipped.map((entry) => entry.id).toSorted());
  expect(groups[0]![0]).toBe("dependence");
  expect(groups[0]![1].length).toBe(11); // a name that is mistyped would be missing here
  expect(groups[1]![1].length).toBe(9);
  expect(groups[2]![1].length).toBe(10);
});
it("a group without entries is not shown", () => {
  expect(grouped([{ id: "bladder-supervised" }]).map(([group]) => group)).toEqual(["harm"]);
});
