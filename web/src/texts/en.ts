import { chart } from "./en/chart";
import { common } from "./en/common";
import { desk } from "./en/desk";
import { device } from "./en/device";
import { open } from "./en/open";
import { print } from "./en/print";
import { session } from "./en/session";

export const en = { common, chart, desk, device, open, print, session };
