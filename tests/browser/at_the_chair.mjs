// What went wrong once at the chair, played again: a weight with a slip, a reading out of sight, a lost
// connection with a reload in the middle, a locked screen. Steps of session.mjs.
import { axeOn, fits } from "./access.mjs";
import { check, comes, dialog, gone, password, picture, unlock } from "./browser.mjs";

export async function vitals(page, digits) {
  await page.locator("#sign-systolic_mmHg").focus();
  await page.keyboard.type(digits);
  await page.keyboard.press("Enter");
}

// Written and read back: it stands in the flowsheet as the record has it, and nothing waits any more.
export async function saved(page, text) {
  await page.locator(".flow tbody tr:not(.unsaved-row)", { hasText: text }).first().waitFor();
  await page.locator(".unsaved").waitFor({ state: "detached" });
}

// Read anew once nothing waits: what would have been sent twice is there twice.
export async function once(page, ...texts) {
  for (const text of texts) await saved(page, text);
  await page.reload();
  for (const text of texts) {
    const rows = page.locator(".flow tbody tr", { hasText: text });
    await rows.first().waitFor();
    check((await rows.count()) === 1, `${text} is there once: ${await rows.count()}`);
  }
}

const inSight = (locator) =>
  locator.evaluate((node) => {
    const { top, bottom } = node.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
const alertComes = (page, words) => comes(words, () => inSight(page.locator(".alert-word").first()));

// So far down that only the page itself brings into sight what opens above.
async function lookBelow(page, selector) {
  await page.locator(selector).evaluate((node) => node.scrollIntoView());
  await comes("what is above is out of sight", () => inSight(page.locator(".figures")), false);
}

async function weigh(page, kg, sure) {
  const row = page.locator(".gate", { hasText: /weight/ }).first();
  await page.locator(".gates summary").click();
  const again = row.getByRole("button", { name: /Again/ });
  const weight = row.getByLabel(/Weight today/);
  await again.or(weight).waitFor();
  if (await again.isVisible()) await again.click();
  await weight.fill(kg);
  await row.getByRole("button", { name: "Save" }).click();
  await dialog(page).waitFor();
  const told = await dialog(page).textContent();
  if (sure === "no") await dialog(page).getByRole("button", { name: "Cancel" }).click();
  else
    await dialog(page)
      .getByRole("button", { name: `${kg} kg is right` })
      .click();
  await gone(page);
  if (sure !== "no") await row.getByText(`weight ${kg} kg`).first().waitFor();
  await page.locator(".gates summary").click();
  return told;
}

// The dose follows the weight, until somebody types another. Entries are sent in their order: before the
// second weight is written, the first would have been sent.
export async function weightWithASlip(page) {
  const dose = page.getByLabel(/^Dose/);
  const written = [];
  page.on("request", (request) =>
    written.push(...(request.postData() ?? "").matchAll(/"weight":{"value":(\d+)/g)),
  );
  const told = await weigh(page, "107", "no");
  check(/Last 70 kg.*now 107 kg: \+53 %/.test(told), `a weight far from the last is asked about: ${told}`);
  await weigh(page, "80", "yes");
  const weights = written.map((found) => found[1]).join();
  check(weights === "80", `and what was not meant is not entered: ${weights}`);
  await comes("the dose follows the weight", () => dose.inputValue(), "40");
  await dose.fill("35");
  const aside = page.getByText("The plan says 40.");
  await comes("a typed dose that differs from the plan says so", () => aside.isVisible());
  await picture(page, "session-dose-differs");
  await axeOn(page, "make ready");
  await dose.fill("40");
  await comes("and one that does not is quiet", () => aside.isVisible(), false);
  await weigh(page, "70", "yes");
  await dose.fill("35");
}

// On a phone the alert opens above what the nurse looks at.
export async function holdInSight(page) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await lookBelow(page, ".vitals-pad .save");
  await vitals(page, "186987496165");
  await alertComes(page, "on a phone the alert comes into sight");
  await comes("and the banner says HOLD", () => inSight(page.locator(".alert-link", { hasText: "HOLD" })));
  await picture(page, "session-hold-phone", false);
  await axeOn(page, "a hold on a phone");
  await fits(page, "a hold", 390);
  await page.getByRole("button", { name: "Lock screen" }).click();
  await comes("the locked screen says that HOLD waits", () => page.locator(".glance-alert").isVisible());
  await picture(page, "session-hold-locked", false);
  await unlock(page);
  await lookBelow(page, ".flowsheet");
  await page.locator(".alert-link").click();
  await alertComes(page, "and leads back to it");
  await page.setViewportSize(before);
}

async function empty(page) {
  for (const field of await page.locator(".pad-field input").all()) await field.fill("");
}

// What may be a slip is asked about once.
export async function slipOfTheFinger(page) {
  await page.locator("#sign-systolic_mmHg").focus();
  await page.keyboard.type("1287874980"); // and the rest of 08
  await page.keyboard.type("85");
  const breaths = page.locator("#sign-respiratory_rate_per_min");
  const alert = page.locator("#sign-moaas");
  const both = async () => `${await breaths.inputValue()} ${await alert.inputValue()}`;
  await comes("08 is 8, and the next digit is the next field's", both, "8 5");
  await empty(page);
  await vitals(page, "12878749853");
  const doubt = page.locator(".doubt");
  await comes("53 breaths are asked about", () =>
    doubt.getByText("Breathing 53 /min is unusual").isVisible(),
  );
  await picture(page, "session-doubt");
  await axeOn(page, "a doubt");
  await breaths.fill("5");
  await alert.fill("3");
  await comes("a mended reading is no longer doubted", () => doubt.isVisible(), false);
  await empty(page);
}

export async function wrongEntry(page, text) {
  const row = page.locator(".flow tbody tr", { hasText: text }).first();
  await row.getByRole("button", { name: /wrong entry/ }).click();
  await dialog(page).getByLabel("Reason").fill("of the patient in the next chair");
  await dialog(page).getByRole("button", { name: "Mark as wrong" }).click();
  await gone(page);
  await page.locator(".flow tr.struck", { hasText: text }).getByText("entered in error").waitFor();
  await page.reload();
  await page.locator(".flow tr.struck", { hasText: text }).getByText("entered in error").waitFor();
  check(true, "a wrong reading stays, struck out");
  await picture(page, "session-struck");
  await axeOn(page, "a wrong reading");
}

export async function sideEffect(page) {
  await page.getByRole("button", { name: "Side effect" }).click();
  await dialog(page).getByLabel("Nausea").check();
  await dialog(page).getByLabel("How strong").selectOption("mild");
  await picture(page, "session-side-effect", false);
  await axeOn(page, "a side effect");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await gone(page);
  await saved(page, "Nausea");
}

const figure = (page, name) =>
  page
    .locator(".figures > div")
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator("dd");

async function setRate(page) {
  await page.getByRole("button", { name: "Go on", exact: true }).click();
  await dialog(page)
    .getByLabel(/New rate on the pump/)
    .fill("8");
  const mass = dialog(page).getByLabel(/^New rate \(mg/);
  await comes("8 mL/h of 5 mg per mL are 40 mg/h", () => mass.inputValue(), "40");
  await picture(page, "session-rate", false);
  await axeOn(page, "a rate");
  await dialog(page).getByLabel("Reason").fill("as decided");
  await dialog(page).getByRole("button", { name: "Set rate" }).click();
  await gone(page);
  await figure(page, "Rate now")
    .filter({ hasText: /^8 mL\/h/ })
    .waitFor();
}

// Offline the page says what is not done, and shows what was entered as it is.
export async function withoutRules(page) {
  await setRate(page);
  await page.context().setOffline(true);
  await page.locator(".unwatched").waitFor();
  await vitals(page, "191987498165");
  await picture(page, "session-unwatched");
  await lookBelow(page, ".flowsheet");
  await page.context().setOffline(false);
  await alertComes(page, "a reading that fired meanwhile is told at once");
  await saved(page, "191/98");
  await page.context().setOffline(true);
  await page.locator(".unwatched").waitFor();
  await vitals(page, "192997498165");
  await page.locator(".infusion-actions").getByRole("button", { name: "Pause" }).click();
  await dialog(page).getByLabel("Reason").fill("a high pressure");
  await dialog(page).getByRole("button", { name: "Pause" }).click();
  await gone(page);
  const said = (text) => page.locator(".banner").getByText(text).isVisible();
  await comes("offline, limits are said not to be checked", () => said("limits are not checked"));
  await comes("a pause that waits is shown as one", () => said("paused (not yet sent)"));
  const last = page.locator("#sign-systolic_mmHg-b").getByText(/192, \d+ min ago/);
  await comes("a reading that waits is the last value", () => last.isVisible());
  await picture(page, "session-unsent");
  await axeOn(page, "without a connection");
}

// Closed and opened again without a connection: what waits is counted, told to who knows the password, kept
// and sent once.
export async function reloadOffline(page, at) {
  await page.reload();
  await page.locator(".no-connection").waitFor();
  const text = await page.locator(".no-connection").textContent();
  check(/2 entries wait on this device/.test(text), "a reload without a connection counts what waits");
  check(!/192/.test(text), "and does not show it");
  await picture(page, "offline-door");
  await axeOn(page, "opened without a connection");
  await page.getByLabel(/Password of/).fill("not the password at all");
  await page.getByRole("button", { name: "Show them" }).click();
  await page.locator(".no-connection .error").waitFor();
  await page.getByLabel(/Password of/).fill(password);
  await page.getByRole("button", { name: "Show them" }).click();
  await page.locator(".no-connection").getByText("192/99").waitFor();
  check(true, "the password shows it");
  await picture(page, "offline-door-open");
  await page.context().setOffline(false);
  await once(page, "192/99", "a high pressure");
  check(new URL(page.url()).pathname === at, "and the page is the one that was open");
  await figure(page, "Rate now")
    .filter({ hasText: /^paused$/ })
    .waitFor();
}

export async function lockedAtAGlance(page) {
  await page.locator("#sign-systolic_mmHg").fill("12");
  await page.getByRole("button", { name: "Lock screen" }).click();
  const text = await page.locator(".glance").textContent();
  check(/chair 2/.test(text) && /due/i.test(text), `the locked screen says what a glance needs: ${text}`);
  check(!/demo|Ash/.test(text), "and no name");
  await picture(page, "session-locked", false);
  await axeOn(page, "the locked screen");
  await page.getByRole("button", { name: "Sign in as somebody else" }).click();
  const warned = await page.locator(".lock .error").textContent();
  check(
    /typed and is not saved would be lost/.test(warned),
    "what is half typed is not thrown away silently",
  );
  await unlock(page);
  const typed = page.locator("#sign-systolic_mmHg");
  check((await typed.inputValue()) === "12", "what was typed is still there");
  await typed.fill("");
}
