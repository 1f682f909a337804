// A first session from the door to the way home, in two browsers: every gate, a start that is read back, a
// rule that fires, the connection cut and restored in the middle, discharge or the reasons against it.
// Nothing may be lost, nothing doubled.
import { axeOn } from "./access.mjs";
import * as chair from "./at_the_chair.mjs";
import { saved, vitals } from "./at_the_chair.mjs";
import { check, finish, launch, nameOf, patients, picture, signedIn, step } from "./browser.mjs";

const patient = patients.first;
const session = `s-${Date.now().toString(36)}`;
const at = `/patients/${patient}/sessions/${session}`;
const browser = await launch();
const nurse = await signedIn(browser, "nurse", { width: 820, height: 1180 });
const second = await signedIn(browser, "second");

async function checkIn(page) {
  await page.goto("/patients");
  await page
    .getByRole("row", { name: new RegExp(patient) })
    .getByRole("button", { name: /Check in/ })
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Chair or room").fill("chair 2");
  await dialog.getByLabel("Name of the session").fill(session);
  await dialog.getByRole("button", { name: "Check in" }).click();
  await page.waitForURL(`**${at}`);
  await page.locator(".gates").waitFor();
}

// A gate that an earlier visit of the day has answered asks for nothing.
const asked = (page, name) => page.locator(".gates > .gate-list").getByRole("group", { name, exact: true });
async function clear(page, name) {
  if (await asked(page, name).count()) await asked(page, name).getByRole("button", { name: "Clear" }).click();
}

async function preChecks() {
  await clear(nurse, "First person");
  for (const name of ["Fasting", "Escort", "Equipment", "Health and medicines as before"])
    await clear(nurse, name);
  if (await asked(nurse, "Pregnancy").count()) {
    await asked(nurse, "Pregnancy").getByRole("button", { name: "Not applicable…" }).click();
    await nurse.getByRole("dialog").getByLabel("Note").fill("tested on the day of screening, negative");
    await nurse.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await nurse.getByRole("dialog").waitFor({ state: "detached" });
  }
  if (await nurse.getByLabel(/Weight today/).isVisible()) {
    await nurse.getByLabel(/Weight today/).fill("70");
    await nurse.locator("form.inline").getByRole("button", { name: "Save" }).click();
  }
  await vitals(nurse, "124787098145");
  await saved(nurse);
}

async function secondPerson() {
  await second.goto(at);
  await second.locator(".gates").waitFor();
  check(
    (await asked(second, "First person").count()) === 0,
    "the first person has looked and is not asked again",
  );
  await clear(second, "Second person");
  await saved(second);
}

async function screen(page, moment) {
  await page.goto(`/patients/${patient}/evaluate?instrument=asq&moment=${moment}&session=${session}`);
  await page.locator(".question").first().waitFor();
  for (const group of await page.locator(".question").all())
    await group.getByRole("radio", { name: "No", exact: true }).check();
  await page.getByRole("button", { name: "Save the answers" }).click();
  await page.locator(".result").waitFor();
  await page.goto(at);
}

// Whatever else the protocol wants decided, a prescriber decides; the page names it.
async function decideRest() {
  const prescriber = await signedIn(browser, "prescriber");
  await prescriber.goto(at);
  await prescriber.locator(".gates").waitFor();
  while (await prescriber.locator(".gates").getByRole("button", { name: "Decide…" }).count()) {
    const before = await prescriber.getByRole("button", { name: "Decide…" }).count();
    await prescriber.getByRole("button", { name: "Decide…" }).first().click();
    await prescriber.getByLabel("Go on", { exact: true }).check();
    await prescriber.getByLabel("Reason").fill("looked at; go on");
    await prescriber.getByRole("button", { name: "Sign", exact: true }).click();
    await prescriber.waitForFunction(
      (n) => [...document.querySelectorAll("button")].filter((b) => b.textContent === "Decide…").length < n,
      before,
    );
  }
  await prescriber.context().close();
}

async function ready() {
  await nurse.getByText("Nothing stands in the way").waitFor();
  await chair.weightWithASlip(nurse);
  await nurse.getByLabel(/Concentration in the syringe/).fill("5");
  await nurse.getByLabel(/Second checker/).selectOption(nameOf("second"));
  await picture(nurse, "session-ready-form");
  await nurse.getByRole("button", { name: /Drawn up and read back/ }).click();
  await nurse.getByRole("heading", { name: "Start by reading back" }).waitFor();
  await nurse.waitForFunction(() => document.activeElement?.id === "read-back");
  check(true, "what is to be read back takes the focus");
}

async function readBack() {
  const box = nurse.locator(".read-back");
  const numbers = await box.locator(".numbers dd").allTextContents();
  const [dose, , volume, rate] = numbers.map((text) => parseFloat(text));
  await box.getByLabel(/^Dose/).fill(String(dose + 1));
  check(
    await box.getByText("It differs from what was made ready.").isVisible(),
    "a wrong read-back is seen at once",
  );
  await picture(nurse, "session-read-back");
  await box.getByLabel(/^Dose/).fill(String(dose));
  await box.getByLabel(/Volume in the syringe/).fill(String(volume));
  await box.getByLabel(/Rate on the pump/).fill(String(rate));
  await box.getByRole("button", { name: "Start the infusion" }).click();
  await nurse.locator(".figures").waitFor();
}

