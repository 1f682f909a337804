// Find a patient, or register one; check in from here, as the front desk does.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { at } from "../api/address";
import { send } from "../api/client";
import type { PatientList, Person } from "../api/types";
import { useFollowing } from "../app/following";
import { go } from "../app/router";
import { may, mayWrite, serverNow } from "../app/state";
import { useReading } from "../app/resource";
import { age, day } from "../format/time";
import { useTitle } from "../app/title";
import { t, word } from "../texts";
import { Empty, Loading, ProblemBox, Scroll, Section, TextField, Head } from "../ui/basic";
import { PatientName } from "../ui/patient";
import { WriteButton } from "./chart/write";
import { NotMine } from "./not_mine";
import { PersonDialog } from "./person_dialog";
import { CheckInDialog } from "./session/check_in";

// A pause in typing before the server is asked.
function useSettled(text: string): string {
  const [settled, settle] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => settle(text), 200);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

interface Doing {
  what: "register" | "correct" | "checkIn";
  person?: Person;
}

function Row({ person, onDo }: { person: Person; onDo: (doing: Doing) => void }): JSX.Element {
  const words = t().desk.patients;
  return (
    <tr>
      <th scope="row">
        <PatientName patient={person.patient} name={person.name} />
      </th>
      <td>{person.born && `${day(person.born)} (${age(person.born, serverNow())})`}</td>
      <td>{person.sex && word(t().common.sex, person.sex)}</td>
      <td class="id">{person.patient}</td>
      <td class="tools">
        {mayWrite("session_checked_in") && (
          <button type="button" onClick={() => onDo({ what: "checkIn", person })}>
            {t().session.checkIn.go}
            <span class="visually-hidden"> {person.name}</span>
          </button>
        )}
        {may("read-chart") ? (
          <a class="button" href={`/patients/${person.patient}`}>
            {words.open}
          </a>
        ) : (
          ["contact", "appointment_missed"].map((kind) => (
            <WriteButton
              key={kind}
              kind={kind}
              patient={person.patient}
              about={[person.name, person.born && day(person.born), person.patient]
                .filter(Boolean)
                .join(", ")}
            />
          ))
        )}
        {may("open-chart") && (
          <button type="button" class="quiet-button" onClick={() => onDo({ what: "correct", person })}>
            {words.correct}
            <span class="visually-hidden"> {person.name}</span>
          </button>
        )}
      </td>
    </tr>
  );
}

// Who reads charts goes on to the new one; the others see whom they registered.
function Dialogs({
  doing: { what, person },
  onClose,
  onSaved,
}: {
  doing: Doing;
  onClose: () => void;
  onSaved: () => void;
}): JSX.Element | null {
  const registered = (made: Person): void =>
    may("read-chart") ? go(`/patients/${made.patient}`) : onSaved();
  if (what === "register") return <PersonDialog onClose={onClose} onDone={registered} />;
  if (!person) return null;
  if (what === "correct") return <PersonDialog person={person} onClose={onClose} onDone={onSaved} />;
  return <CheckInDialog person={person} onClose={onClose} />;
}

// A name is sought in the body: it stands in no address.
const find = (asked: string): Promise<PatientList> => send(at("/api/patients/search"), JSON.parse(asked));

export default function Patients(): JSX.Element {
  const [text, setText] = useState("");
  const [doing, setDoing] = useState<Doing | null>(null);
  const query = useSettled(text);
  const asked = JSON.stringify({ limit: 50, ...(query.trim() && { q: query.trim() }) });
  const { data, problem, reload } = useReading(asked, find);
  const following = useFollowing(data, (after: string) =>
    find(JSON.stringify({ ...JSON.parse(asked), after })),
  );
  const words = t().desk.patients;
  useTitle(words.title);
  const all = [data, ...following.pages].flatMap((page) => page?.patients ?? []);
  return (
    <div class="page">
      <header class="page-head">
        <h1>{words.title}</h1>
        {may("open-chart") && (
          <button type="button" class="primary" onClick={() => setDoing({ what: "register" })}>
            {words.register}
          </button>
        )}
      </header>
      <Section title={words.list}>
        <TextField label={words.search} value={text} onValue={setText} type="search" class="search" />
        <ProblemBox problem={problem} />
        {!data && !problem && <Loading />}
        {data && all.length === 0 && <Empty>{words.none}</Empty>}
        {all.length > 0 && (
          <Scroll label={words.title}>
            <table class="patients stacks">
              <Head of={[words.name, words.born, words.sex, words.id, null]} />
              <tbody>
                {all.map((p) => (
                  <Row key={p.patient} person={p} onDo={setDoing} />
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
        <ProblemBox problem={following.problem} />
        {following.more && (
          <button type="button" onClick={following.more} disabled={following.busy}>
            {words.more}
          </button>
        )}
        <NotMine />
      </Section>
      {doing && <Dialogs doing={doing} onClose={() => setDoing(null)} onSaved={reload} />}
    </div>
  );
}
