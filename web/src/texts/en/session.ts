// Words of a visit.
export const session = {
  states: {
    not_arrived: "not arrived", checked_in: "checked in", pre_checks: "pre-checks", ready: "ready", infusing: "infusion runs",
    observing: "observed", discharged: "discharged", stopped: "left otherwise", cancelled: "cancelled",
  } as Record<string, string>,
  toChart: "Chart", byProtocol: "By protocol",
  checkIn: {
    title: "Check in", go: "Check in", place: "Chair or room", placeHint: "For example: chair 2", session: "Name of the session",
  },
  gates: {
    title: "Before the start", clearAll: "Nothing stands in the way", open: (n: number) => `${n} in the way`,
    done: (n: number) => `In order: ${n}`, clear: "Clear", concern: "Concern…", notApplicable: "Not applicable…",
    first: "First person", second: "Second person", weight: "Weight today", toVitals: "Enter vital signs", ask: "Ask the ASQ",
    evaluations: "Evaluations", plan: "Plan", chart: "Chart", again: "Again", cancel: "Cancel the visit", cancelGo: "Cancel the visit",
    clinicianDecides: "A clinician decides.",
    decidedBy: (who: string, when: string, on: boolean) => `${who} decided at ${when} ${on ? "to go on" : "not to go on"}:`,
    marks: { ok: "ok", decided: "decided", look: "look", decide: "DECIDE", barred: "BARRED" },
    checks: {
      fasting: "Fasting", escort: "Escort", equipment: "Equipment", no_change: "Health and medicines as before",
      pregnancy: "Pregnancy", identity_first: "Identity, first person", identity_second: "Identity, second person",
    } as Record<string, string>,
    outcomes: { clear: "clear", concern: "concern", not_applicable: "not applicable" } as Record<string, string>,
  },
  decide: {
    open: "Decide…", title: "Decide", sign: "Sign", legend: "Decision", goOn: "Go on", notOn: "Do not go on",
    hint: "It counts for what is known now. A later value needs a new decision.",
  },
  start: {
    title: "Start by reading back", readyTitle: "Make ready", planned: "Planned today:", over: "over", noPlanned: "No dose is planned.",
    baseOf: (drug: string) => `base of ${drug}`, mgBase: "mg base", mgPerMl: "mg base per mL", dose: "Dose", perKg: "Per kg",
    volume: "Volume", rate: "Pump rate", massRate: "Dose rate", length: "Length", strength: "Concentration in the syringe",
    second: "Second checker", secondHint: "Another person, who reads it back.", readyGo: "Drawn up and read back by two",
    readBack: "Read back from the syringe and the pump", volumeSyringe: "Volume in the syringe", ratePump: "Rate on the pump",
    differs: "It differs from what was made ready.", go: "Start the infusion",
    drawnBy: (by: string, second: string, strength: string, weight: string) =>
      `Made ready by ${by}, read back by ${second}: ${strength} mg base per mL, for ${weight} kg.`,
  },
  figures: {
    elapsed: "Since the start", ran: "Infusion took", given: "Given", rate: "Rate now", started: "Started", paused: "paused",
    since: "Since the end", of: (whole: string) => `of ${whole}`, endedAt: (time: string) => `ended ${time}`,
  },
  infusion: {
    pause: "Pause", paused: "paused", pauseHint: "The rate becomes 0. Stop the pump first, then write it down.", rate: "Change rate",
    resume: "Go on", rateGo: "Set rate", newRate: "New rate", mgPerHour: "mg base per hour",
    ordered: (rate: string) => `As ordered: ${rate} mg/h.`, end: "End infusion", ended: "ended, given",
    given: "Given in all", givenHint: "As the syringe shows it, in mg base.", byRates: (mg: string) => `By the rates: ${mg} mg.`,
    completion: "How it ended", completed: "completed", stopped: "stopped early", sign: "Sign seen", whichSign: "Which sign",
    leave: "Leaves otherwise", leaveHint: "For a patient who leaves without a discharge. What happened is written down.",
    departure: "How", departures: {
      transferred: "transferred", left_against_advice: "left against advice", other: "otherwise",
    } as Record<string, string>,
  },
  vitals: {
    title: "Vital signs", save: "Save", pad: "Digits", erase: "Erase", next: "Next field", taken: "Taken", now: "(now)",
    ago: (n: number) => `(${n} min ago)`, before: (value: string) => `last ${value}`,
    range: (low: number, high: number) => `${low} to ${high}`, pair: "Both pressures, or none.", order: "Below the systolic.",
    names: {
      systolic_mmHg: "Systolic", diastolic_mmHg: "Diastolic", heart_rate_per_min: "Heart rate", spo2_percent: "SpO₂",
      respiratory_rate_per_min: "Breathing", moaas: "MOAA/S",
    },
    short: { pressure: "BP", heart: "HR", breath: "RR" },
    moaas: ["no response", "to a painful squeeze", "to shaking", "to loud name", "sluggish to name", "awake"],
  },
  due: {
    title: "Vital signs due", dueNow: (late: string) => `DUE, ${late} late`, dueIn: (time: string) => `in ${time}`,
    all: (done: number, all: number) => `All: ${done} of ${all} taken`,
    states: { taken: "taken", late: "taken late", missing: "missing", overdue: "overdue", to_come: "to come" } as Record<string, string>,
  },
  flowsheet: {
    title: "Flowsheet", started: "infusion started", ended: "infusion ended, given", paused: "paused", goOn: "go on",
    notOn: "do not go on", sign: "sign seen:",
  },
  curve: {
    title: "Expected concentration", about: "Now about", now: "now", beyond: "Beyond the predicted time.",
    peak: (level: string, min: string) => `Peak about ${level} at ${min} min`, none: (why: string) => `Not predicted. ${why}`,
    label: "Plot of the expected concentration from the start of the infusion, with a line at the present time.",
    band: "A prediction, not a measurement and not a target.",
  },
  alerts: {
    stop: "STOP", hold: "HOLD", value: (seen: string, limit: string) => `${seen}, limit ${limit}`, clinician: "A clinician decides.",
    fired: "Rules that fired", answers: {
      none: "not answered", paused: "paused", ended: "infusion ended", decided: "decided", not_asked: "shown",
    } as Record<string, string>,
  },
  discharge: {
    title: "Before the way home", until: "until", observe: (time: string) => `to be observed until ${time}`, ready: "all met",
    notReady: "not yet", met: { met: "ok", not_met: "NOT YET", unknown: "UNKNOWN" }, score: "Readiness score",
    screen: "Suicide screen (ASQ)", escort: "Escort is here", moaas: "Alertness (MOAA/S)", contact: "Next contact", go: "Discharge",
  },
  drug: { title: "Drug and waste", none: "Nothing drawn up for this session.", left: (mL: string) => `${mL} mL left in the syringe`,
    wasteVial: "Waste from a vial" },
  keys: {
    on: "Keys:", off: "Keys are off.", turnOff: "Turn keys off", turnOn: "Turn keys on",
    names: { vitals: "vital signs", rate: "rate", sign: "sign", end: "end" },
  },
};
