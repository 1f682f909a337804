import { expect, test } from "vitest";
import { clock } from "../src/format/time";
import { told } from "../src/format/told";

process.env["TZ"] = "America/New_York"; // four hours behind in July, five in November

test("moments and dates of a sentence are said as on the pages, in the reader's zone", () => {
  const at = "2026-11-09T12:00:00Z";
  expect(told(`weight is stale: 53.9 kg on ${at}, 20.4 d before`)).toBe(
    `weight is stale: 53.9 kg on 9 Nov 2026, ${clock(at)}, 20.4 d before`,
  );
  expect(told("(2026-06-22 to 2026-06-26)")).toBe("(22 Jun 2026 to 26 Jun 2026)");
});

test("a time that is said in UTC is the reader's own, also around midnight", () => {
  const late = new Date("2026-11-09T23:58:00Z");
  expect(told("MOAA/S 5 at 23:50 UTC; 5 is asked for", late)).toBe(
    `MOAA/S 5 at ${clock("2026-11-09T23:50:00Z")}; 5 is asked for`,
  );
  expect(told("at 00:05 UTC", late)).toBe(`at ${clock("2026-11-10T00:05:00Z")}`);
  expect(told("ASQ at 2026-07-09 08:19 UTC: nothing urgent", late)).toBe(
    `ASQ at 9 Jul 2026, ${clock("2026-07-09T08:19:00Z")}: nothing urgent`,
  );
});

test("the clock of the moment counts, not that of now", () => {
  expect(told("at 12:00 UTC", new Date("2026-07-09T12:30:00Z"))).toBe("at 08:00");
  expect(told("at 12:00 UTC", new Date("2026-11-09T12:30:00Z"))).toBe("at 07:00");
});

test("what only looks like a date stays as it was", () => {
  expect(told("kamp-2020 1.1.0, 10-30 min, D-1041, 12026-06-22")).toBe(
    "kamp-2020 1.1.0, 10-30 min, D-1041, 12026-06-22",
  );
});

test("a change stands on one line", () => {
  expect(told("peak 7.0 -> 4.3: means")).toBe("peak 7.0\u00a0→\u00a04.3: means");
});

test("a date inside a longer word, as a session's name, is part of that word", () => {
  expect(told("session s-2026-11-30-0036: no vital signs since 2026-11-30")).toBe(
    "session s-2026-11-30-0036: no vital signs since 30 Nov 2026",
  );
});

test("a field of the record is said by its word", () => {
  expect(told("infusion_length: at least 40 min")).toBe("infusion length: at least 40 min");
});
