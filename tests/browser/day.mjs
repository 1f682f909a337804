// A day as each role: a plan is approved, an evaluation raises the alarm, a finding is closed, the ledger is
// counted, the audit is verified, a user is added, a screen locks and keeps what was typed; and what a role
// may not see.
import {
  check,
  findCourse,
  finish,
  launch,
  nameOf,
  password,
  patients,
  picture,
  signedIn,
  step,
} from "./browser.mjs";

const browser = await launch();
await findCourse(browser);
const inDays = (n) => new Date(Date.now() + n * 864e5).toISOString().slice(0, 10);
const dialog = (page) => page.getByRole("dialog");
const gone = (page) => dialog(page).waitFor({ state: "detached" });

async function as(role, what) {
  const page = await signedIn(browser, role);
  try {
    await what(page);
  } finally {
    await page.context().close();
  }
}

async function approve(page) {
  await page.goto(`/patients/${patients.first}/plan`);
  await page.getByRole("button", { name: "Approve a plan" }).click();
  await dialog(page).getByLabel("Protocol", { exact: true }).selectOption("nasal-esketamine-trd");
  const fixed = dialog(page).getByLabel("Fixed dose");
  await fixed.waitFor();
  check((await fixed.inputValue()) === "56", "a protocol of fixed doses begins with its first");
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
  const still = await patient.getByRole("radio", { name: "2", exact: true }).isChecked();
  check(still, "a server that is busy is no link that is gone, and a reload keeps the answers");
  await patient.getByRole("button", { name: "Send" }).click();
  await patient.getByText("Your answers were sent").waitFor();
  check((await patient.evaluate(() => sessionStorage.length)) === 0, "what was sent is kept no longer");
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

async function closeFinding(page) {
  await page.goto(`/patients/${patients.course}`);
  await page.locator(".finding:not(.closed)").first().waitFor();
  const title = await page.locator(".finding:not(.closed) h3").last().textContent();
  const finding = page.locator(".finding:not(.closed)").filter({ hasText: title });
  await finding.getByRole("button", { name: "Close, watch or act" }).click();
  await dialog(page).getByLabel("Decision").selectOption("no_concern");
  await dialog(page).getByLabel("Reason").fill("looked at with the patient; another cause was found");
  await picture(page, "day-review");
  await dialog(page).getByRole("button", { name: "Sign" }).click();
  await gone(page);
  await finding.waitFor({ state: "detached", timeout: 20_000 });
}

async function count(page) {
  await page.goto("/ledger");
  await page.getByRole("button", { name: "Count", exact: true }).click();
  const lot = dialog(page).getByLabel("Lot");
  await lot.selectOption({ index: 1 });
  await dialog(page).getByLabel("Vials", { exact: true }).fill("7");
  for (const part of await dialog(page).locator("fieldset input").all()) await part.fill("9");
  await dialog(page).getByLabel("Witness").selectOption({ label: "another person…" });
  await dialog(page).getByLabel("Witness").fill(nameOf("pharmacist"));
  check(await dialog(page).getByText("must be another one").isVisible(), "nobody is their own witness");
  await dialog(page).getByLabel("Witness").fill(nameOf("second"));
  await picture(page, "day-count");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await gone(page);
  // A slip is taken back by an entry of its own, and stays in sight.
  const slip = page.locator("table.log tbody tr").filter({ hasText: "counted" }).first();
  await slip.getByRole("button", { name: "Mark as error" }).click();
  await dialog(page).getByLabel("Reason").fill("another lot was meant");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await gone(page);
  await page.locator("table.log tbody tr.struck").first().waitFor();
}

async function audit(page) {
  await page.goto("/audit");
  await page.getByRole("button", { name: "Verify the chain" }).click();
  await page.getByText("The chain is whole").waitFor();
  await page.getByLabel(/^About/).fill(`patient/${patients.course}`);
  await page.getByRole("button", { name: "Search" }).click();
  await page.locator("table.audit tbody tr").first().waitFor();
  await page.getByLabel(/^About/).fill("");
  await page.getByRole("button", { name: "Search" }).click();
  const rows = page.locator("table.audit tbody tr");
  await rows.nth(99).waitFor();
  await page.getByRole("button", { name: "Older entries" }).click();
  await rows.nth(100).waitFor();
  const numbers = await rows.locator("td:first-child").allTextContents();
  check(new Set(numbers).size === numbers.length, "older entries follow the newest, each once");
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
  const name = `trainee-${Date.now() % 10_000}`;
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
  check(await go.isDisabled(), "a reason of more than 400 bytes is not sent");
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

async function lockAndBack(page) {
  await page.goto(`/patients/${patients.course}`);
  await page.getByLabel("Write down").selectOption("contact");
  await dialog(page).getByLabel(/Note/).fill("half a sentence");
  await page.evaluate(() => document.querySelector("button.lock-now").click());
  await page.locator(".lock").waitFor();
  await picture(page, "day-locked");
  check(!(await page.locator(".banner h1").isVisible()), "a locked screen shows no patient");
  await page.reload();
  await page.locator(".lock").waitFor();
  await page.locator(".lock").getByLabel("Password").fill(password);
  await page.locator(".lock").getByRole("button", { name: "Unlock" }).click();
  await page.locator(".banner h1").waitFor();
}

async function lockKeeps(page) {
  await page.goto(`/patients/${patients.course}/evaluate?instrument=gad-7&moment=between_doses`);
  await page.getByRole("radio").nth(1).check();
  await page.locator("button.lock-now").click();
  await page.locator(".lock").getByLabel("Password").fill(password);
  await page.locator(".lock").getByRole("button", { name: "Unlock" }).click();
  await page.locator(".lock").waitFor({ state: "detached" });
  check(await page.getByRole("radio").nth(1).isChecked(), "what was entered outlives the lock");
}

async function idle(page) {
  await page.clock.install();
  await page.goto(`/patients/${patients.course}`);
  await page.locator(".banner h1").waitFor();
  const { idle_lock_s: seconds } = await page.evaluate(async () => (await fetch("/api/me")).json());
  await page.clock.fastForward((seconds - 90) * 1000);
  check((await page.locator(".lock").count()) === 0, "before the idle time the screen is open");
  await page.clock.fastForward(100_000);
  await page.locator(".lock").waitFor();
}

// The server is away: the screen locks and opens all the same, for the one who locked it, and for nobody
// else.
async function lockedOffline(page) {
  await page.getByRole("link", { name: "Patients", exact: true }).click();
  await page
    .getByRole("row", { name: new RegExp(patients.course) })
    .getByRole("link")
    .first()
    .click();
  await page.locator(".timeline canvas").first().waitFor();
  await page.context().setOffline(true);
  await page.locator("button.lock-now").click();
  const unlock = async (word) => {
    await page.locator(".lock").getByLabel("Password").fill(word);
    await page.locator(".lock").getByRole("button", { name: "Unlock" }).click();
  };
  await unlock("not the password");
  await page.locator(".lock .problem").waitFor();
  await unlock(password);
  await page.locator(".lock").waitFor({ state: "detached" });
  check(await page.locator(".banner h1").isVisible(), "the one who locked it is back in without the server");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("Name", { exact: true }).waitFor();
  await page.context().setOffline(false);
  await page.reload();
  await page.getByLabel("Name", { exact: true }).waitFor();
  check(
    (await page.evaluate(async () => (await fetch("/api/me")).status)) === 401,
    "a sign-out made while offline is made good",
  );
}

// Only Tab, Enter, arrows and letters, from the sign-in to a written contact.
async function keyboardOnly() {
  const page = await signedIn(browser, null);
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
  await dialog(page).waitFor();
  await page.keyboard.press("Escape");
  await gone(page);
  await page.context().close();
}

const steps = [
  ["the prescriber approves a plan", () => as("prescriber", approve)],
  ["the nurse evaluates, and an urgent answer is told at once", () => as("nurse", urgent)],
  ["the patient answers by a link on a phone", () => as("nurse", oneTimeLink)],
  ["the patient's urgent answer by a link is answered at once", () => as("nurse", urgentByLink)],
  ["the prescriber closes a finding with a reason", () => as("prescriber", closeFinding)],
  ["the pharmacist counts before a witness", () => as("pharmacist", count)],
  ["the auditor searches and verifies", () => as("auditor", audit)],
  ["the administrator adds a user", () => as("administrator", addUser)],
  ["a screen locks and is opened again", () => as("nurse", lockAndBack)],
  ["what was entered outlives a lock", () => as("nurse", lockKeeps)],
  ["an idle screen locks by itself", () => as("nurse", idle)],
  ["a screen locks and opens while the server is away", () => as("nurse", lockedOffline)],
  ["the keyboard alone is enough", keyboardOnly],
];
const only = process.argv[4] ? new RegExp(process.argv[4]) : /./;
for (const [words, what] of steps.filter(([name]) => only.test(name)))
  await step(words, what).catch(() => undefined);
await finish(browser);
