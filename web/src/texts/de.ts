import type { Texts } from "./index";
import { chart } from "./de/chart";
import { common } from "./de/common";
import { desk } from "./de/desk";
import { device } from "./de/device";
import { open } from "./de/open";
import { print } from "./de/print";
import { session } from "./de/session";

export const de: Texts = { common, chart, desk, device, open, print, session };
