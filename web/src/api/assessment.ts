// The parts of an assessment by the names that the pages call them.
import type { Assessment } from "../../generated/assessment";

export type { Assessment };
export type Action = Assessment["actions"][number];
export type HelpStep = Assessment["help"][number];
export type RuleResult = Assessment["rules"][number];
export type Finding = RuleResult["findings"][number];
export type Course = NonNullable<Assessment["course"]>;
export type Due = Course["due"][number];
