// The study as /api/public/study tells it.
import type * as api from "../../../generated/api";

export type Study = api.PublicStudy;
export type Factor = Study["factors"][number];
export type Level = Factor["levels"][number];
export type Arm = Study["arms"][number];
export type ArmState = api.PublicArm;
export type Outcome = NonNullable<ArmState["outcome"]>;
