import { chart } from "./en/chart";
import { common } from "./en/common";
import { desk } from "./en/desk";
import { open } from "./en/open";
import { session } from "./en/session";

export const en = { common, chart, desk, open, session };
