// A day as each role: a plan is approved, an evaluation raises the alarm, a finding is closed, the ledger is
// counted, the audit is verified, a user is added, a screen locks and keeps what was typed; and what a role
// may not see.
import {
  check,
  comes,
  dialog,
  findCourse,
  finish,
  gone,
  launch,
  nameOf,
  password,
  patients,
  picture,
  play,
  signedIn,
} from "./browser.mjs";
import { frontDesk } from "./at_the_desk.mjs";
import { idle, lockAndReload, lockedOffline, lockKeeps, lockOverDialog } from "./at_the_lock.mjs";

const browser = await launch();
await findCourse(browser);
const inDays = (n) => new Date(Date.now() + n * 864e5).toISOString().slice(0, 10);

async function approve(page) {
  await page.goto(`/patients/${patients.first}/plan`);
  await page.getByRole("button", { name: "Approve a plan" }).click();
  await dialog(page).getByLabel("Protocol", { exact: true }).selectOption("nasal-esketamine-trd");
  const fixed = dialog(page).getByLabel("Fixed dose");
  await comes("a protocol of fixed doses begins with its first", () => fixed.inputValue(), "56");
  await dialog(page).getByLabel("Protocol", { exact: true }).selectOption("iv-ket-trd-0.5x40");
  await dialog(page)
    .getByLabel(/Dose by body weight/)
    .waitFor();
  await dialog(page).getByText("Still to be filled in").waitFor();
  await dialog(page).getByLabel("Endpoint: instrument").selectOption("phq-9");
  await dialog(page)
    .getByLabel(/^Interval/)
    .fill("3");
  await dialog(page).getByLabel("Endpoint: target").selectOption("response");
  await dialog(page).getByLabel("Next review").fill(inDays(14));
  await dialog(page).getByLabel("Stop date").fill(inDays(2000));
  await dialog(page).getByLabel("Consent version").fill("2");
  const why = dialog(page).getByLabel("Why it changes");
  if (await why.count()) {
    await why.selectOption("administrative");
    await dialog(page).getByLabel("In words").fill("the day test approves it anew");
  }
  await picture(page, "day-approve");
  await dialog(page).getByRole("button", { name: "Approve", exact: true }).click();
  await dialog(page).locator(".problem").waitFor();
  check(true, "a stop date beyond the protocol's is refused, and the form keeps what was typed");
  await dialog(page).getByLabel("Stop date").fill(inDays(100));
  await dialog(page).getByRole("button", { name: "Approve", exact: true }).click();
  await gone(page);
}

async function urgent(page) {
  await page.goto(`/patients/${patients.course}/evaluate?instrument=phq-9&moment=between_doses`);
  await page.locator(".question").first().waitFor();
  for (const [i, group] of (await page.locator(".question").all()).slice(0, 9).entries()) {
    await group
      .getByRole("radio")
      .nth(i === 8 ? 1 : 0)
      .check();
  }
  await page.getByRole("button", { name: "Save the answers" }).click();
  await dialog(page)
    .getByText(/suicide/i)
    .first()
    .waitFor();
  await picture(page, "day-urgent");
  check(true, "item 9 above 0 raises the alarm at once");
  await dialog(page).getByRole("button", { name: "Close" }).click();
  await page.locator(".result .urgent-line").waitFor();
}

const busy = { type: "about:blank", title: "Too much is in work", status: 503, code: "busy", detail: "" };

async function oneTimeLink(page) {
  await page.goto(`/patients/${patients.course}/evaluate?instrument=craving-0-10&moment=between_doses`);
  await page.getByRole("button", { name: "Make a one-time link" }).click();
  const address = await dialog(page).locator(".link-address").textContent();
  const patient = await signedIn(browser, null, { width: 390, height: 844 });
  await patient.goto(address);
  await patient.locator(".question").first().waitFor();
  await picture(patient, "day-answer");
  await patient.getByRole("radio", { name: "2", exact: true }).check();
  await patient.route("**/api/answer/open", (route) => route.fulfill({ status: 503, json: busy }), {
    times: 1,
  });
  await patient.reload();
  await patient.getByRole("button", { name: "Try again" }).click();
  await patient.locator(".question").first().waitFor();
  const still = () => patient.getByRole("radio", { name: "2", exact: true }).isChecked();
  await comes("a server that is busy is no link that is gone, and a reload keeps the answers", still);
  await patient.getByRole("button", { name: "Send" }).click();
  await patient.getByText("Your answers were sent").waitFor();
  const kept = () => patient.evaluate(() => sessionStorage.length);
  await comes("what was sent is kept no longer", kept, 0);
  await patient.goto("/");
  await patient.goto(address);
  await patient.getByText("does not work any more").waitFor();
  check(true, "a link works once");
  await patient.context().close();
}

