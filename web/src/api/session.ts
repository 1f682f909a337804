export type { Firing, Gate, Due as VitalsDue } from "../../generated/session";
