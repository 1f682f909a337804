// A first session from the door to the way home, in two browsers: every gate, a start that is read back, a
// rule that fires, the connection cut and restored in the middle, discharge or the reasons against it.
// Nothing may be lost, nothing doubled.
import { axeOn } from "./access.mjs";
import * as chair from "./at_the_chair.mjs";
import { once, saved, vitals } from "./at_the_chair.mjs";
import {
  check,
  comes,
  dialog,
  finish,
  gone,
  launch,
  nameOf,
  password,
  patients,
  picture,
  signedIn,
  step,
} from "./browser.mjs";

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
  await dialog(page).getByLabel("Chair or room").fill("chair 2");
  await dialog(page).getByLabel("Name of the session").fill(session);
  await dialog(page).getByRole("button", { name: "Check in" }).click();
  await page.waitForURL(`**${at}`);
  await page.locator(".gates").waitFor();
}

// A gate that an earlier visit of the day has answered asks for nothing; once the gates are drawn one knows.
const asked = (page, name) => page.locator(".gates > .gate-list").getByRole("group", { name, exact: true });
async function isAsked(what) {
  await what.page().locator(".gates").waitFor();
  return (await what.count()) > 0;
}
async function clear(page, name) {
  if (!(await isAsked(asked(page, name)))) return;
  await asked(page, name).getByRole("button", { name: "Clear" }).click();
  await asked(page, name).waitFor({ state: "detached" });
}

async function preChecks() {
  for (const name of ["First person", "Fasting", "Escort", "Equipment", "Health and medicines as before"])
    await clear(nurse, name);
  if (await isAsked(asked(nurse, "Pregnancy"))) {
    await asked(nurse, "Pregnancy").getByRole("button", { name: "Not applicable…" }).click();
    await dialog(nurse).getByLabel("Note").fill("tested on the day of screening, negative");
    await dialog(nurse).getByRole("button", { name: "Save" }).click();
    await gone(nurse);
  }
  const weight = nurse.locator(".gates > .gate-list").getByLabel(/Weight today/);
  if (await isAsked(weight)) {
    await weight.fill("70");
    await nurse.locator("form.inline").getByRole("button", { name: "Save" }).click();
    await weight.waitFor({ state: "detached" });
  }
  await vitals(nurse, "124787098145");
  await saved(nurse, "124/78");
}

async function secondPerson() {
  await second.goto(at);
  const again = await isAsked(asked(second, "First person"));
  check(!again, "the first person has looked and is not asked again");
  await clear(second, "Second person");
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

async function decide(prescriber, reason) {
  await dialog(prescriber).getByLabel("Go on", { exact: true }).check();
  await dialog(prescriber).getByLabel("Reason").fill(reason);
  await dialog(prescriber).getByRole("button", { name: "Sign", exact: true }).click();
  await gone(prescriber);
}

// Whatever else the protocol wants decided, a prescriber decides; the page names it.
async function decideRest() {
  const prescriber = await signedIn(browser, "prescriber");
  await prescriber.goto(at);
  const left = prescriber.locator(".gates").getByRole("button", { name: "Decide…" });
  await prescriber.locator(".gates").waitFor();
  for (let n = await left.count(); n > 0; n--) {
    await left.first().click();
    await decide(prescriber, "looked at; go on");
    await left.nth(n - 1).waitFor({ state: "detached" });
  }
  await prescriber.context().close();
}

async function ready() {
  await nurse.getByText("Nothing stands in the way").waitFor();
  await chair.weightWithASlip(nurse);
  await nurse.getByLabel(/Concentration in the syringe/).fill("5");
  await nurse.getByRole("combobox", { name: "Second checker" }).selectOption(nameOf("second"));
  const signs = nurse.getByLabel(`Password of ${nameOf("second")}`);
  await signs.fill("not the one");
  await nurse.getByRole("button", { name: /Drawn up and read back/ }).click();
  await nurse.getByText("The second person has not signed.").waitFor();
  await signs.fill(password);
  await picture(nurse, "session-ready-form");
  await nurse.getByRole("button", { name: /Drawn up and read back/ }).click();
  await nurse.getByRole("heading", { name: "Start by reading back" }).waitFor();
  await nurse.waitForFunction(() => document.activeElement?.id === "read-back");
  check(true, "what is to be read back takes the focus");
}

async function readBack() {
  const box = nurse.locator(".read-back");
  await box.waitFor();
  const numbers = await box.locator(".numbers dd").allTextContents();
  const [dose, , volume, rate] = numbers.map((text) => parseFloat(text));
  await box.getByLabel(/^Dose/).fill(String(dose + 1));
  const differs = box.getByText("It differs from what was made ready.");
  await comes("a wrong read-back is seen at once", () => differs.isVisible());
  await picture(nurse, "session-read-back");
  await box.getByLabel(/^Dose/).fill(String(dose));
  await comes("and a right one is quiet", () => differs.isVisible(), false);
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
  const fields = nurse.locator(".pad-field input");
  const values = () => fields.evaluateAll((all) => all.map((input) => input.value).join(" "));
  await comes("twelve touches fill six fields", values, "128 82 74 98 16 5");
  await nurse.locator(".vitals-pad .save").click();
  await saved(nurse, "128/82");
}

async function ruleFires() {
  await chair.holdInSight(nurse);
  await picture(nurse, "session-hold");
  await nurse.locator(".alert").first().getByRole("button", { name: "Pause" }).click();
  await dialog(nurse).getByRole("button", { name: "Pause" }).click();
  await nurse.locator(".figures").getByText("paused").waitFor();
  const prescriber = await signedIn(browser, "prescriber");
  await prescriber.goto(at);
  const paused = prescriber.locator(".figures").getByText("paused");
  await comes("the prescriber sees the pause", () => paused.isVisible());
  // It vanished here with the pause, and nobody could decide about it any more.
  for (const page of [nurse, prescriber])
    await page.locator(".alert").getByText("waits for a clinician's decision").waitFor();
  await prescriber.getByRole("button", { name: "Decide…" }).first().click();
  await decide(prescriber, "fell at once without the drug");
  await nurse.locator(".alert").waitFor({ state: "detached" });
  await prescriber.context().close();
}

// Offline: entries stay in sight as unsaved, over a reload too, and arrive once each.
async function cutAndRestore() {
  await nurse.context().setOffline(true);
  const cut = Date.now();
  await nurse.locator(".connection p").waitFor();
  const took = ((Date.now() - cut) / 1000).toFixed(1); // tests/live.test.ts has the bound
  console.log(`     the banner came ${took} s after the cut`);
  for (const digits of ["131817398165", "132827398165", "133837398165"]) await vitals(nurse, digits);
  const unsaved = nurse.locator(".flow .unsaved-row");
  await comes("three readings are marked as not saved", () => unsaved.count(), 3);
  await picture(nurse, "session-offline");
  await nurse.context().setOffline(false);
  await saved(nurse, "133/83");
  await nurse.locator(".connection p").waitFor({ state: "detached" });
  await second.locator(".flow tbody").getByText("133/83").waitFor();
  check(true, "the other nurse's page shows it by itself");
  await once(nurse, "131/81", "132/82", "133/83");
}

const events = "**/api/patients/*/events";

// The answer is lost, not the request: the entry is sent again and counts once.
async function lostAnswer() {
  let lost = null; // the status of the answer that did not arrive
  const keys = []; // under which the entry was sent
  await nurse.route(events, async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    keys.push(await route.request().headerValue("Idempotency-Key"));
    if (keys.length > 1) return route.fallback();
    lost = (await route.fetch()).status();
    return route.abort("connectionreset");
  });
  await vitals(nurse, "134847398165");
  await once(nurse, "134/84");
  await nurse.unroute(events);
  check(lost === 201, `the server has taken the entry whose answer was lost: ${lost}`);
  check(keys.length > 1 && new Set(keys).size === 1, `and got it again under its key: ${keys}`);
}

