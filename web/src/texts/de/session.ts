import type { Texts } from "../index";

export const session: Texts["session"] = {
  states: {
    not_arrived: "nicht da", checked_in: "aufgenommen", pre_checks: "Vorprüfungen", ready: "bereit", infusing: "Infusion läuft",
    observing: "wird beobachtet", discharged: "entlassen", stopped: "anders gegangen", cancelled: "abgesagt",
  },
  toChart: "Akte", byProtocol: "Nach Behandlungsprotokoll",
  checkIn: {
    title: "Aufnehmen", go: "Aufnehmen", place: "Stuhl oder Raum", placeHint: "Zum Beispiel: Stuhl 2", session: "Name der Sitzung",
  },
  gates: {
    title: "Vor dem Beginn", clearAll: "Nichts steht im Weg", open: (n) => `${n} im Weg`,
    done: (n) => `In Ordnung: ${n}`, clear: "In Ordnung", concern: "Bedenken…", notApplicable: "Trifft nicht zu…",
    first: "Erste Person", second: "Zweite Person", weight: "Gewicht heute", toVitals: "Vitalwerte eingeben", ask: "ASQ fragen",
    evaluations: "Befragungen", plan: "Plan", chart: "Akte", again: "Noch einmal", cancel: "Besuch absagen", cancelGo: "Besuch absagen",
    clinicianDecides: "Eine Ärztin oder ein Arzt entscheidet.",
    decidedBy: (who, when, on) => `${who} hat um ${when} entschieden, ${on ? "fortzufahren" : "nicht fortzufahren"}:`,
    marks: { ok: "gut", decided: "entschieden", look: "ansehen", decide: "ENTSCHEIDEN", barred: "VERWEHRT" },
    checks: {
      fasting: "Nüchtern", escort: "Begleitung", equipment: "Ausrüstung", no_change: "Gesundheit und Mittel wie zuvor",
      pregnancy: "Schwangerschaft", identity_first: "Identität, erste Person", identity_second: "Identität, zweite Person",
    },
    outcomes: { clear: "in Ordnung", concern: "Bedenken", not_applicable: "trifft nicht zu" },
  },
  decide: {
    open: "Entscheiden…", title: "Entscheiden", sign: "Unterschreiben", legend: "Entscheidung", goOn: "Fortfahren", notOn: "Nicht fortfahren",
    hint: "Sie gilt für das, was jetzt bekannt ist. Ein späterer Wert braucht eine neue.",
  },
  start: {
    title: "Beginnen mit Zurücklesen", readyTitle: "Bereitstellen", planned: "Heute geplant:", over: "über", noPlanned: "Es ist keine Dosis geplant.",
    baseOf: (drug) => `Base von ${drug}`, mgBase: "mg Base", mgPerMl: "mg Base je mL", dose: "Dosis", perKg: "Je kg",
    volume: "Volumen", rate: "Pumpenrate", massRate: "Dosisrate", length: "Dauer", strength: "Konzentration in der Spritze",
    second: "Zweite Prüfung", secondHint: "Eine andere Person, die zurückliest.", readyGo: "Aufgezogen und von zweien zurückgelesen",
    readBack: "Von Spritze und Pumpe zurücklesen", volumeSyringe: "Volumen in der Spritze", ratePump: "Rate an der Pumpe",
    differs: "Es weicht von dem ab, was bereitgestellt ist.", go: "Infusion beginnen",
    drawnBy: (by, second, strength, weight) =>
      `Bereitgestellt von ${by}, zurückgelesen von ${second}: ${strength} mg Base je mL, für ${weight} kg.`,
  },
  figures: {
    elapsed: "Seit Beginn", ran: "Infusion dauerte", given: "Gegeben", rate: "Rate jetzt", started: "Begonnen", paused: "pausiert",
    since: "Seit dem Ende", of: (whole) => `von ${whole}`, endedAt: (time) => `Ende ${time}`,
  },
  infusion: {
    pause: "Pause", paused: "pausiert", pauseHint: "Die Rate wird 0. Erst die Pumpe anhalten, dann eintragen.", rate: "Rate ändern",
    resume: "Weiter", rateGo: "Rate setzen", newRate: "Neue Rate", mgPerHour: "mg Base je Stunde",
    ordered: (rate) => `Wie angeordnet: ${rate} mg/h.`, end: "Infusion beenden", ended: "beendet, gegeben",
    given: "Insgesamt gegeben", givenHint: "Wie die Spritze es zeigt, in mg Base.", byRates: (mg) => `Nach den Raten: ${mg} mg.`,
    completion: "Wie sie endete", completed: "vollständig", stopped: "vorzeitig", sign: "Zeichen gesehen", whichSign: "Welches Zeichen",
    leave: "Geht anders", leaveHint: "Für jemanden, der ohne Entlassung geht. Was geschah, wird aufgeschrieben.",
    departure: "Wie", departures: {
      transferred: "verlegt", left_against_advice: "gegen Rat gegangen", other: "anders",
    },
  },
  vitals: {
    title: "Vitalwerte", save: "Speichern", pad: "Ziffern", erase: "Löschen", next: "Nächstes Feld", taken: "Gemessen", now: "(jetzt)",
    ago: (n) => `(vor ${n} min)`, before: (value) => `zuletzt ${value}`,
    range: (low, high) => `${low} bis ${high}`, pair: "Beide Drücke oder keiner.", order: "Kleiner als der systolische.",
    names: {
      systolic_mmHg: "Systolisch", diastolic_mmHg: "Diastolisch", heart_rate_per_min: "Puls", spo2_percent: "SpO₂",
      respiratory_rate_per_min: "Atmung", moaas: "MOAA/S",
    },
    short: { pressure: "RR", heart: "Puls", breath: "AF" },
    moaas: ["keine Antwort", "auf schmerzhaftes Kneifen", "auf Rütteln", "auf lauten Namen", "träge auf Namen", "wach"],
  },
  due: {
    title: "Vitalwerte fällig", dueNow: (late) => `FÄLLIG, ${late} zu spät`, dueIn: (time) => `in ${time}`,
    all: (done, all) => `Alle: ${done} von ${all} gemessen`,
    states: { taken: "gemessen", late: "spät gemessen", missing: "fehlt", overdue: "überfällig", to_come: "kommt noch" },
  },
  flowsheet: {
    title: "Verlaufsbogen", started: "Infusion begonnen", ended: "Infusion beendet, gegeben", paused: "pausiert", goOn: "fortfahren",
    notOn: "nicht fortfahren", sign: "Zeichen gesehen:",
  },
  curve: {
    title: "Erwartete Konzentration", about: "Jetzt etwa", now: "jetzt", beyond: "Jenseits der vorhergesagten Zeit.",
    peak: (level, min) => `Gipfel etwa ${level} bei ${min} min`, none: (why) => `Nicht vorhergesagt. ${why}`,
    label: "Kurve der erwarteten Konzentration ab Beginn der Infusion, mit einer Linie bei jetzt.",
    band: "Eine Vorhersage, keine Messung und kein Ziel.",
  },
  alerts: {
    stop: "STOPP", hold: "PAUSE", value: (seen, limit) => `${seen}, Grenze ${limit}`, clinician: "Eine Ärztin oder ein Arzt entscheidet.",
    fired: "Ausgelöste Regeln", answers: {
      none: "nicht beantwortet", paused: "pausiert", ended: "Infusion beendet", decided: "entschieden", not_asked: "gezeigt",
    },
  },
  discharge: {
    title: "Vor dem Heimweg", until: "bis", observe: (time) => `zu beobachten bis ${time}`, ready: "alles erfüllt",
    notReady: "noch nicht", met: { met: "gut", not_met: "NOCH NICHT", unknown: "UNBEKANNT" }, score: "Punkte zur Entlassung",
    screen: "Suizidfragen (ASQ)", escort: "Begleitung ist da", moaas: "Wachheit (MOAA/S)", contact: "Nächster Kontakt", go: "Entlassen",
  },
  drug: { title: "Mittel und Verwurf", none: "Für diese Sitzung ist nichts aufgezogen.", left: (mL) => `${mL} mL noch in der Spritze`,
    wasteVial: "Aus einer Flasche verwerfen" },
  keys: {
    on: "Tasten:", off: "Tasten sind aus.", turnOff: "Tasten ausschalten", turnOn: "Tasten einschalten",
    names: { vitals: "Vitalwerte", rate: "Rate", sign: "Zeichen", end: "Ende" },
  },
};
