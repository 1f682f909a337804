// An address of the API knows what is asked and answered there: its types are made from the server's table of
// routes and the schemas (generated/, by `npm run types`), so a page reads nothing that is not sent and sends
// nothing that is not read.
import type { LibraryEntry } from "../../generated/api";
import type { Event as LedgerEvent } from "../../generated/ledger";
import type { Protocols as Protocol } from "../../generated/protocols";
import type { Event } from "../../generated/record";
import type { Asks as Asked, Routes } from "../../generated/routes";

// One kind of the library that a page reads member by member.
interface Answers extends Routes {
  "GET /api/library/protocols/{id}": LibraryEntry & { entry: Protocol };
}

// What somebody enters: of an event, what the server does not say itself.
type Said<E> = E extends { kind: infer Kind; body: infer Body }
  ? { kind: Kind; body: Body; at?: string }
  : never;
export type SaidEvent = Said<Event>;
export type BodyOf<Kind extends SaidEvent["kind"]> = Extract<SaidEvent, { kind: Kind }>["body"];
export type SaidLedgerEvent = Said<LedgerEvent>;
// What a form made whose fields are data: the server holds it against the schema, the compiler cannot.
export const formed = <Event extends SaidEvent | SaidLedgerEvent>(
  kind: Event["kind"] | string,
  body: Record<string, unknown>,
): Event => ({ kind, body }) as unknown as Event;

type Asks = Omit<Asked, "POST /api/patients/{patient}/events" | "POST /api/ledger/events"> & {
  "POST /api/patients/{patient}/events": SaidEvent;
  "POST /api/ledger/events": SaidLedgerEvent;
};

export type PathOf<Method extends string, Route = keyof Answers> = Route extends `${Method} ${infer Path}`
  ? Path
  : never;
type Path = PathOf<string>;
export type Answer<Method extends string, P extends string> = `${Method} ${P}` extends keyof Answers
  ? Answers[`${Method} ${P}`]
  : never;
export type Body<Method extends string, P extends string> = `${Method} ${P}` extends keyof Asks
  ? Asks[`${Method} ${P}`]
  : never;

declare const route: unique symbol;
export type Address<P extends string> = string & { readonly [route]: P };

type Names<P> = P extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Query<P extends string> = `GET ${P}` extends keyof Asks ? Asks[`GET ${P}`] : object;
type Given<P extends string> = { [Name in Names<P>]: string } & Query<P>;
type Values<P extends string> = object extends Given<P> ? [Given<P>?] : [Given<P>];

// What the path has a {place} for goes there, the rest behind the question mark.
export function at<P extends Path>(pattern: P, ...[values]: Values<P>): Address<P> {
  let path: string = pattern;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries<string | number>(values ?? {})) {
    const place = `{${name}}`;
    if (path.includes(place)) path = path.replace(place, encodeURIComponent(value));
    else query.set(name, String(value));
  }
  const asked = query.toString();
  return (asked ? `${path}?${asked}` : path) as Address<P>;
}
