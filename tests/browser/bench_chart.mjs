// How long the chart of a two-year course (100 sessions, 3,000 readings) takes to be drawn after its data
// arrived. The assessment is the program's own, of an invented record; the browser is handed it as the
// server's answer.
//   EVENKEEL=program node bench_chart.mjs URL [FOLDER] [RUNS]
// It ends with 1 where even the best run is over 100 ms: what else the machine does only adds to it.
import { execFileSync } from "node:child_process";
import { check, finish, launch, patients, signedIn } from "./browser.mjs";
import { twoYears } from "./two_years.mjs";

const runs = Number(process.argv[4] ?? 7);
const patient = patients.long;
const [heading, ...events] = twoYears(patient, Date.now());
const record = [heading, ...events].map((line) => JSON.stringify(line)).join("\n");
const assessment = execFileSync(process.env.EVENKEEL ?? "evenkeel", ["assess", "-", "--format", "json"], {
  input: record,
  maxBuffer: 1 << 28,
  cwd: new URL("../..", import.meta.url),
}).toString();
const plan = events.find((e) => e.kind === "plan_approved").body;
const browser = await launch();
const page = await signedIn(browser, "prescriber");
const answer = (body) => (route) => route.fulfill({ status: 200, contentType: "application/json", body });
await page.route(
  `**/api/patients/${patient}/chart`,
  answer(
    JSON.stringify({
      person: { patient, name: "Two Years", born: "1979-01-20" },
      version: events.length,
      now: new Date().toISOString(),
      assessment: JSON.parse(assessment),
      plan,
      signature: null,
      visits: [],
      opened_until: null,
      events: events.length,
    }),
  ),
);
await page.route(
  `**/api/patients/${patient}/events*`,
  answer(
    JSON.stringify({
      version: events.length,
      events: events.map((e, i) => ({ version: i + 1, ...e })),
    }),
  ),
);

// From the last answer to the frame after the last plot; and the longest the page was busy in one piece.
async function once() {
  await page.goto("/library");
  await page.locator(".library-list").first().waitFor();
  await page.waitForTimeout(300);
  await page.evaluate((to) => {
    performance.clearMarks();
    globalThis.longest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        globalThis.longest = Math.max(globalThis.longest, entry.duration);
    }).observe({ entryTypes: ["longtask"] });
    const link = Object.assign(document.createElement("a"), {
      href: to,
      textContent: "chart",
    });
    document.querySelector("main").append(link);
    link.click();
  }, `/patients/${patient}`);
  await page.waitForFunction(
    () =>
      document.querySelectorAll(".timeline canvas").length === 4 &&
      performance.getEntriesByType("mark").some((m) => m.name.endsWith("/events")),
  );
  await page.waitForTimeout(1000);
  return page.evaluate(() => {
    const at = (test) =>
      Math.max(
        ...performance
          .getEntriesByType("mark")
          .filter((m) => test(m.name))
          .map((m) => m.startTime),
      );
    return {
      drawn: at((n) => n === "plot drawn") - at((n) => n.endsWith("/events")),
      longest: globalThis.longest,
    };
  });
}

await once();
const all = [];
for (let i = 0; i < runs; i++) all.push(await once());
const values = (key) => all.map((r) => Math.round(r[key]));
const median = (key) => values(key).sort((a, b) => a - b)[Math.floor(runs / 2)];
console.log(`${events.filter((e) => e.kind === "vital_signs").length} readings`);
console.log(`drawn after the data arrived: median ${median("drawn")} ms, all ${values("drawn").join(" ")}`);
console.log(`longest task: median ${median("longest")} ms, all ${values("longest").join(" ")}`);
const best = Math.min(...all.map((r) => r.drawn));
check(best > 0 && best < 100, "a two-year chart is drawn within 100 ms of its data");
await finish(browser);
