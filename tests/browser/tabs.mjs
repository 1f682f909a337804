// Eight tabs of one browser, of which HTTP/1.1 would let six have a stream: one has it for all, another when
// it closes or hangs, and who signs out in one has signed out in each. A chart is read again only when it is
// told to, by the stream or by the tab that has it.
import { check, comes, finish, launch, patients, signedIn, step, writeContact } from "./browser.mjs";

const browser = await launch();
const first = await signedIn(browser, "nurse");
const context = first.context();
const opened = []; // the pages that opened a stream, in their order
const standing = new Set(); // the streams that are not over
context.on("request", (request) => {
  if (new URL(request.url()).pathname !== "/api/live") return;
  opened.push(request.frame().page());
  standing.add(request);
});
for (const over of ["requestfinished", "requestfailed"])
  context.on(over, (request) => standing.delete(request));
const leaders = () => [...standing].map((each) => each.frame().page()).filter((page) => !page.isClosed());
const oneStands = () => comes("one tab has the stream", () => leaders().length, 1);

const write = (note) => writeContact(context, patients.first, note);

// How long it took is told and not judged: the machine may be busy.
async function allShow(pages, note) {
  const begun = Date.now();
  const row = (page) => page.locator(".log tbody tr", { hasText: note });
  await Promise.all(pages.map((page) => row(page).waitFor()));
  console.log(`     ${pages.length} tabs after ${Date.now() - begun} ms`);
}

const tabs = [];
const open = () => tabs.filter((page) => !page.isClosed());
const mark = Date.now().toString(36);

async function eightTabs() {
  await first.close(); // it led
  for (let i = 0; i < 8; i++) tabs.push(await context.newPage());
  await Promise.all(tabs.map((page) => page.goto(`/patients/${patients.first}`)));
  await Promise.all(tabs.map((page) => page.locator(".log tbody tr").first().waitFor()));
  await oneStands();
}

async function shown() {
  await write(`${mark} to all`);
  await allShow(open(), `${mark} to all`);
}

// A tab that closes may tell the others once more, so that they show it before one of them has a stream.
async function leaderCloses() {
  const before = opened.length;
  await leaders()[0].close();
  await write(`${mark} without the first`);
  await allShow(open(), `${mark} without the first`);
  await comes("another opened a stream", () => opened.length > before);
  await oneStands();
}

// A browser does not freeze who holds a lock, so the tab hangs: it hears and answers as little.
async function leaderHangs() {
  const before = opened.length;
  const [hung] = leaders();
  const begun = hung.waitForEvent("console", (message) => message.text() === "hangs");
  let hanging = true;
  const hangs = hung
    .evaluate(() => {
      console.log("hangs");
      const end = Date.now() + 25_000;
      while (Date.now() < end);
    })
    .then(() => (hanging = false));
  await begun;
  await write(`${mark} while it hangs`);
  const awake = open().filter((page) => page !== hung);
  await allShow(awake, `${mark} while it hangs`);
  check(hanging, "the others show it while it hangs");
  await comes("another took the stream from it", () => opened.slice(before).some((page) => page !== hung));
  await hangs;
  await allShow([hung], `${mark} while it hangs`);
  await oneStands();
}

async function signsOut() {
  await open()[0].getByRole("button", { name: "Sign out" }).dispatchEvent("click");
  await Promise.all(open().map((page) => page.getByRole("button", { name: "Sign in" }).waitFor()));
}

await step("eight tabs of one sign-in are opened", eightTabs);
await step("all show what is written", shown);
await step("the tab with the stream closes, and the others show what is written", leaderCloses);
await step("it hangs, and the others show what is written", leaderHangs);
await step("signing out in one signs out of all", signsOut);
await finish(browser);
