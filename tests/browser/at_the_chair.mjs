// What went wrong once at the chair, played again: a weight with a slip, a reading out of sight, a lost
// connection with a reload in the middle, a locked screen. Steps of session.mjs.
import { axeOn, fits } from "./access.mjs";
import { check, password, picture } from "./browser.mjs";

export async function vitals(page, digits) {
  await page.locator("#sign-systolic_mmHg").focus();
  await page.keyboard.type(digits);
  await page.keyboard.press("Enter");
}
export const saved = (page) => page.locator(".unsaved").waitFor({ state: "detached" });
const inSight = (locator) =>
  locator.evaluate((node) => {
    const { top, bottom } = node.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });

async function weigh(page, kg, sure) {
  const row = page.locator(".gate", { hasText: /weight/ }).first();
  await page.locator(".gates summary").click();
  const again = row.getByRole("button", { name: /Again/ });
  if (await again.count()) await again.click();
  await row.getByLabel(/Weight today/).fill(kg);
  await row.getByRole("button", { name: "Save" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  const told = await dialog.textContent();
  if (sure === "no") await dialog.getByRole("button", { name: "Cancel" }).click();
  else await dialog.getByRole("button", { name: `${kg} kg is right` }).click();
  await dialog.waitFor({ state: "detached" });
  await saved(page);
  if (sure !== "no") await row.getByText(`weight ${kg} kg`).first().waitFor();
  await page.locator(".gates summary").click();
  return told;
}

// The dose follows the weight, until somebody types another.
export async function weightWithASlip(page) {
  const dose = page.getByLabel(/^Dose/);
  const before = await dose.inputValue();
  const told = await weigh(page, "107", "no");
  check(/Last 70 kg.*now 107 kg: \+53 %/.test(told), `a weight far from the last is asked about: ${told}`);
  check((await dose.inputValue()) === before, "and nothing is entered where it was not meant");
  await weigh(page, "80", "yes");
  check((await dose.inputValue()) === "40", `the dose follows the weight: ${await dose.inputValue()}`);
  await dose.fill("35");
  const aside = page.getByText("The plan says 40.");
  check(await aside.isVisible(), "a typed dose that differs from the plan says so");
  await picture(page, "session-dose-differs");
  await axeOn(page, "make ready");
  await dose.fill("40");
  check(!(await aside.isVisible()), "and one that does not is quiet");
  await weigh(page, "70", "yes");
  await dose.fill("35");
}

// On a phone the alert opens above what the nurse looks at.
async function unlock(page) {
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Unlock" }).click();
  await page.locator(".lock").waitFor({ state: "detached" });
}

export async function holdInSight(page) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator(".vitals-pad .save").scrollIntoViewIfNeeded();
  await vitals(page, "186987496165");
  await page.locator(".alert").first().waitFor();
  await page.waitForTimeout(1500); // it scrolls there
  check(await inSight(page.locator(".alert-word").first()), "on a phone the alert comes into sight");
  check(await inSight(page.locator(".alert-link")), "and the banner says HOLD");
  await picture(page, "session-hold-phone", false);
  await axeOn(page, "a hold on a phone");
  await fits(page, "a hold", 390);
  await page.getByRole("button", { name: "Lock screen" }).click();
  check(await page.locator(".glance-alert").isVisible(), "the locked screen says that HOLD waits");
  await picture(page, "session-hold-locked", false);
  await unlock(page);
  await page.locator(".flowsheet").scrollIntoViewIfNeeded();
  await page.locator(".alert-link").click();
  await page.waitForTimeout(1500);
  check(await inSight(page.locator(".alert-word").first()), "and leads back to it");
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
  const breaths = await page.locator("#sign-respiratory_rate_per_min").inputValue();
  const alert = await page.locator("#sign-moaas").inputValue();
  check(
    `${breaths} ${alert}` === "8 5",
    `08 is 8, and the next digit is the next field's: ${breaths} ${alert}`,
  );
  await empty(page);
  await vitals(page, "12878749853");
  await page.locator(".doubt").waitFor();
  check(
    (await page.locator("#sign-respiratory_rate_per_min").inputValue()) === "53",
    "53 breaths are asked about",
  );
  await picture(page, "session-doubt");
  await axeOn(page, "a doubt");
  await page.locator("#sign-respiratory_rate_per_min").fill("5");
  await page.locator("#sign-moaas").fill("3");
  check((await page.locator(".doubt").count()) === 0, "a mended reading is no longer doubted");
  await empty(page);
}

export async function wrongEntry(page, text) {
  const row = page.locator(".flow tbody tr", { hasText: text }).first();
  await row.getByRole("button", { name: /wrong entry/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("of the patient in the next chair");
  await dialog.getByRole("button", { name: "Mark as wrong" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.locator(".flow tr.struck", { hasText: text }).getByText("entered in error").waitFor();
  await page.reload();
  await page.locator(".flow tr.struck", { hasText: text }).getByText("entered in error").waitFor();
  check(true, "a wrong reading stays, struck out");
  await picture(page, "session-struck");
  await axeOn(page, "a wrong reading");
}

export async function sideEffect(page) {
  await page.getByRole("button", { name: "Side effect" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Nausea").check();
  await dialog.getByLabel("How strong").selectOption("mild");
  await picture(page, "session-side-effect", false);
  await axeOn(page, "a side effect");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  await saved(page);
}

async function setRate(page) {
  await page.getByRole("button", { name: "Go on", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/New rate on the pump/).fill("8");
  const mass = await dialog.getByLabel(/^New rate \(mg/).inputValue();
  check(mass === "40", `8 mL/h of 5 mg per mL are 40 mg/h: ${mass}`);
  await picture(page, "session-rate", false);
  await axeOn(page, "a rate");
  await dialog.getByLabel("Reason").fill("as decided");
  await dialog.getByRole("button", { name: "Set rate" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.locator(".figures").getByText("8").first().waitFor();
}

// Offline the page says what is not done, and shows what was entered as it is.
export async function withoutRules(page) {
  await setRate(page);
  await page.context().setOffline(true);
  await page.locator(".unwatched").waitFor();
  await vitals(page, "191987498165");
  await picture(page, "session-unwatched");
  await page.locator(".flowsheet").evaluate((node) => node.scrollIntoView());
  await page.context().setOffline(false);
  await page.locator(".alert").first().waitFor();
  await page.waitForTimeout(1500); // it scrolls there
  check(await inSight(page.locator(".alert-word").first()), "a reading that fired meanwhile is told at once");
  await page.context().setOffline(true);
  await page.locator(".unwatched").waitFor();
  await vitals(page, "192997498165");
  await page.locator(".infusion-actions").getByRole("button", { name: "Pause" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("a high pressure");
  await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const banner = page.locator(".banner");
  check(
    await banner.getByText("limits are not checked").isVisible(),
    "offline, limits are said not to be checked",
  );
  check(await banner.getByText("paused (not yet sent)").isVisible(), "a pause that waits is shown as one");
  const last = await page.locator("#sign-systolic_mmHg-b").textContent();
  check(/192, 0 min ago/.test(last), `a reading that waits is the last value: ${last}`);
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
  await page.waitForURL(`**${at}`);
  await page.locator(".figures").getByText("paused").waitFor();
  await saved(page);
  for (const text of ["192/99", "a high pressure"]) {
    const rows = await page.locator(".flow tbody tr", { hasText: text }).count();
    check(rows === 1, `${text} was sent once: ${rows}`);
  }
}

export async function lockedAtAGlance(page) {
  await page.locator("#sign-systolic_mmHg").fill("12");
  await page.getByRole("button", { name: "Lock screen" }).click();
  const glance = page.locator(".glance");
  await glance.waitFor();
  const text = await glance.textContent();
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
  check((await page.locator("#sign-systolic_mmHg").inputValue()) === "12", "what was typed is still there");
  await page.locator("#sign-systolic_mmHg").fill("");
}
