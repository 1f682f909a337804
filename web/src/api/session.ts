export type { Firing, Gate, Due as VitalsDue } from "../../generated/session";

const ended = ["discharged", "stopped", "cancelled"];
export const isOver = (state: string): boolean => ended.includes(state);
