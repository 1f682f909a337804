// Who the page is about. It stays in sight while the page scrolls.
import type { JSX } from "preact";
import type { ComponentChildren } from "preact";
import type { Person } from "../../api/types";
import { serverNow } from "../../app/state";
import { age, day } from "../../format/time";
import { t, word } from "../../texts";
import { Level } from "../../ui/basic";
import { PrintHead } from "../print/print_head";
import { usePrintedName } from "../../ui/print_name";

export function Banner({
  person,
  level,
  levelName,
  session,
  children,
}: {
  person: Person;
  session?: string; // on paper beside the name
  level?: number;
  levelName?: string;
  children?: ComponentChildren;
}): JSX.Element {
  const { common } = t();
  usePrintedName(
    [
      person.name || null,
      person.born && common.bornAge(day(person.born), age(person.born, serverNow())),
      person.patient,
      session,
    ]
      .filter(Boolean)
      .join(", "),
  );
  return (
    <header class="banner">
      <h1>{person.name || person.patient}</h1>
      <p class="facts">
        {person.born && <span>{common.bornAge(day(person.born), age(person.born, serverNow()))}</span>}
        {person.sex && <span>{word(common.sex, person.sex)}</span>}
        <span class="id">{person.patient}</span>
      </p>
      {level !== undefined && (
        <p class="level">
          <Level level={level} {...(levelName && { name: levelName })} />
        </p>
      )}
      {children}
      <PrintHead patient={person.patient} />
    </header>
  );
}
