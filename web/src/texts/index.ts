// All words of the pages stand in one catalogue, a file per area and language. German proves that a second
// works: it has the type of the English one, so that a missing word does not compile.
import { signal } from "@preact/signals";
import { en } from "./en";

export type Texts = typeof en;
export type Language = "en" | "de";

const slot = "evenkeel.language";
export const language = signal<Language>("en");
export const texts = signal<Texts>(en);

async function turnTo(wanted: Language): Promise<void> {
  texts.value = wanted === "de" ? (await import("./de")).de : en;
  language.value = wanted;
  document.documentElement.lang = wanted;
}

export async function speak(wanted: Language): Promise<void> {
  await turnTo(wanted);
  localStorage.setItem(slot, wanted);
}

// As somebody chose here before; else as the browser does.
export async function speakAtFirst(): Promise<void> {
  const chosen = localStorage.getItem(slot) ?? navigator.language;
  if (/^de\b/.test(chosen)) await turnTo("de");
}

export const t = (): Texts => texts.value;

// A word of a list that the server may lengthen: what is not known is shown as it is.
export function word(list: Record<string, string>, key: string): string {
  return list[key] ?? key.replaceAll("_", " ");
}
