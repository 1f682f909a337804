// What the audit keeps, in the store's words (store::action_words).
import type { AuditEntry } from "../../api/types";

export const actions = [
  "read",
  "searched",
  "appended",
  "exported",
  "imported",
  "denied",
  "refused",
  "overridden",
  "broke the glass",
  "signed in",
  "failed to sign in",
  "signed out",
  "locked",
  "unlocked",
  "countersigned",
  "changed rights",
  "created",
  "verified",
  "backed up",
  "restored",
] as const satisfies readonly AuditEntry["action"][];
