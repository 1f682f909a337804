// A sentence that the server made. It is English on every page, and says so to whoever has it read aloud.
import type { JSX } from "preact";
import { told } from "../format/told";

export const Told = (of: { text: string; around?: Date }): JSX.Element => (
  <span lang="en">{told(of.text, of.around)}</span>
);