async function urgentByLink(page) {
  await page.goto(`/patients/${patients.course}/evaluate?instrument=phq-9&moment=between_doses`);
  await page.getByRole("button", { name: "Make a one-time link" }).click();
  const address = await dialog(page).locator(".link-address").textContent();
  const patient = await signedIn(browser, null, { width: 390, height: 844 });
  await patient.goto(address);
  await patient.locator(".question").first().waitFor();
  for (const [i, group] of (await patient.locator(".question").all()).entries()) {
    await group
      .getByRole("radio")
      .nth(i === 8 ? 1 : 0)
      .check();
  }
  await patient.getByRole("button", { name: "Send" }).click();
  await patient.getByText("If you are in danger now").waitFor();
  await patient.locator("a[href^='tel:']").first().waitFor();
  await picture(patient, "day-answer-urgent");
  check(true, "who answers item 9 alone is told what to do now");
  await patient.context().close();
}

// Two that are open may have the same title; the reason is of this one.
async function closeFinding(page) {
  await page.goto(`/patients/${patients.course}`);
  const finding = page.locator(".finding:not(.closed)").last();
  await finding.getByRole("button", { name: "Close, watch or act" }).click();
  const title = await dialog(page).locator("strong").first().textContent();
  const reason = `looked at with the patient; another cause was found (${Date.now().toString(36)})`;
  await dialog(page).getByLabel("Decision").selectOption("no_concern");
  await dialog(page).getByLabel("Reason").fill(reason);
  await picture(page, "day-review");
  await dialog(page).getByRole("button", { name: "Sign" }).click();
  await gone(page);
  const closed = page.locator(".finding.closed").filter({ hasText: reason });
  await comes("a finding is closed with a reason", () => closed.locator("h3").textContent(), title);
}

// How many vials were found is this count's own number, so that no older one is taken for it.
async function count(page) {
  const vials = String(10_000 + (Date.now() % 90_000));
  const row = page.locator("table.log tbody tr").filter({ hasText: vials });
  await page.goto("/ledger");
  await page.getByRole("button", { name: "Count", exact: true }).click();
  const { balance } = await page.evaluate(async () => (await fetch("/api/ledger")).json());
  const [{ lot, open_vials: parts }] = balance.lots;
  await dialog(page).getByLabel("Lot").selectOption(lot);
  await dialog(page).getByLabel("Vials", { exact: true }).fill(vials);
  for (const part of parts) await dialog(page).getByLabel(part).fill("9");
  await witnessed(page);
  await picture(page, "day-count");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await gone(page);
  // A slip is taken back by an entry of its own, which two people answer for too, and stays in sight.
  await row.getByRole("button", { name: "Mark as error" }).click();
  await dialog(page).getByLabel("Reason").fill("another lot was meant");
  await dialog(page).getByRole("combobox", { name: "Witness" }).selectOption(nameOf("second"));
  await signs(page);
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await gone(page);
  await row.getByText("entered in error").waitFor();
}

async function witnessed(page) {
  await dialog(page).getByRole("combobox", { name: "Witness" }).selectOption({ label: "another person…" });
  const witness = dialog(page).getByRole("textbox", { name: "Name of this person" });
  await witness.fill(nameOf("pharmacist"));
  const same = dialog(page).getByText("must be another one");
  await comes("nobody is their own witness", () => same.isVisible());
  await witness.fill(nameOf("second"));
  await signs(page);
}

const signs = (page) =>
  dialog(page)
    .getByLabel(`Password of ${nameOf("second")}`)
    .fill(password);

// Each time that the auditor reads the record is an entry: so there are more than one answer has.
async function audit(page) {
  const about = `patient/${patients.course}`;
  const read = `/api/patients/${patients.course}/events?limit=1`;
  for (let i = 0; i < 51; i++) await page.request.get(read);
  await page.goto("/audit");
  await page.getByRole("button", { name: "Verify the chain" }).click();
  await page.getByText("The chain is whole").waitFor();
  await page.getByLabel(/^About/).fill(about);
  await page.getByLabel("How many").selectOption("50");
  await page.getByRole("button", { name: "Search" }).click();
  const rows = page.locator("table.audit tbody tr");
  await comes("as many entries are shown as were asked for", () => rows.count(), 50);
  await page.getByRole("button", { name: "Older entries" }).click();
  await rows.nth(50).waitFor();
  const numbers = (await rows.locator("td:first-child").allTextContents()).map(Number);
  const falls = numbers.every((number, i) => i === 0 || number < numbers[i - 1]);
  check(falls, "older entries follow the newest, each once");
  const subjects = new Set(await rows.locator("td.id").allTextContents());
  check([...subjects].join() === about, `all are about whom was asked: ${[...subjects]}`);
  const entries = page.waitForEvent("download");
  await page.getByRole("button", { name: /^Save these \d+ entries/ }).click();
  check((await entries).suggestedFilename() === "evenkeel-audit.csv", "what was found is saved as a file");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the head" }).click();
  check((await download).suggestedFilename().startsWith("evenkeel-head-"), "the head is saved as a file");
}

