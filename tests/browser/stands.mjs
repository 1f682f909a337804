// What stands on the screen when it cannot be read again, and what is read when: a chart says how old it is,
// one that may not be seen any more goes, a half-answered questionnaire stays; a board that is left open is
// today's; who was only registered has a chart to begin with.
import { check, findCourse, finish, launch, patients, picture, signedIn, step } from "./browser.mjs";

const browser = await launch();
await findCourse(browser);
const chart = /\/api\/patients\/[^/]+\/chart$/;
const answer = (status, code) => (route) =>
  route.fulfill({ status, json: { type: "about:blank", title: code, status, code, detail: "" } });

async function as(role, what) {
  const page = await signedIn(browser, role);
  try {
    await what(page);
  } finally {
    await page.context().close();
  }
}

// Past the page, as another person would: the stream tells of it.
async function writeContact(page, patient) {
  const { csrf } = await (await page.context().request.get("/api/me")).json();
  const written = await page.context().request.post(`/api/patients/${patient}/events`, {
    headers: { "X-Evenkeel-CSRF": csrf, "Idempotency-Key": crypto.randomUUID() },
    data: { kind: "contact", body: { from: "patient", topic: "scheduling" } },
  });
  if (!written.ok()) throw new Error(await written.text());
}

async function chartStands(page) {
  await page.goto(`/patients/${patients.course}`);
  await page.locator(".log tbody tr").first().waitFor();
  await page.route(chart, answer(503, "busy"));
  await writeContact(page, patients.course);
  await page.locator(".standing").getByText("What is shown was read at").waitFor();
  check(await page.locator(".finding").first().isVisible(), "what was read stands under it");
  await picture(page, "stands-chart");
  await page.unroute(chart);
  await page.locator(".standing").getByRole("button", { name: "Try again" }).click();
  await page.locator(".standing").waitFor({ state: "detached" });
  await page.route(chart, answer(403, "not_permitted"));
  await writeContact(page, patients.course);
  await page.getByRole("heading", { name: "This chart is closed to you" }).waitFor();
  check((await page.locator(".finding").count()) === 0, "a chart that is closed again goes");
}

async function eventsAreTold(page) {
  const events = /\/events\?/;
  await page.route(events, answer(503, "busy"));
  await page.goto(`/patients/${patients.course}`);
  await page.locator(".standing").waitFor();
  await page.unroute(events);
  await page.locator(".standing").getByRole("button", { name: "Try again" }).click();
  await page.locator(".log tbody tr").first().waitFor();
  check((await page.locator(".standing").count()) === 0, "entries that were not read are read again");
}

async function answersStand(page) {
  await page.goto(`/patients/${patients.course}/evaluate?instrument=gad-7&moment=between_doses`);
  await page.getByRole("radio").nth(1).check();
  await page.route(chart, answer(503, "busy"));
  await writeContact(page, patients.course);
  await page.locator(".standing").waitFor();
  check(await page.getByRole("radio").nth(1).isChecked(), "a questionnaire in work stays");
}

async function readOnce(page) {
  await page.goto(`/patients/${patients.course}`);
  await page.locator(".banner h1").waitFor();
  await page.getByLabel("Write down").selectOption("contact");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("From").selectOption("clinic");
  await dialog.getByLabel("Topic").selectOption("other");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  let reads = 0;
  page.on("request", (request) => (reads += chart.test(new URL(request.url()).pathname) ? 1 : 0));
  await page.getByRole("link", { name: "Patients", exact: true }).click();
  await page
    .getByRole("row", { name: new RegExp(patients.long) })
    .getByRole("link")
    .first()
    .click();
  await page.locator(".banner h1").waitFor();
  await page.waitForTimeout(500);
  check(reads === 1, `a chart that is opened after a save is read once (${reads})`);
}

// The server's clock is what counts: it says a quarter of a minute to midnight, and no beat says otherwise.
async function overMidnight(page) {
  await page.route("**/api/live", (route) => route.abort());
  await page.route("**/api/me", async (route) => {
    const response = await route.fetch();
    const night = `${new Date().toISOString().slice(0, 10)}T23:59:45Z`;
    await route.fulfill({ response, json: { ...(await response.json()), now: night } });
  });
  await page.goto("/");
  const day = page.getByLabel("Day");
  const before = await day.inputValue();
  const asked = page.waitForRequest((request) => {
    const { pathname, searchParams } = new URL(request.url());
    return pathname === "/api/today" && !searchParams.get("from").startsWith(before);
  });
  await asked;
  check((await day.inputValue()) > before, "a board that is left open shows the new day");
}

async function begins(page) {
  await page.goto("/patients");
  await page.getByRole("button", { name: "Register a patient" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(`Standing ${Date.now() % 100_000}`);
  await dialog.getByLabel("Born").fill("1990-04-01");
  await dialog.getByRole("button", { name: "Register a patient" }).click();
  await page.getByRole("heading", { name: "How to begin" }).waitFor();
  await picture(page, "stands-begin");
  await page.locator(".begin").getByRole("button", { name: "Consent" }).click();
  await dialog.getByLabel("Wording").fill("2");
  await dialog.getByLabel("Explained by").fill("prescriber-1");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.locator(".begin").getByText("done").waitFor();
  await page.getByRole("heading", { name: "What was written" }).waitFor();
}

const steps = [
  ["a chart that cannot be read again stands, and says so", () => as("nurse", chartStands)],
  ["entries that cannot be read are told", () => as("nurse", eventsAreTold)],
  ["a half-answered questionnaire stands", () => as("nurse", answersStand)],
  ["a chart is read once", () => as("nurse", readOnce)],
  ["a board is today's after midnight", () => as("nurse", overMidnight)],
  ["whoever was registered can begin", () => as("prescriber", begins)],
];
const only = process.argv[4] ? new RegExp(process.argv[4]) : /./;
for (const [words, what] of steps.filter(([name]) => only.test(name)))
  await step(words, what).catch(() => undefined);
await finish(browser);
