import type { Dose } from "../../generated/api";

export type DoseAnswer = Dose;
export type DoseReport = NonNullable<Dose["report"]["next_dose"]>;
export type Candidate = DoseReport["candidates"][number];
export type KeptLimit = Candidate["limits"][number];