async function addUser(page) {
  await page.goto("/users");
  await page.getByRole("button", { name: "Add a user" }).click();
  const name = `trainee-${Date.now().toString(36)}`;
  await dialog(page).getByLabel("Sign-in name").fill(name);
  await dialog(page).getByLabel("Shown as").fill("Trainee");
  await dialog(page).getByLabel("Role").selectOption("nurse");
  await dialog(page).getByLabel("Only these patients").fill(patients.first);
  await dialog(page).getByRole("button", { name: "Add a user" }).click();
  await dialog(page).getByRole("heading", { name }).waitFor(); // whose it is
  const temporary = await page.locator(".secret").textContent();
  await dialog(page).getByRole("button", { name: "Done" }).click();
  await page.getByRole("row", { name: new RegExp(name) }).waitFor();
  await page.goto(`/patients/${patients.course}`);
  await page.getByText("Your role does not include this page.").waitFor();
  check(true, "an administrator reads no chart");
  await firstSignIn(name, temporary);
  await disable(page, name);
}

async function disable(page, name) {
  await page.goto("/users");
  const row = page.getByRole("row", { name: new RegExp(name) });
  await row.getByRole("button", { name: /^Disable/ }).click();
  const go = dialog(page).getByRole("button", { name: "Disable" });
  await dialog(page).getByLabel("Reason").fill("é".repeat(201));
  await comes("a reason of more than 400 bytes is not sent", () => go.isDisabled());
  await dialog(page).getByLabel("Reason").fill("left the clinic");
  await picture(page, "day-disable");
  await go.click();
  await gone(page);
  await row.getByText("disabled").waitFor();
  await row.getByRole("button", { name: /^Enable/ }).click();
  await row.getByText("may sign in").waitFor();
  check(true, "an account is disabled with a reason, and enabled again");
}

// A new nurse changes the password that was given, and opens a chart that is closed to her with a reason.
async function firstSignIn(name, temporary) {
  const page = await signedIn(browser, null);
  await page.goto("/");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Password", { exact: true }).fill(temporary);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Choose a new password" }).waitFor();
  await page.getByLabel("Present password").fill(temporary);
  await page.getByLabel("New password", { exact: true }).fill("a few words in a row");
  await page.getByLabel("New password again").fill("a few words in a row");
  await page.getByRole("button", { name: "Change password" }).click();
  await page.locator("footer.foot").waitFor();
  await page.goto(`/patients/${patients.course}`);
  await page.getByRole("heading", { name: "This chart is closed to you" }).waitFor();
  await picture(page, "day-closed-chart");
  await page.getByLabel("Reason").fill("found unwell in the waiting room");
  await page.getByRole("button", { name: "Open the chart" }).click();
  await page.locator(".banner h1").waitFor();
  check(true, "a closed chart opens with a reason");
  await page.context().close();
}

// Only Tab, Enter, arrows and letters, from the sign-in to a written contact.
async function keyboardOnly(page) {
  await page.goto("/patients");
  await page.locator("[autocomplete=username]:focus").waitFor();
  await page.keyboard.type(nameOf("nurse"));
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await page.locator(".patients").waitFor();
  const reach = async (wanted) => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Tab");
      const seen = await page.evaluate(() => {
        const at = document.activeElement;
        const box = at.getBoundingClientRect();
        return {
          text: (at.textContent || at.getAttribute("aria-label") || at.labels?.[0]?.textContent || "").trim(),
          outline: getComputedStyle(at).outlineStyle,
          size: box.width * box.height,
        };
      });
      if (wanted.test(seen.text))
        return check(
          seen.outline !== "none" && seen.size > 0,
          `the focus is seen on “${seen.text.slice(0, 30)}”`,
        );
    }
    throw new Error(`not reached by Tab: ${wanted}`);
  };
  await reach(/^Open chart/);
  await page.keyboard.press("Enter");
  await page.locator(".banner h1").waitFor();
  await reach(/^Write down/);
  await page.keyboard.type("Cont");
  await reach(/^Write down$/);
  await page.keyboard.press("Enter");
  await dialog(page).getByRole("heading", { name: "Contact", exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await gone(page);
}

const steps = [
  ["the prescriber approves a plan", "prescriber", approve],
  ["the nurse evaluates, and an urgent answer is told at once", "nurse", urgent],
  ["the patient answers by a link on a phone", "nurse", oneTimeLink],
  ["the patient's urgent answer by a link is answered at once", "nurse", urgentByLink],
  ["the prescriber closes a finding with a reason", "prescriber", closeFinding],
  ["the pharmacist counts before a witness", "pharmacist", count],
  ["the front desk writes down who comes and who does not", "desk", frontDesk],
  ["the auditor searches and verifies", "auditor", audit],
  ["the administrator adds a user", "administrator", addUser],
  ["a screen locks and is opened again", "nurse", lockAndReload],
  ["a screen locks over an open dialog", "nurse", lockOverDialog],
  ["what was entered outlives a lock", "nurse", lockKeeps],
  ["an idle screen locks by itself", "nurse", idle],
  ["a screen locks and opens while the server is away", "nurse", lockedOffline],
  ["the keyboard alone is enough", null, keyboardOnly],
];
await play(browser, steps);
await finish(browser);
