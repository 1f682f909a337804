import type { Texts } from "../index";
import { study } from "./study";

export const open: Texts["open"] = {
  study,
  addictive: {
    title: "Macht Ketamin abhängig?",
    lead:
      "Es kann. Viel Gebrauch ohne Aufsicht führt manche zu Gewöhnung, Verlangen und Abhängigkeit. " +
      "In festgelegten Dosen unter Aufsicht haben Studien wenig davon gesehen. " +
      "Eine Zahl für einen einzelnen Menschen kann niemand nennen: keine Studie hat sie gemessen.",
    groups: {
      dependence: "Abhängigkeit, Verlangen, Gewöhnung, Entzug",
      noticing: "Früh bemerken, und was hilft",
      harm: "Schäden an Körper und Geist",
      treatment: "Die Behandlung und ihre Dosen",
    },
    helpFirst: "Brauchen Sie oder jemand in Ihrer Nähe jetzt Hilfe?",
    inEnglish: "Die Belege und die Hilfsangebote stehen auf Englisch.",
    onThisPage: "Auf dieser Seite",
    evidence: "Die Belege, einer nach dem anderen",
    grade: "Grad",
    supervised: "unter Aufsicht",
    unsupervised: "ohne Aufsicht",
    mixed: "beides",
    figures: "Zahlen",
    supports: "Was dafür spricht",
    against: "Was dagegen spricht",
    unknown: "Was man nicht weiß",
    limits: "Wofür es nicht taugt",
    sources: "Quellen",
    population: "Wer untersucht wurde",
    help: "Wo Hilfe ist",
    lastChecked: (day) => `geprüft ${day}`,
    all: "Alle",
    show: "Zeigen",
    emergency: "Im Notfall die Notrufnummer Ihres Landes wählen.",
    notStated: "nicht angegeben",
    grades: { A: "stark", B: "mittel", C: "schwach", D: "sehr schwach" },
  },
  answer: {
    title: "Ihre Antworten",
    send: "Senden",
    done: "Danke. Ihre Antworten sind angekommen.",
    close: "Sie können diese Seite schließen.",
    urgent:
      "Eine Ihrer Antworten sagt, dass Sie bald jemanden brauchen könnten. Sind Sie jetzt in Gefahr, rufen " +
      "Sie den Notruf Ihres Landes an. Sonst rufen Sie heute Ihre Klinik an: " +
      "Diese Seite wird nicht überwacht.",
    later: "Die Seite ließ sich gerade nicht öffnen. Was Sie hier beantwortet haben, bleibt erhalten.",
    gone: "Dieser Link gilt nicht mehr. Bitte lassen Sie sich in der Klinik einen neuen geben.",
    missing: "Bitte beantworten Sie jede markierte Frage.",
    choose: "Zahl wählen",
    expires: (time) => `Gültig bis ${time}`,
    confirm: "Jeder Link gilt einmal. Bitte die Antworten vor dem Senden durchsehen.",
    noToken: "Diese Seite öffnet sich mit einem Link Ihrer Klinik.",
  },
  questions: {
    yes: "Ja",
    no: "Nein",
    of: (low, high) => `${low} bis ${high}`,
    required: "braucht eine Antwort",
  },
};
