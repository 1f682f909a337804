// Signing in through the clinic's own provider, in a browser: the cookies are what a real one makes of them.
// And a clinic that demands a second factor of everybody.
import { createHmac } from "node:crypto";
import { base, check, comes, dialog, finish, launch, password, picture, signedIn, step } from "./browser.mjs";

const provider = process.env.EVENKEEL_TEST_PROVIDER;
const service = "Test clinic sign-in";
const browser = await launch();
const next = (sub) => fetch(`${provider}/test?sub=${sub}&amr=pwd,otp`);

const fresh = () => signedIn(browser, null, { ignoreHTTPSErrors: true });

// RFC 6238, for the clinic's own second factor.
function code(secret) {
  const bits = [...secret].map((c) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0"),
  );
  const bytes = bits
    .join("")
    .match(/.{8}/g)
    .map((eight) => parseInt(eight, 2));
  const moment = Buffer.alloc(8);
  moment.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", Buffer.from(bytes)).update(moment).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function throughProvider(page) {
  await page.goto("/");
  await page.getByRole("link", { name: `Sign in with ${service}` }).click();
}

async function setUpFactor(page) {
  await page.goto("/users");
  await page.getByLabel("Name", { exact: true }).fill("admin-1");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("This clinic demands a second factor of everybody").waitFor();
  check((await page.locator("nav").count()) === 0, "nothing else is offered before");
  await picture(page, "openid-factor-due");
  const secret = (await page.locator("code.secret").textContent()).replaceAll(" ", "");
  await page.locator("[autocomplete=one-time-code]").fill(code(secret));
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByRole("heading", { name: "Users" }).first().waitFor();
}

async function link(page, name, subject) {
  await page.getByRole("button", { name: `Link ${name}`, exact: true }).click();
  await dialog(page).getByLabel("Subject").fill(subject);
  await picture(page, "openid-link");
  await dialog(page).getByRole("button", { name: "Link", exact: true }).click();
  await page.getByRole("button", { name: `Unlink ${name}`, exact: true }).waitFor();
}

async function unknown() {
  const page = await fresh();
  await next("carla");
  await throughProvider(page);
  await page.getByRole("heading", { name: "No account here is linked to you" }).waitFor();
  check((await page.locator("code").textContent()) === "carla", "it says what an administrator needs");
  await picture(page, "openid-unlinked");
  await page.context().close();
}

async function signIn(page) {
  await next("anna");
  await throughProvider(page);
  await page.locator(".who .name").waitFor();
  check(new URL(page.url()).pathname === "/", "and stands on the pages");
  const cookie = (await page.context().cookies(base)).find((each) => each.name === "evenkeel");
  check(cookie?.sameSite === "Strict" && cookie.httpOnly, "with the strict cookie of every sign-in");
}

async function unlockAs(page, subject, title) {
  await page.goto("/patients");
  await page.getByRole("searchbox").fill("half a na");
  await page.locator("button.lock-now").click();
  await page.locator(".lock").waitFor();
  await picture(page, "openid-locked");
  await next(subject);
  const [tab] = await Promise.all([
    page.context().waitForEvent("page"),
    page.getByRole("link", { name: `Unlock with ${service}` }).click(),
  ]);
  await tab.getByRole("heading", { name: title }).waitFor();
  await tab.close();
  const asked = page.waitForResponse((response) => new URL(response.url()).pathname === "/api/me");
  await page.bringToFront();
  await page.evaluate(() => window.dispatchEvent(new Event("focus"))); // no window has it here
  await asked;
}

const administrator = await fresh();
await step("a second factor that is demanded is set up first", () => setUpFactor(administrator));
await step("a subject that nobody linked is told so", unknown);
await step("an administrator links", () => link(administrator, "nurse-1", "anna"));
await step("and another", () => link(administrator, "nurse-2", "ben"));
const nurse = await fresh();
await step("who is linked signs in", () => signIn(nurse));
await step("the same person opens the locked screen", async () => {
  await unlockAs(nurse, "anna", "Unlocked");
  await nurse.locator(".lock").waitFor({ state: "detached" });
  const typed = () => nurse.getByRole("searchbox").inputValue();
  await comes("what was typed is kept", typed, "half a na");
});
await step("another does not", async () => {
  await unlockAs(nurse, "ben", "The screen is locked for somebody else");
  // By the answer to this the page has taken the one that it asked for when it was looked at again.
  const { locked } = await nurse.evaluate(async () => (await fetch("/api/me")).json());
  check(locked === true, "the server has it locked");
  check(await nurse.locator(".lock").isVisible(), "and so has the page");
});
await finish(browser);
