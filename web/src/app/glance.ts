// What the page of a running session leaves for the lock screen: what a glance from the door needs, and no
// name. It is as old as the page beneath.
import { signal } from "@preact/signals";

export interface Glance {
  place: string;
  state: string; // of the session, or "paused"
  due: string | null; // the next vital signs
  alert: "stop" | "hold" | null;
  asOf: string;
}

export const glance = signal<Glance | null>(null);
