// Every page as the roles that see it: axe in light and dark, no page wider than its window, pictures at
// three widths, 200 % zoom, print.
import { join } from "node:path";
import { axeOn, fits } from "./access.mjs";
import {
  check,
  faults,
  findCourse,
  finish,
  launch,
  patients,
  picture,
  pictures,
  signedIn,
} from "./browser.mjs";

const browser = await launch();
await findCourse(browser);
const all = [
  [null, "/addictive", "addictive"],
  [null, "/", "sign-in"],
  [null, "/answer", "answer-no-link"],
  ["prescriber", "/", "today"],
  ["prescriber", `/patients/${patients.course}`, "chart"],
  ["prescriber", `/patients/${patients.course}/plan`, "plan"],
  ["prescriber", `/patients/${patients.first}/plan`, "plan-no-advice"],
  ["nurse", "/patients", "patients"],
  ["nurse", `/patients/${patients.home}/sessions/s1`, "session"],
  ["nurse", `/patients/${patients.course}/evaluate?instrument=phq-9&moment=between_doses`, "evaluate"],
  ["nurse", "/account", "account"],
  ["nurse", "/nowhere", "not-found"],
  ["pharmacist", "/ledger", "ledger"],
  ["auditor", "/audit", "audit"],
  ["auditor", `/patients/${patients.long}`, "chart-long"],
  ["desk", "/", "today-desk"],
  ["administrator", "/users", "users"],
  ["administrator", "/site", "site"],
  ["administrator", "/library", "library"],
  ["administrator", "/library/evidence/dependence-supervised", "entry"],
];
// German proves that a second language works: the same pages, its longer words.
const german = ["addictive", "today", "chart", "ledger", "plan", "session"].map((name) => {
  const [role, path] = all.find((each) => each[2] === name);
  return [role, path, `${name}-german`];
});
all.push(...german);
const only = process.argv[4] ? new RegExp(process.argv[4]) : /./;
const wanted = all.filter(([, , name]) => only.test(name));

async function settled(page) {
  await page.locator("main").waitFor();
  await page.locator(".loading").first().waitFor({ state: "detached", timeout: 30_000 });
  // The public page's study is lived while one waits, once.
  await page.locator(".study-wait").first().waitFor({ state: "detached", timeout: 90_000 });
  await page.waitForTimeout(250);
}

async function inScheme(role, pages, scheme) {
  const page = await signedIn(browser, role, { scheme });
  for (const [, path, name] of pages) {
    await page.setViewportSize({ width: 1440, height: 1000 });
    await page.goto(path);
    if (name.endsWith("-german")) await page.locator(".language select").selectOption("de");
    await settled(page);
    await axeOn(page, `${name}, ${scheme}`);
    await picture(page, `${name}-1440-${scheme}`);
    if (scheme === "light") await widths(page, name);
  }
  await page.context().close();
}

// 720 by 500 is a desktop window enlarged to 200 %.
async function widths(page, name) {
  for (const [width, height] of [
    [820, 1180],
    [390, 844],
    [720, 500],
  ]) {
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(150);
    await fits(page, name, width);
    await picture(page, `${name}-${width}`);
  }
  await page.setViewportSize({ width: 1440, height: 1000 });
  if (pictures && /^(chart|plan|session)/.test(name)) {
    await page.emulateMedia({ media: "print" });
    await page.pdf({
      path: join(pictures, `${name}.pdf`),
      format: "A4",
      preferCSSPageSize: true,
    });
    await page.emulateMedia({ media: null });
  }
}

for (const scheme of ["light", "dark"]) {
  for (const role of new Set(wanted.map(([r]) => r))) {
    try {
      await inScheme(
        role,
        wanted.filter(([r]) => r === role),
        scheme,
      );
    } catch (error) {
      check(false, `${role ?? "nobody"}: ${error.message.split("\n")[0]}`);
    }
  }
}
// One clock on a page: the server's sentences tell the reader's time too, not that of UTC.
async function oneClock() {
  const page = await signedIn(browser, "nurse", { zone: "America/New_York" });
  await page.goto(`/patients/${patients.home}/sessions/s1`);
  await settled(page);
  const read = (await page.locator(".flow tbody time").allTextContents()).map((time) => time.trim());
  const said = await page.locator(".gate-list").innerText();
  const times = [...said.matchAll(/MOAA\/S 5 at (\d{2}:\d{2})/g)].map((found) => found[1]);
  check(times.length === 1 && read.includes(times[0]), `one clock: ${times} is among ${read}`);
  check(!said.includes("UTC"), "one clock: no sentence tells it in UTC");
  await page.context().close();
}
await oneClock();

if (faults.length) console.log(faults.join("\n"));
await finish(browser);