// A page that is closed while offline brings its entries back.
async function reloadWhileWaiting() {
  await nurse.route(events, (route) =>
    route.request().method() === "POST" ? route.abort("internetdisconnected") : route.fallback(),
  );
  await vitals(nurse, "135857398165");
  await nurse.locator(".flow .unsaved-row").waitFor();
  // It is shown at once and sealed on the device in the moments after.
  const kept = () =>
    nurse.evaluate(() =>
      Object.entries(localStorage).filter(([name]) => name.startsWith("evenkeel.unsaved.")),
    );
  await comes("an entry that waits is kept on the device", async () => (await kept()).length, 1);
  await nurse.reload();
  await nurse.locator(".flow .unsaved-row").getByText("135/85").waitFor();
  const texts = (await kept()).map(([, text]) => text);
  const secret = texts.length === 1 && !/systolic|nurse/.test(texts[0]);
  check(secret, "what is kept on the device cannot be read there");
  await nurse.unroute(events);
  await once(nurse, "135/85");
}

async function end() {
  await nurse.locator(".infusion-actions").getByRole("button", { name: "End infusion" }).click();
  const form = dialog(nurse);
  const soFar = parseFloat((await form.getByText(/By the rates/).textContent()).match(/[\d.]+/)[0]);
  await form.getByLabel(/Given in all/).fill(String(10 * soFar + 10));
  await comes("ten times as much is asked about", () => form.getByText(/The rates give/).isVisible());
  await picture(nurse, "session-end", false);
  await form.getByLabel(/Given in all/).fill(String(soFar));
  await form.getByLabel("How it ended").selectOption("stopped");
  await form.getByLabel("Reason").fill("end of the test");
  await form.getByRole("button", { name: "End infusion" }).click();
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
  await dialog(nurse).getByLabel("How").selectOption("other");
  await dialog(nurse).getByLabel("Reason").fill("end of the test");
  await dialog(nurse).getByRole("button", { name: "Save" }).click();
  await nurse.getByText("left otherwise").first().waitFor();
  await picture(nurse, "session-closed");
}

// Another patient's hour of observation is over: the last readings and questions, then home.
async function home() {
  const visit = `/patients/${patients.home}/sessions/s1`;
  await nurse.goto(visit);
  await nurse.locator(".discharge").waitFor();
  await vitals(nurse, "126787098145");
  await saved(nurse, "126/78");
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
