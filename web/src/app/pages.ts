// Which page an address shows, and the right it needs. The server refuses anyway; this saves a dead end.
import { lazy, type Page } from "./lazy";
import { match } from "./match";

export interface Route {
  pattern: string;
  page: Page;
  right?: string;
  open?: boolean;
}

export const routes: Route[] = [
  { pattern: "/", page: lazy(() => import("../pages/today")), right: "see-schedule" },
  { pattern: "/patients", page: lazy(() => import("../pages/patients")), right: "read-register" },
  { pattern: "/patients/:p", page: lazy(() => import("../pages/chart/chart")), right: "read-chart" },
  { pattern: "/patients/:p/plan", page: lazy(() => import("../pages/plan/plan")), right: "read-chart" },
  {
    pattern: "/patients/:p/evaluate",
    page: lazy(() => import("../pages/evaluate/evaluate")),
    right: "read-chart",
  },
  {
    pattern: "/patients/:p/sessions/:s",
    page: lazy(() => import("../pages/session/page")),
    right: "read-chart",
  },
  { pattern: "/results", page: lazy(() => import("../pages/results")) },
  { pattern: "/ledger", page: lazy(() => import("../pages/ledger/ledger")), right: "read-ledger" },
  { pattern: "/audit", page: lazy(() => import("../pages/audit/audit")), right: "read-audit|verify" },
  { pattern: "/library", page: lazy(() => import("../pages/library")) },
  { pattern: "/library/:kind/:id", page: lazy(() => import("../pages/entry")) },
  { pattern: "/users", page: lazy(() => import("../pages/users")), right: "keep-accounts" },
  { pattern: "/site", page: lazy(() => import("../pages/site")) },
  { pattern: "/account", page: lazy(() => import("../pages/account")) },
  { pattern: "/addictive", page: lazy(() => import("../pages/addictive/addictive")), open: true },
  { pattern: "/answer", page: lazy(() => import("../pages/answer")), open: true },
];

export function routeOf(path: string): { route: Route; parts: Record<string, string> } | null {
  for (const route of routes) {
    const parts = match(route.pattern, path);
    if (parts) return { route, parts };
  }
  return null;
}

// The first page that a role may see.
export function homeOf(rights: string[]): string {
  if (rights.includes("see-schedule")) return "/";
  if (rights.includes("keep-accounts")) return "/users";
  if (rights.length === 0) return "/results"; // the laboratory's
  return "/library";
}
