// Words that stand on paper alone.
export const print = {
  head: (site: string, when: string, by: string) => `${site}. Printed ${when} by ${by}.`,
  unsaved: (n: number) =>
    `${n} ${n === 1 ? "entry was" : "entries were"} not saved yet when this was printed, and not on it.`,
  notAll: (n: number, all: number) => `${n} of ${all} entries; the report to print has them all.`,
  session: "Session",
  date: "Date",
  drawnUp: "Made ready",
  drawnBy: "Made ready by",
  weight: "Weight",
  ordered: "Ordered",
  started: "Started",
  given: "Given",
  runs: "still runs",
  routes: { intravenous: "into a vein", intranasal: "by the nose" } as Record<string, string>,
  checks: "Pre-checks",
  outcome: "Outcome",
  missed: (times: string) => `Due and not taken: ${times}.`,
  happened: "What happened",
  discharged: "Discharged",
  notDischarged: "Not discharged.",
};
