import type { Texts } from "../index";

export const study: Texts["open"]["study"] = {
  title: "Die virtuelle Klinik",
  hint:
    "Simulierte Menschen mit bekanntem Verhalten leben ein Jahr, immer wieder, mit demselben " +
    "Ketamin, das auf " +
    "verschiedene Weise gegeben und beobachtet wird. Man sieht, was Schema, Aufsicht und " +
    "Befragungen ändern, wenn " +
    "die Annahmen stimmen. Es ist keine Messung und sagt niemandem etwas voraus.",
  assumed: "Was angenommen ist (englisch)",
  numbers: "Die angenommenen Zahlen",
  number: "Was",
  taken: "Angenommen",
  thought: "Für möglich gehalten",
  source: "Quelle",
  behaviours: "Wie sich die simulierten Menschen verhalten",
  truths: { steady: "beständig", rival: "sieht aus wie ein Zeichen und ist keines", sign: "ein Zeichen" },
  again: "Selbst rechnen",
  sameBytes: (patients, weeks, model, seed) =>
    `${patients} simulierte Menschen, ${weeks} Wochen, Modell ${model}, Startzahl ${seed}: ` +
    `dieselbe Startzahl ergibt ` +
    "auf jedem Rechner dieselben Zahlen. In der Datei stehen alle Annahmen; ändern und neu rechnen.",
  living: "Wie weit die Simulation ist",
  lived: (lived, of) => `Das Jahr wird gerade gelebt: bisher ${lived} von ${of} Menschen.`,
  factors: { regimen: "Schema", supervision: "Aufsicht", evaluations: "Befragungen" },
  levels: {
    clinic: "Infusionen in der Klinik, 0,5 mg/kg über 40 Minuten",
    weekly: "Keine Klinik: einmal in der Woche",
    daily: "Keine Klinik: jeden Tag, 2 g am Tag",
    whole: "Beobachtet, wie das Protokoll es verlangt",
    lapses: "Beobachtet mit Lücken",
    "counts-only": "Beobachtet, und nichts getan",
    none: "Niemand sieht hin",
    twice: "Doppelt so oft befragt, wie das Protokoll es verlangt",
    "as-asked": "So oft befragt, wie das Protokoll es verlangt",
    half: "Halb so oft befragt",
    quarter: "Ein Viertel so oft befragt",
  },
  whenNoticed: "Menschen, bei denen ein Warnzeichen begann: wann es bemerkt wurde",
  onePerson: (patients) =>
    `Ein Zeichen ist ein simulierter Mensch. Wie viele der ${patients} ein Warnzeichen haben, ` +
    `wurde so gewählt, dass ` +
    "genug zu sehen ist; wie häufig Warnzeichen sind, sagt das nicht.",
  inTime: "bemerkt, bevor Schaden kam",
  late: "bemerkt am Tag des Schadens oder später",
  unnoticed: "im Jahr nicht bemerkt",
  nobodyLooks: "nicht bemerkt: niemand sieht hin",
  howSoon: "Wie bald",
  daysAfter: "Tage, nachdem das Zeichen begann",
  ofHundred: "bemerkt, von 100",
  curveLabel: "Von 100 Menschen mit einem Zeichen: wie viele bis zu jedem Tag danach bemerkt waren",
  howMuch: "Wie viel Ketamin",
  gramsTitle: "Ketamin (Base) im Jahr: der mittlere Mensch, und 90 von 100",
  hoursTitle: "Stunden im Jahr über 100 ng/mL: der mittlere Mensch, und 90 von 100",
  inNumbers: "In Zahlen",
  clinicGrams: "Ketamin (Base) aus der Klinik, Mittel",
  outsideGrams: "Ketamin (Base) von anderswo, Mittel",
  times: "Sitzungen und Gebrauch, Mittel",
  signs: "Bemerkte Zeichen",
  delay: "Tage bis bemerkt, Median (95-%-Intervall)",
  lookedAt: "Menschen ohne Zeichen, nach denen wenigstens einmal gesehen wurde",
  forNothing: "Blicke ohne Grund je Patientenjahr (95-%-Intervall)",
  harm: "Menschen, die erreichten, was das Modell Schaden nennt",
  better: "PHQ-9-Punkte besser am Ende, Mittel",
  countOf: (count, of) => `${count} von ${of}`,
  none: "–",
  reading:
    "Was über alle gezählt ist, hängt davon ab, wie viele sich wie verhalten; das wurde gewählt. " +
    "Mancher Blick auf Menschen ohne Zeichen ist doch richtig: eine Krankheit, die " +
    "wiederkommt, der Wunsch, tot " +
    "zu sein. " +
    "Intervalle gelten nur für die Zahl der simulierten Menschen; dass eine Annahme falsch " +
    "ist, steckt nicht darin. " +
    "Schaden ist ein Zustand des Modells, seine Schwelle wurde gewählt: zwischen den Bildern " +
    "vergleichen, mit sonst " +
    "nichts.",
};
