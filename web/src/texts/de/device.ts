import type { Texts } from "../index";

export const device: Texts["device"] = {
  glance: {
    label: "Die laufende Sitzung",
    session: "Sitzung",
    due: (time, wait) => `Nächste Vitalwerte fällig ${time}, in ${wait}`,
    dueNow: (time, late) => `Vitalwerte FÄLLIG seit ${time}, ${late} zu spät`,
    stop: "STOPP wartet auf eine Antwort",
    hold: "PAUSE wartet auf eine Antwort",
    asOf: (time) => `Stand ${time}. Solange der Bildschirm gesperrt ist, wird hier nichts geprüft.`,
  },
  notLoaded: {
    title: "Diese Seite konnte nicht geladen werden.",
    why: "Die Verbindung kann fehlen, oder Evenkeel wurde erneuert. Neu laden holt die neue Fassung.",
    go: "Neu laden",
  },
  losesTyped: "Was getippt und nicht gespeichert ist, ginge verloren. Noch einmal drücken, um fortzufahren.",
  offline: {
    title: "Keine Verbindung",
    why: "Der Server wird nicht erreicht. Diese Seite fragt von selbst wieder.",
    none: "Auf diesem Gerät wartet nichts.",
    waiting: (n) =>
      n === 1
        ? "1 Eingabe wartet auf diesem Gerät und geht hinaus, sobald die Verbindung wieder da ist."
        : `${n} Eingaben warten auf diesem Gerät und gehen hinaus, sobald die Verbindung wieder da ist.`,
    theirs: "Angemeldet sein muss dann, wer sie gemacht hat.",
    show: "Zeigen",
    password: (name) => `Passwort von ${name}`,
    wrong: "Das ist nicht das Passwort, oder es ist hier nicht bekannt.",
    watch:
      "Grenzen werden nicht geprüft. Patient und Monitor beobachten und auf Papier festhalten, " +
      "was geschieht.",
    again: "Jetzt noch einmal fragen",
  },
};
