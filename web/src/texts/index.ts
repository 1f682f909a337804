// All words of the pages stand in one catalogue, a file per area and language. German proves that a second
// works: it has the type of the English one, so that a missing word does not compile.
import { signal } from "@preact/signals";
import { en } from "./en";

export type Texts = typeof en;
export type Language = "en" | "de";

const slot = "evenkeel.language";
export const language = signal<Language>("en");
export const texts = signal<Texts>(en);

export async function speak(wanted: Language): Promise<void> {
  texts.value = wanted === "de" ? (await import("./de")).de : en;
  language.value = wanted;
  document.documentElement.lang = wanted;
  localStorage.setItem(slot, wanted);
}

export async function speakAsBefore(): Promise<void> {
  if (localStorage.getItem(slot) === "de") await speak("de");
}

export const t = (): Texts => texts.value;

// A word of a list that the server may lengthen: what is not known is shown as it is.
export function word(list: Record<string, string>, key: string): string {
  return list[key] ?? key.replaceAll("_", " ");
}