// The pad alone: every digit is a touch, and no field is chosen by hand.
async function byTouch() {
  await nurse.locator("#sign-systolic_mmHg").focus();
  for (const digit of "128827498165")
    await nurse.locator(".pad").getByRole("button", { name: digit, exact: true }).click();
  const values = await nurse
    .locator(".pad-field input")
    .evaluateAll((all) => all.map((input) => input.value));
  check(values.join(" ") === "128 82 74 98 16 5", `twelve touches fill six fields: ${values.join(" ")}`);
  await nurse.locator(".vitals-pad .save").click();
  await saved(nurse);
  await nurse.locator(".flow").getByText("128/82").waitFor();
}

async function ruleFires() {
  await chair.holdInSight(nurse);
  await picture(nurse, "session-hold");
  await nurse.locator(".alert").first().getByRole("button", { name: "Pause" }).click();
  await nurse.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
  await nurse.locator(".figures").getByText("paused").waitFor();
  const prescriber = await signedIn(browser, "prescriber");
  await prescriber.goto(at);
  await prescriber.locator(".figures").waitFor();
  check(
    await prescriber.locator(".figures").getByText("paused").isVisible(),
    "the prescriber sees the pause",
  );
  // It vanished here with the pause, and nobody could decide about it any more.
  for (const page of [nurse, prescriber])
    await page.locator(".alert").getByText("waits for a clinician's decision").waitFor();
  await prescriber.getByRole("button", { name: "Decide…" }).first().click();
  await prescriber.getByLabel("Go on", { exact: true }).check();
  await prescriber.getByLabel("Reason").fill("fell at once without the drug");
  await prescriber.getByRole("button", { name: "Sign", exact: true }).click();
  await prescriber.getByRole("dialog").waitFor({ state: "detached" });
  await nurse.locator(".alert").waitFor({ state: "detached" });
  await prescriber.context().close();
}

const rows = (page, text) => page.locator(".flow tbody tr", { hasText: text }).count();

// Offline: entries stay in sight as unsaved, over a reload too, and arrive once each.
async function cutAndRestore() {
  await nurse.context().setOffline(true);
  const cut = Date.now();
  await nurse.locator(".connection p").waitFor({ timeout: 30_000 });
  const took = ((Date.now() - cut) / 1000).toFixed(1); // tests/live.test.ts has the bound
  console.log(`     the banner came ${took} s after the cut`);
  for (const digits of ["131817398165", "132827398165", "133837398165"]) await vitals(nurse, digits);
  check((await nurse.locator(".flow .unsaved-row").count()) === 3, "three readings are marked as not saved");
  await picture(nurse, "session-offline");
  await nurse.context().setOffline(false);
  await saved(nurse);
  await nurse.locator(".connection p").waitFor({ state: "detached" });
  for (const text of ["131/81", "132/82", "133/83"])
    await nurse.locator(".flow tbody").getByText(text).waitFor();
  for (const text of ["131/81", "132/82", "133/83"])
    check((await rows(nurse, text)) === 1, `${text} is there once`);
  await second.locator(".flow tbody").getByText("133/83").waitFor({ timeout: 30_000 });
  check(true, "the other nurse's page shows it by itself");
}

// The answer is lost, not the request: the entry is sent again and counts once.
async function lostAnswer() {
  let swallowed = 0;
  await nurse.route("**/api/patients/*/events", async (route) => {
    if (swallowed++ > 0 || route.request().method() !== "POST") return route.fallback();
    await route.fetch();
    return route.abort("connectionreset");
  });
  await vitals(nurse, "134847398165");
  await nurse.locator(".flow tbody").getByText("134/84").first().waitFor();
  await saved(nurse);
  await nurse.unroute("**/api/patients/*/events");
  await nurse.reload();
  await nurse.locator(".flow tbody").getByText("134/84").first().waitFor();
  check((await rows(nurse, "134/84")) === 1, "an entry whose answer was lost is there once");
}

// A page that is closed while offline brings its entries back.
async function reloadWhileWaiting() {
  await nurse.route("**/api/patients/*/events", (route) =>
    route.request().method() === "POST" ? route.abort("internetdisconnected") : route.fallback(),
  );
  await vitals(nurse, "135857398165");
  await nurse.locator(".flow .unsaved-row").waitFor();
  // It is shown at once and sealed on the device in the moments after.
  await nurse.waitForFunction(() =>
    Object.keys(localStorage).some((name) => name.startsWith("evenkeel.unsaved.")),
  );
  await nurse.reload();
  await nurse.locator(".flow .unsaved-row").getByText("135/85").waitFor();
  const kept = await nurse.evaluate(() =>
    Object.entries({ ...localStorage }).filter(([name]) => name.startsWith("evenkeel.unsaved.")),
  );
  const secret = kept.every(([, text]) => !text.includes("systolic") && !text.includes("nurse"));
  check(kept.length > 0 && secret, "what is kept on the device cannot be read there");
  await nurse.unroute("**/api/patients/*/events");
  await saved(nurse);
  await nurse.locator(".flow tbody").getByText("135/85").first().waitFor();
  check((await rows(nurse, "135/85")) === 1, "an entry that outlived a reload is there once");
}

