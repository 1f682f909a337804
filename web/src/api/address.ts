// An address of the API knows what is answered there: its type is made from the server's table of routes and
// the schemas of its answers (generated/, by `npm run types`), so a page reads nothing that is not sent.
import type { LibraryEntry } from "../../generated/api";
import type { Protocols as Protocol } from "../../generated/protocols";
import type { Routes } from "../../generated/routes";

// One kind of the library that a page reads member by member.
interface Answers extends Routes {
  "GET /api/library/protocols/{id}": LibraryEntry & { entry: Protocol };
}

export type PathOf<Method extends string, Route = keyof Answers> = Route extends `${Method} ${infer Path}`
  ? Path
  : never;
type Path = PathOf<string>;
export type Answer<Method extends string, P extends string> = `${Method} ${P}` extends keyof Answers
  ? Answers[`${Method} ${P}`]
  : never;

declare const route: unique symbol;
export type Address<P extends string> = string & { readonly [route]: P };

type Names<P> = P extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Query = Record<string, string | number>;
type Values<P> = [Names<P>] extends [never] ? [Query?] : [Record<Names<P>, string> & Query];

// What the path has a {place} for goes there, the rest behind the question mark.
export function at<P extends Path>(pattern: P, ...[values = {}]: Values<P>): Address<P> {
  let path: string = pattern;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    const place = `{${name}}`;
    if (path.includes(place)) path = path.replace(place, encodeURIComponent(value));
    else query.set(name, String(value));
  }
  const asked = query.toString();
  return (asked ? `${path}?${asked}` : path) as Address<P>;
}
