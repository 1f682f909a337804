// What the server answers, by the names that the pages call it. Each is made from a schema in schema/ or
// content/ (`npm run types`), so that a page reads nothing that is not sent.
import type * as api from "../../generated/api";

export type {
  Chart,
  Curve,
  Events,
  Library,
  Me,
  Patients as PatientList,
  Person,
  Planned,
  Problem,
  Ready,
  Role,
  Reading as Vitals,
  Session as SessionPage,
  Today,
  User,
  Verification as Verified,
} from "../../generated/api";
export type RecordEvent = api.NumberedEvent;
export type Plan = NonNullable<api.Chart["plan"]>;
export type TodaySession = api.Today["sessions"][number];
export type TodayDue = NonNullable<api.Today["due"]>[number];
export type TodayPerson = NonNullable<api.Today["people"]>[number];
export type AuditEntry = api.Audit["entries"][number];
export type LibraryEntry = api.Library["kinds"][number]["entries"][number];