async function end() {
  await nurse.locator(".infusion-actions").getByRole("button", { name: "End infusion" }).click();
  const dialog = nurse.getByRole("dialog");
  const soFar = parseFloat((await dialog.getByText(/By the rates/).textContent()).match(/[\d.]+/)[0]);
  await dialog.getByLabel(/Given in all/).fill(String(10 * soFar + 10));
  check(await dialog.getByText(/The rates give/).isVisible(), "ten times as much is asked about");
  await picture(nurse, "session-end", false);
  await dialog.getByLabel(/Given in all/).fill(String(soFar));
  await dialog.getByLabel("How it ended").selectOption("stopped");
  await dialog.getByLabel("Reason").fill("end of the test");
  await dialog.getByRole("button", { name: "End infusion" }).click();
  await nurse.locator(".discharge").waitFor();
  await picture(nurse, "session-discharge");
}

async function notYetHome() {
  await nurse.getByLabel("Escort is here").selectOption("yes");
  await nurse.getByLabel(/Alertness/).selectOption("5");
  await nurse.getByRole("button", { name: "Discharge", exact: true }).click();
  await nurse.locator(".discharge .problem").waitFor();
  check(true, "a discharge before its time is refused with the reasons");
  await nurse.getByRole("button", { name: "Leaves otherwise" }).first().click();
  const dialog = nurse.getByRole("dialog");
  await dialog.getByLabel("How").selectOption("other");
  await dialog.getByLabel("Reason").fill("end of the test");
  await dialog.getByRole("button", { name: "Save" }).click();
  await nurse.getByText("left otherwise").first().waitFor();
  await picture(nurse, "session-closed");
}

// Another patient's hour of observation is over: the last readings and questions, then home.
async function home() {
  const visit = `/patients/${patients.home}/sessions/s1`;
  await nurse.goto(visit);
  await nurse.locator(".discharge").waitFor();
  await vitals(nurse, "126787098145");
  await saved(nurse);
  await nurse.getByRole("link", { name: "Readiness score" }).click();
  await nurse.locator(".question").first().waitFor();
  for (const group of await nurse.locator(".question").all()) await group.getByRole("radio").last().check();
  await nurse.getByRole("button", { name: "Save the answers" }).click();
  await nurse.locator(".result").waitFor();
  await nurse.getByRole("link", { name: "Back to session s1" }).click();
  await nurse.getByRole("link", { name: "Suicide screen (ASQ)" }).click();
  await nurse.locator(".question").first().waitFor();
  for (const group of await nurse.locator(".question").all())
    await group.getByRole("radio", { name: "No", exact: true }).check();
  await nurse.getByRole("button", { name: "Save the answers" }).click();
  await nurse.locator(".result").waitFor();
  await nurse.getByRole("link", { name: "Back to session s1" }).click();
  await nurse.getByText("all met").waitFor();
  await picture(nurse, "session-home");
  await nurse.getByLabel("Escort is here").selectOption("yes");
  await nurse.getByLabel(/Alertness/).selectOption("5");
  await nurse.getByRole("button", { name: "Discharge", exact: true }).click();
  await nurse.locator(".session-name").getByText("discharged").waitFor();
}

try {
  await step("the nurse checks the patient in", () => checkIn(nurse));
  await picture(nurse, "session-gates");
  await axeOn(nurse, "the gates");
  await step("the checks at the chair are written down", preChecks);
  await step("the second person checks the identity on her own sign-in", secondPerson);
  await step("the suicide screen is asked", () => screen(nurse, "before_dose"));
  await step("what is left is decided by a prescriber", decideRest);
  await step("the dose is made ready", ready);
  await step("the start is read back", readBack);
  await picture(nurse, "session-running");
  await step("vital signs go in by touch alone", byTouch);
  await step("a slip of the finger is asked about", () => chair.slipOfTheFinger(nurse));
  await step("a side effect is written down", () => chair.sideEffect(nurse));
  await step("a hold fires and is answered", ruleFires);
  await step("the connection is cut and comes back", cutAndRestore);
  await step("an answer is lost on its way", lostAnswer);
  await step("the page is closed while an entry waits", reloadWhileWaiting);
  await step("a wrong reading is struck out", () => chair.wrongEntry(nurse, "132/82"));
  await step("the screen is locked", () => chair.lockedAtAGlance(nurse));
  await step("without a connection no rule is held", () => chair.withoutRules(nurse));
  await step("the page is opened again without a connection", () => chair.reloadOffline(nurse, at));
  await step("the infusion ends", end);
  await step("a discharge too early is refused; the patient leaves otherwise", notYetHome);
  await step("another patient is discharged when all is met", home);
} catch (error) {
  await picture(nurse, "session-failed");
  console.error(error.stack);
}
await finish(browser);
