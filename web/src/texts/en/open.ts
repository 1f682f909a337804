// Words of the pages that need no sign-in.
import { study } from "./study";

export const open = {
  study,
  addictive: {
    title: "Is ketamine addictive?",
    lead:
      "It can be. Heavy, unsupervised use leads some people to tolerance, craving and dependence. " +
      "In controlled doses under supervision, the studies saw little of it. " +
      "Nobody can give one person a number: no study has measured it.",
    groups: {
      dependence: "Dependence, craving, tolerance, withdrawal",
      noticing: "Noticing it early, and what helps",
      harm: "Harm to body and mind",
      treatment: "The treatment and its doses",
    },
    helpFirst: "Do you, or somebody near you, need help now?",
    inEnglish: "",
    onThisPage: "On this page",
    evidence: "The evidence, entry by entry",
    grade: "Grade",
    supervised: "supervised",
    unsupervised: "unsupervised",
    mixed: "both",
    figures: "Figures",
    supports: "What speaks for it",
    against: "What speaks against it",
    unknown: "What is not known",
    limits: "What it must not be used for",
    sources: "Sources",
    population: "Who was studied",
    help: "Where help is",
    lastChecked: (day: string) => `checked ${day}`,
    all: "All",
    show: "Show",
    emergency: "In an emergency call the emergency number of your country.",
    notStated: "not stated",
    grades: { A: "strong", B: "moderate", C: "weak", D: "very weak" } as Record<string, string>,
  },
  answer: {
    title: "Your answers",
    send: "Send",
    done: "Thank you. Your answers were sent.",
    close: "You may close this page.",
    urgent:
      "One of your answers says that you may need somebody soon. If you are in danger now, call the " +
      "emergency number of your country. Otherwise call your clinic today: nobody watches this page.",
    later: "The page could not be opened just now. What you answered on this device is kept.",
    gone: "This link does not work any more. Ask your clinic for a new one.",
    missing: "Please answer every question that is marked.",
    choose: "Choose a number",
    expires: (time: string) => `Valid until ${time}`,
    confirm: "Each link can be used once. Read your answers before you send them.",
    noToken: "This page opens with a link from your clinic.",
  },
  questions: {
    yes: "Yes",
    no: "No",
    of: (low: number, high: number) => `${low} to ${high}`,
    required: "needs an answer",
  },
};
