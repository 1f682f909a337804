// The front desk, which reads no chart: day.mjs plays it.
import { check, dialog, gone, patients, picture } from "./browser.mjs";

// Who is to come, who did not, what is asked on the telephone, who leaves.
export async function frontDesk(page) {
  await page.goto("/");
  const missed = page.locator(".part-due").getByRole("button", { name: /Missed appointment/ });
  await missed.first().waitFor();
  const ways = page.locator("main a[href^='/patients/']");
  check((await ways.count()) === 0, "the front desk has no way into a chart");
  await missed.first().click();
  await dialog(page).getByLabel("Reason").selectOption({ label: "illness" });
  await picture(page, "day-desk-missed");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await gone(page);
  await page.goto("/patients");
  const row = page.locator("table.patients tbody tr").filter({ hasText: patients.first });
  await row.getByRole("button", { name: /^Contact/ }).click();
  await dialog(page).getByLabel("From").selectOption({ label: "patient" });
  await dialog(page).getByLabel("Topic").selectOption({ label: "asked sooner" });
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await gone(page);
  await comesAndGoes(page, row);
}

// The patient may have other visits today.
async function comesAndGoes(page, row) {
  const session = `desk-${Date.now().toString(36)}`;
  await row.getByRole("button", { name: /Check in/ }).click();
  await dialog(page).getByLabel("Name of the session").fill(session);
  await dialog(page).getByRole("button", { name: "Check in" }).click();
  const visit = page.locator("table.sessions tbody tr").filter({ hasText: session });
  await visit.getByRole("button", { name: /Cancel/ }).click();
  await dialog(page).getByLabel("Reason").fill("has to go to work");
  await picture(page, "day-desk-cancel");
  await dialog(page)
    .getByRole("button", { name: /Cancel the visit/ })
    .click();
  await gone(page);
  await visit.getByText("cancelled", { exact: true }).waitFor();
}
