// The screen is locked, by hand and by itself, and opens again with what was on it: day.mjs plays it.
import { check, comes, dialog, gone, password, patients, picture, unlock, writeDown } from "./browser.mjs";

const lock = (page) => page.locator(".lock");
const name = (page) => page.locator(".banner h1");
const toChart = async (page) => {
  await page.goto(`/patients/${patients.course}`);
  await name(page).waitFor();
};

export async function lockAndReload(page) {
  await toChart(page);
  await page.locator("button.lock-now").click();
  await lock(page).waitFor();
  await picture(page, "day-locked");
  check(!(await name(page).isVisible()), "a locked screen shows no patient");
  await page.reload();
  await lock(page).waitFor();
  check(!(await name(page).isVisible()), "nor does one that is loaded again");
  await unlock(page);
  await name(page).waitFor();
}

// Where it stands the lock is seen.
const isCovered = (locator) =>
  locator.evaluate((node) => {
    const { x, y, width, height } = node.getBoundingClientRect();
    return document.elementFromPoint(x + width / 2, y + height / 2).closest(".lock") !== null;
  });

// As the idle time does it: no hand reaches the button behind an open dialog.
export async function lockOverDialog(page) {
  await toChart(page);
  await writeDown(page, "contact");
  const note = page.getByLabel(/^Note/);
  await note.fill("half a sentence");
  await page.locator("button.lock-now").dispatchEvent("click");
  await lock(page).waitFor();
  check(await isCovered(note), "a lock covers the dialog that was open");
  await lock(page).locator("input:focus").waitFor();
  for (let i = 0; i < 6; i++) await page.keyboard.press("Escape"); // not even in a quick row
  check(await isCovered(note), "and Escape does not uncover it");
  await picture(page, "day-locked-dialog");
  await unlock(page);
  check(!(await isCovered(note)), "the dialog is there again");
  check((await note.inputValue()) === "half a sentence", "with what was typed");
  await dialog(page).getByLabel("From").selectOption("patient");
  await dialog(page).getByLabel("Topic").selectOption("other");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await gone(page);
  await page.locator(".log tbody tr", { hasText: "half a sentence" }).first().waitFor();
}

export async function lockKeeps(page) {
  await page.goto(`/patients/${patients.course}/evaluate?instrument=gad-7&moment=between_doses`);
  const second = page.getByRole("radio").nth(1);
  await second.check();
  await page.locator("button.lock-now").click();
  await unlock(page);
  check(await second.isChecked(), "what was entered outlives the lock");
}

export async function idle(page) {
  await page.clock.install();
  await toChart(page);
  const { idle_lock_s: seconds } = await page.evaluate(async () => (await fetch("/api/me")).json());
  await page.clock.fastForward((seconds - 90) * 1000);
  await page.clock.runFor(5000); // whatever was due by then is done
  check((await lock(page).count()) === 0, "before the idle time the screen is open");
  await page.clock.fastForward(100_000);
  await lock(page).waitFor();
}

// The server is away: the screen locks and opens all the same, for the one who locked it, and for nobody
// else.
export async function lockedOffline(page) {
  await page.getByRole("link", { name: "Patients", exact: true }).click();
  await page
    .getByRole("row", { name: new RegExp(patients.course) })
    .getByRole("link")
    .first()
    .click();
  await page.locator(".timeline canvas").first().waitFor();
  await page.context().setOffline(true);
  await page.locator("button.lock-now").click();
  await lock(page).getByLabel("Password").fill("not the password");
  await lock(page).getByRole("button", { name: "Unlock" }).click();
  await lock(page).locator(".problem").waitFor();
  await unlock(page);
  await comes("the one who locked it is back in without the server", () => name(page).isVisible());
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("Name", { exact: true }).waitFor();
  await page.context().setOffline(false);
  await page.reload();
  const status = () => page.evaluate(async () => (await fetch("/api/me")).status);
  await comes("a sign-out made while offline is made good", status, 401);
  await page.getByLabel("Name", { exact: true }).waitFor();
}
