// Whether a page can be used by everybody, as far as a machine can tell.
import { readFileSync } from "node:fs";
import { axeSource, check, comes } from "./browser.mjs";

const axe = readFileSync(axeSource, "utf8");

export async function axeOn(page, name) {
  await page.evaluate(axe);
  const result = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  const bad = result.violations.map(
    (v) =>
      `${v.id}: ${v.nodes
        .slice(0, 3)
        .map((n) => n.target.join(" "))
        .join(", ")}`,
  );
  check(bad.length === 0, `${name}: axe${bad.length ? `: ${bad.join(" | ")}` : ""}`);
}

// Once it is drawn in that width: what a script fits into the window is later than the window.
export async function fits(page, name, width) {
  const over = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await comes(`${name}: fits into ${width} px`, async () => Math.max(0, await over()), 0);
}
