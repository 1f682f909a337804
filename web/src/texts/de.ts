import type { Texts } from "./index";
import { chart } from "./de/chart";
import { common } from "./de/common";
import { desk } from "./de/desk";
import { open } from "./de/open";
import { session } from "./de/session";

export const de: Texts = { common, chart, desk, open, session };
