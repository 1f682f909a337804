// What the browser tests share: a Chromium, a signed-in page, steps that say what failed.
//   The base URL is the first argument of each test, a folder for pictures the second.
import { createRequire } from "node:module";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");
export const axeSource = require.resolve("axe-core/axe.min.js");

export const base = process.argv[2] ?? "http://127.0.0.1:8080";
export const pictures = process.argv[3] ?? null;
export const only = process.argv[4] ? new RegExp(process.argv[4]) : /./; // of a script's pages or steps
if (pictures) mkdirSync(pictures, { recursive: true });

// Names and password of the demo clinic; another server's by EVENKEEL_TEST_PASSWORD and EVENKEEL_TEST_NAMES
// (JSON).
export const password = process.env.EVENKEEL_TEST_PASSWORD ?? "evenkeel demo clinic";
const names = {
  prescriber: "prescriber-1",
  nurse: "nurse-1",
  second: "nurse-2",
  therapist: "therapist-1",
  pharmacist: "pharmacist-1",
  desk: "desk-1",
  auditor: "auditor-1",
  administrator: "admin-1",
  ...JSON.parse(process.env.EVENKEEL_TEST_NAMES ?? "{}"),
};
export const nameOf = (who) => names[who] ?? who;
// Of the demo clinic: a course, and a patient whose first session is today. The one with the most findings is
// looked for.
export const patients = {
  long: "demo-01",
  first: "demo-first",
  home: "demo-visit-4",
  course: "",
  ...JSON.parse(process.env.EVENKEEL_TEST_PATIENTS ?? "{}"),
};

export async function findCourse(browser) {
  if (patients.course) return;
  const page = await signedIn(browser, "prescriber");
  const { people } = await page.evaluate(async () => (await fetch("/api/today")).json());
  patients.course = people.sort((a, b) => b.findings.length - a.findings.length)[0].patient;
  await page.context().close();
}

export async function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export const faults = [];
export function check(good, words) {
  console.log(`${good ? "ok  " : "FAIL"} ${words}`);
  if (!good) faults.push(words);
}

// What the page does by itself is waited for as long as anything else, and judged then.
const patience_ms = 60_000;

export async function until(holds) {
  const end = Date.now() + patience_ms;
  while (!(await holds())) {
    if (Date.now() > end) return false;
    await new Promise((done) => setTimeout(done, 100));
  }
  return true;
}

export async function comes(words, read, wanted = true) {
  let last;
  const came = await until(async () => (last = await read()) === wanted);
  check(came, came ? words : `${words}: ${last} instead of ${wanted}`);
}

export async function signedIn(
  browser,
  who,
  { width = 1440, height = 1000, scheme = "light", zone = "UTC", ...more } = {},
) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    timezoneId: zone,
    baseURL: base,
    ...more,
  });
  context.setDefaultTimeout(patience_ms);
  const page = await context.newPage();
  page.on("pageerror", (error) => check(false, `script error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && /Content Security Policy|Refused to/.test(message.text()))
      check(false, message.text());
  });
  if (who) await signIn(page, who);
  return page;
}

export async function signIn(page, who) {
  await page.goto("/account");
  await page.getByLabel("Name", { exact: true }).fill(nameOf(who));
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  const code = page.locator("[autocomplete=one-time-code]");
  await page.locator("footer.foot").or(code).first().waitFor();
  if (await code.isVisible()) {
    await code.fill(process.env.EVENKEEL_TEST_CODE ?? "123456");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.locator("footer.foot").waitFor();
  }
}

export async function unlock(page) {
  const lock = page.locator(".lock");
  await lock.getByLabel("Password").fill(password);
  await lock.getByRole("button", { name: "Unlock" }).click();
  await lock.waitFor({ state: "detached" });
}

// Goes there and waits for a beat of its stream: what is written from then on is told to the page. The answer
// to the request is no sign of it, for its head comes before the server follows.
export async function goAndListen(page, address) {
  const wire = await page.context().newCDPSession(page);
  await wire.send("Network.enable");
  await page.goto(address);
  let beats = 0;
  wire.on("Network.eventSourceMessageReceived", () => beats++);
  if (!(await until(() => beats > 0))) throw new Error(`${address}: no beat of the stream`);
  await wire.detach();
}

// A contact that is written past the pages, as somebody elsewhere would: the stream tells of it.
export async function writeContact(context, patient, note) {
  const { csrf } = await (await context.request.get("/api/me")).json();
  const written = await context.request.post(`/api/patients/${patient}/events`, {
    headers: { "X-Evenkeel-CSRF": csrf, "Idempotency-Key": crypto.randomUUID() },
    data: { kind: "contact", body: { from: "clinic", topic: "other", note } },
  });
  if (!written.ok()) throw new Error(await written.text());
}

export const dialog = (page) => page.getByRole("dialog");
export const gone = (page) => dialog(page).waitFor({ state: "detached" });

// The form is chosen in the menu, of the page or of somebody's row, and opened by the button beside it.
export async function writeDown(where, form) {
  await where.locator(".write").getByRole("combobox").selectOption(form);
  await where.locator(".write").getByRole("button").click();
}

export async function picture(page, name, fullPage = true) {
  if (pictures)
    await page.screenshot({
      path: join(pictures, `${name}.png`),
      fullPage,
    });
}

export async function step(words, what) {
  try {
    await what();
    check(true, words);
  } catch (error) {
    check(false, `${words}: ${String(error.message).split("\n").slice(0, 6).join(" | ")}`);
    throw error;
  }
}

// Each of the steps in a browser of its own, signed in as its role; one that fails stops no other.
export async function play(browser, steps) {
  for (const [words, role, what] of steps.filter(([name]) => only.test(name))) {
    const played = async () => {
      const page = await signedIn(browser, role);
      await what(page).finally(() => page.context().close());
    };
    await step(words, played).catch(() => undefined);
  }
}

export async function finish(browser) {
  await browser.close();
  console.log(faults.length === 0 ? "all steps passed" : `${faults.length} failed`);
  process.exit(faults.length === 0 ? 0 : 1);
}
