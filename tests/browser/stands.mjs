// What stands on the screen when it cannot be read again, and what is read when: a chart says how old it is,
// one that may not be seen any more goes, a half-answered questionnaire stays; a board that is left open is
// today's; who was only registered has a chart to begin with.
import {
  check,
  comes,
  dialog,
  findCourse,
  finish,
  goAndListen,
  gone,
  launch,
  patients,
  picture,
  play,
  writeContact,
  writeDown,
} from "./browser.mjs";

const browser = await launch();
await findCourse(browser);
const chart = /\/api\/patients\/[^/]+\/chart$/;
const answer = (status, code) => (route) =>
  route.fulfill({ status, json: { type: "about:blank", title: code, status, code, detail: "" } });

const write = (page) => writeContact(page.context(), patients.course, "written elsewhere");

async function chartStands(page) {
  await goAndListen(page, `/patients/${patients.course}`);
  await page.locator(".log tbody tr").first().waitFor();
  await page.route(chart, answer(503, "busy"));
  await write(page);
  await page.locator(".standing").getByText("What is shown was read at").waitFor();
  const findings = page.locator(".finding");
  check(await findings.first().isVisible(), "what was read stands under it");
  await picture(page, "stands-chart");
  await page.unroute(chart);
  await page.locator(".standing").getByRole("button", { name: "Try again" }).click();
  await page.locator(".standing").waitFor({ state: "detached" });
  await page.route(chart, answer(403, "not_permitted"));
  await write(page);
  await page.getByRole("heading", { name: "This chart is closed to you" }).waitFor();
  await comes("a chart that is closed again goes", () => findings.count(), 0);
}

async function eventsAreTold(page) {
  const events = /\/events\?/;
  await page.route(events, answer(503, "busy"));
  await page.goto(`/patients/${patients.course}`);
  await page.locator(".standing").waitFor();
  await page.unroute(events);
  await page.locator(".standing").getByRole("button", { name: "Try again" }).click();
  await page.locator(".log tbody tr").first().waitFor();
  await comes("entries that were not read are read again", () => page.locator(".standing").count(), 0);
}

async function answersStand(page) {
  await goAndListen(page, `/patients/${patients.course}/evaluate?instrument=gad-7&moment=between_doses`);
  await page.getByRole("radio").nth(1).check();
  await page.route(chart, answer(503, "busy"));
  await write(page);
  await page.locator(".standing").waitFor();
  check(await page.getByRole("radio").nth(1).isChecked(), "a questionnaire in work stays");
}

// What it reads by itself, after a silence of the server, is marked and not counted. It asks before it shows:
// once the chart stands, a second asking would have gone out.
async function readOnce(page) {
  await page.goto(`/patients/${patients.course}`);
  await writeDown(page, "contact");
  await dialog(page).getByLabel("From").selectOption("clinic");
  await dialog(page).getByLabel("Topic").selectOption("other");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await gone(page);
  let reads = 0;
  page.on("request", (request) => {
    const byItself = "x-evenkeel-by-itself" in request.headers();
    if (chart.test(new URL(request.url()).pathname) && !byItself) reads++;
  });
  await page.getByRole("link", { name: "Patients", exact: true }).click();
  await page
    .getByRole("row", { name: new RegExp(patients.long) })
    .getByRole("link")
    .first()
    .click();
  await page.locator(".log tbody tr").first().waitFor();
  check(reads === 1, `a chart that is opened after a save is read once (${reads})`);
}

// The server's clock is what counts: it says a quarter of a minute to midnight, and no beat says otherwise.
async function overMidnight(page) {
  const today = new Date().toISOString().slice(0, 10);
  await page.route("**/api/live", (route) => route.abort());
  await page.route("**/api/me", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), now: `${today}T23:59:45Z` } });
  });
  const days = []; // whose board was asked for
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === "/api/today") days.push(searchParams.get("from").slice(0, 10));
  });
  await page.goto("/");
  await comes("a board that is left open asks for the new day", () => days.some((day) => day > today));
  const day = page.getByLabel("Day");
  await comes("and shows it", async () => (await day.inputValue()) > today);
  check(days[0] === today, `it was the old day's before: ${days}`);
}

async function begins(page) {
  await page.goto("/patients");
  await page.getByRole("button", { name: "Register a patient" }).click();
  const form = dialog(page);
  await form.getByLabel("Name").fill(`Standing ${Date.now() % 100_000}`);
  await form.getByLabel("Born").fill("1990-04-01");
  await form.getByRole("button", { name: "Register a patient" }).click();
  await page.getByRole("heading", { name: "How to begin" }).waitFor();
  await picture(page, "stands-begin");
  await page.locator(".begin").getByRole("button", { name: "Consent" }).click();
  await form.getByLabel("Wording").fill("2");
  await form.getByLabel("Explained by").fill("prescriber-1");
  await form.getByRole("button", { name: "Save" }).click();
  await gone(page);
  await page.locator(".begin").getByText("done").waitFor();
  await page.getByRole("heading", { name: "What was written" }).waitFor();
}

const steps = [
  ["a chart that cannot be read again stands, and says so", "nurse", chartStands],
  ["entries that cannot be read are told", "nurse", eventsAreTold],
  ["a half-answered questionnaire stands", "nurse", answersStand],
  ["a chart is read once", "nurse", readOnce],
  ["a board is today's after midnight", "nurse", overMidnight],
  ["whoever was registered can begin", "prescriber", begins],
];
await play(browser, steps);
await finish(browser);
