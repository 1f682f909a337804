// An invented course of two years: 100 sessions, about 3,000 readings of vital signs, as a record of JSON
// lines.
const amount = (value, unit) => ({ value, unit, as: "base" });

function visit(n, first, add, score) {
  const start = Math.floor(first / 864e5) * 864e5 + Math.round(2 + 7.3 * n) * 864e5 + 9 * 36e5;
  const at = (minutes) => start + minutes * 60_000;
  const read = (minutes, top) =>
    add(
      "vital_signs",
      {
        systolic_mmHg: top,
        diastolic_mmHg: top - 44,
        heart_rate_per_min: 60 + Math.floor(top / 10),
        spo2_percent: 98,
        moaas: 5,
      },
      at(minutes),
    );
  score(Math.max(4, 21 - Math.floor(n / 3) + (n % 5)), at(-30), "before_dose");
  read(-5, 122 + (n % 9));
  add(
    "session_started",
    {
      session: `s${n + 1}`,
      route: "intravenous",
      drug: "racemic-ketamine",
      dose: amount(35, "mg"),
      infusion_length: { value: 40, unit: "min" },
      weight: { value: 70, unit: "kg" },
    },
    start,
  );
  for (let k = 1; k < 14; k++) read(3 * k, 126 + ((k * 7 + n) % 30));
  add(
    "session_ended",
    {
      session: `s${n + 1}`,
      given: amount(35, "mg"),
      completion: "completed",
    },
    at(40),
  );
  for (let k = 0; k < 16; k++) read(42 + 4 * k, 138 - k + (n % 7));
  add("session_discharged", { session: `s${n + 1}`, escort: true, moaas: 5 }, at(110));
}

export function twoYears(patient, end) {
  const lines = [
    {
      format: "evenkeel.record",
      version: 1,
      patient,
      origin: "Invented, for the bench of the chart.",
    },
  ];
  const first = end - 735 * 864e5;
  const add = (kind, body, at, by = "nurse-1") => {
    const stamp = new Date(at).toISOString().replace(/\.\d+Z/, "Z");
    lines.push({
      id: `e${lines.length}`,
      patient,
      at: stamp,
      recorded_at: stamp,
      recorded_by: by,
      kind,
      body,
    });
  };
  const score = (total, at, moment) => add("evaluation", { instrument: "phq-9", moment, total }, at);
  const day = (n) => new Date(first + n * 864e5).toISOString().slice(0, 10);
  add("patient_facts", { born: "1979-01-20", sex: "female", weight: { value: 70, unit: "kg" } }, first);
  score(21, first, "baseline");
  add(
    "plan_approved",
    {
      protocol: "iv-ket-trd-0.5x40",
      protocol_version: "2.0.0",
      drug: "racemic-ketamine",
      indication: "depression",
      endpoint: { instrument: "phq-9", target: "response" },
      dose: amount(0.5, "mg/kg"),
      infusion_length: { value: 40, unit: "min" },
      weight_basis: "actual",
      planned_sessions: 100,
      interval: { value: 7, unit: "d" },
      stop_date: day(800),
      responsible_clinician: "prescriber-1",
      next_review: day(750),
      consent_version: "1",
    },
    first + 36e5,
    "prescriber-1",
  );
  for (let n = 0; n < 100; n++) visit(n, first, add, score);
  return lines;
}
