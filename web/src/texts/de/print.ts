import type { Texts } from "../index";

export const print: Texts["print"] = {
  head: (site, when, by) => `${site}. Gedruckt ${when} von ${by}.`,
  unsaved: (n) =>
    `${n} ${n === 1 ? "Eingabe war" : "Eingaben waren"} beim Drucken noch nicht gespeichert; ` +
    `${n === 1 ? "sie fehlt" : "sie fehlen"} hier.`,
  notAll: (n, all) => `${n} von ${all} Einträgen; der Bericht zum Drucken hat sie alle.`,
  session: "Sitzung",
  date: "Datum",
  drawnUp: "Bereitgemacht",
  drawnBy: "Bereitgemacht von",
  weight: "Gewicht",
  ordered: "Verordnet",
  started: "Begonnen",
  given: "Gegeben",
  runs: "läuft noch",
  routes: { intravenous: "in die Vene", intranasal: "über die Nase" },
  checks: "Vorprüfungen",
  outcome: "Ergebnis",
  missed: (times) => `Fällig und nicht gemessen: ${times}.`,
  happened: "Was geschah",
  discharged: "Entlassen",
  notDischarged: "Nicht entlassen.",
};
