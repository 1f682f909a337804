// Find a patient, or register one; check in from here, as the front desk does.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { at } from "../api/address";
import { send } from "../api/client";
import type { PatientList, Person } from "../api/types";
import { go } from "../app/router";
import { may, mayWrite, serverNow } from "../app/state";
import { useReading } from "../app/resource";
import { age, day } from "../format/time";
import { useTitle } from "../app/title";
import { t, word } from "../texts";
import { Empty, Loading, ProblemBox, Scroll, Section, SelectField, TextField, Head } from "../ui/basic";
import { FormDialog } from "../ui/dialog";
import { CheckInDialog } from "./session/check_in";

function Register({ onClose }: { onClose: () => void }): JSX.Element {
  const [name, setName] = useState("");
  const [born, setBorn] = useState("");
  const [sex, setSex] = useState("");
  const words = t().desk.patients;
  const submit = async (): Promise<void> => {
    const made = await send(at("/api/patients"), { name: name.trim(), born, ...(sex && { sex }) });
    go(may("read-chart") ? `/patients/${made.patient}` : "/patients");
  };
  return (
    <FormDialog
      title={words.register}
      action={words.register}
      onClose={onClose}
      onSubmit={submit}
      ready={name.trim() !== "" && born !== ""}
    >
      <p class="hint">{words.registerHint}</p>
      <TextField label={words.name} value={name} onValue={setName} required />
      <TextField label={words.born} value={born} onValue={setBorn} type="date" required />
      <SelectField
        label={words.sex}
        value={sex}
        onValue={setSex}
        options={[["", words.notSaid], ...Object.entries(t().common.sex)]}
      />
    </FormDialog>
  );
}

// A pause in typing before the server is asked.
function useSettled(text: string): string {
  const [settled, settle] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => settle(text), 200);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

function Row({ person, onCheckIn }: { person: Person; onCheckIn: () => void }): JSX.Element {
  const words = t().desk.patients;
  return (
    <tr>
      <th scope="row">
        {may("read-chart") ? (
          <a href={`/patients/${person.patient}`}>{person.name || person.patient}</a>
        ) : (
          person.name
        )}
      </th>
      <td>{person.born && `${day(person.born)} (${age(person.born, serverNow())})`}</td>
      <td>{person.sex && word(t().common.sex, person.sex)}</td>
      <td class="id">{person.patient}</td>
      <td class="tools">
        {mayWrite("session_checked_in") && (
          <button type="button" onClick={onCheckIn}>
            {t().session.checkIn.go}
            <span class="visually-hidden"> {person.name}</span>
          </button>
        )}
        {may("read-chart") && (
          <a class="button" href={`/patients/${person.patient}`}>
            {words.open}
          </a>
        )}
      </td>
    </tr>
  );
}

// A name is sought in the body: it stands in no address.
const find = (asked: string): Promise<PatientList> => send(at("/api/patients/search"), JSON.parse(asked));

export default function Patients(): JSX.Element {
  const [text, setText] = useState("");
  const [registering, register] = useState(false);
  const [checking, check] = useState<Person | null>(null);
  const [more, setMore] = useState<Person[]>([]);
  const query = useSettled(text);
  const asked = JSON.stringify({ limit: 50, ...(query.trim() && { q: query.trim() }) });
  const { data, problem } = useReading(asked, find);
  const [next, setNext] = useState<string | undefined>();
  useEffect(() => (setMore([]), setNext(data?.next)), [data]);
  const words = t().desk.patients;
  useTitle(words.title);
  const all = [...(data?.patients ?? []), ...more];
  const load = (): void =>
    void find(JSON.stringify({ ...JSON.parse(asked), after: next })).then((answer) => {
      setMore([...more, ...answer.patients]);
      setNext(answer.next);
    });
  return (
    <div class="page">
      <header class="page-head">
        <h1>{words.title}</h1>
        {may("open-chart") && (
          <button type="button" class="primary" onClick={() => register(true)}>
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
                  <Row key={p.patient} person={p} onCheckIn={() => check(p)} />
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
        {next && (
          <button type="button" onClick={load}>
            {words.more}
          </button>
        )}
      </Section>
      {registering && <Register onClose={() => register(false)} />}
      {checking && (
        <CheckInDialog patient={checking.patient} name={checking.name} onClose={() => check(null)} />
      )}
    </div>
  );
}
