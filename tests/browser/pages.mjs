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
  only,
  patients,
  picture,
  pictures,
  signedIn,
} from "./browser.mjs";

const browser = await launch();
await findCourse(browser);
// Who sees it, where, how it is called here, and what is there once it has come.
const all = [
  [null, "/addictive", "addictive", ".study-pictures"],
  [null, "/", "sign-in", "[autocomplete=username]"],
  [null, "/answer", "answer-no-link", "main .card"],
  ["prescriber", "/", "today", ".part-due li"],
  ["prescriber", `/patients/${patients.course}`, "chart", ".log tbody tr"],
  ["prescriber", `/patients/${patients.course}/plan`, "plan", "main h1"],
  ["prescriber", `/patients/${patients.first}/plan`, "plan-no-advice", "main h1"],
  ["nurse", "/patients", "patients", "table.patients tbody tr"],
  ["nurse", `/patients/${patients.home}/sessions/s1`, "session", ".flow tbody tr"],
  [
    "nurse",
    `/patients/${patients.course}/evaluate?instrument=phq-9&moment=between_doses`,
    "evaluate",
    ".question",
  ],
  ["nurse", "/account", "account", "main .pairs"],
  ["nurse", "/nowhere", "not-found", "main h1"],
  ["pharmacist", "/ledger", "ledger", "table.log tbody tr"],
  ["auditor", "/audit", "audit", "table.audit tbody tr"],
  ["auditor", `/patients/${patients.long}`, "chart-long", ".log tbody tr"],
  ["desk", "/", "today-desk", ".part-due li"],
  ["administrator", "/users", "users", "table.users tbody tr"],
  ["administrator", "/site", "site", "main td"],
  ["administrator", "/library", "library", ".library-list li"],
  ["administrator", "/library/evidence/dependence-supervised", "entry", ".entry .facts"],
];
// German proves that a second language works: the same pages, its longer words.
const german = ["addictive", "today", "chart", "ledger", "plan", "session"].map((name) => {
  const [role, path, , content] = all.find((each) => each[2] === name);
  return [role, path, `${name}-german`, content];
});
all.push(...german);
const wanted = all.filter(([, , name]) => only.test(name));

const drawn = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

// What the page is for is there, and nothing of it is still to come. The public page's study is lived while
// one waits, once.
async function settled(page, content) {
  await page.locator(content).first().waitFor({ timeout: 90_000 });
  await page.waitForLoadState("networkidle");
  await page.locator(".loading, .study-wait").first().waitFor({ state: "detached", timeout: 90_000 });
  await drawn(page);
}

async function inScheme(role, pages, scheme) {
  const page = await signedIn(browser, role, { scheme });
  for (const [, path, name, content] of pages) {
    await page.setViewportSize({ width: 1440, height: 1000 });
    await page.goto(path);
    if (name.endsWith("-german")) {
      await page.locator(".language select").selectOption("de");
      await page.locator("html[lang=de]").waitFor();
    }
    await settled(page, content);
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
    await drawn(page);
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
  await settled(page, ".flow tbody time");
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
