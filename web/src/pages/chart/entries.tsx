// Everything that was written down, newest first. A mistake is marked by a further entry, never changed.
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Assessment } from "../../api/assessment";
import type { RecordEvent } from "../../api/types";
import { useShortName } from "../../app/instruments";
import { enter, mayWrite } from "../../app/state";
import { moment } from "../../format/time";
import { t, word } from "../../texts";
import { Mark, Scroll, Section, Head, ReasonField } from "../../ui/basic";
import { FormDialog } from "../../ui/dialog";
import { Told } from "../../ui/told";
import { errorsIn } from "./in_error";
import { said, type Score } from "./said";

const late_ms = 15 * 60_000; // as the record's own reports have it
const page = 15;

function Wrong({
  patient,
  event,
  onClose,
}: {
  patient: string;
  event: RecordEvent;
  onClose: () => void;
}): JSX.Element {
  const [reason, setReason] = useState("");
  const words = t().chart.entries;
  const submit = async (): Promise<void> => {
    await enter(patient, {
      kind: "entered_in_error",
      body: { event: event.id, reason },
    });
  };
  return (
    <FormDialog
      title={words.wrong}
      action={words.wrongGo}
      danger
      onClose={onClose}
      onSubmit={submit}
      ready={reason.trim() !== ""}
    >
      <p>
        {moment(event.at)}: {word(words.kinds, event.kind)}. {words.wrongHint}
      </p>
      <ReasonField value={reason} onValue={setReason} />
    </FormDialog>
  );
}

function Row({
  patient,
  event,
  text,
  score,
  error,
}: {
  patient: string;
  event: RecordEvent;
  text: string | undefined; // the assessment's
  score: Score | undefined;
  error: string | undefined;
}): JSX.Element {
  const [marking, setMarking] = useState(false);
  const shortName = useShortName();
  const words = t().chart.entries;
  const late = Date.parse(event.recorded_at) - Date.parse(event.at) > late_ms;
  return (
    <tr class={error === undefined ? "" : "struck"}>
      <td>
        <time dateTime={event.at}>{moment(event.at)}</time>
        {late && <div class="quiet small">{words.late(moment(event.recorded_at))}</div>}
      </td>
      <th scope="row">{word(words.kinds, event.kind)}</th>
      <td class="text">
        {text === undefined ? said(event, score, shortName) : <Told text={text} />}
        {error !== undefined && (
          <div>
            <Mark tone="quiet">{words.inError}</Mark> {error}
          </div>
        )}
      </td>
      <td>{event.recorded_by}</td>
      <td class="tools">
        {error === undefined && event.kind !== "entered_in_error" && mayWrite("entered_in_error") && (
          <button type="button" class="link" onClick={() => setMarking(true)}>
            {words.wrongShort}
            <span class="visually-hidden"> {event.id}</span>
          </button>
        )}
        {marking && <Wrong patient={patient} event={event} onClose={() => setMarking(false)} />}
      </td>
    </tr>
  );
}

function KindChoice({
  kinds,
  kind,
  choose,
}: {
  kinds: string[];
  kind: string;
  choose: (kind: string) => void;
}): JSX.Element {
  const words = t().chart.entries;
  return (
    <label>
      {words.only}{" "}
      <select value={kind} onChange={(e) => choose(e.currentTarget.value)}>
        <option value="">{t().common.all}</option>
        {kinds.map((k) => (
          <option key={k} value={k}>
            {word(words.kinds, k)}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Entries({
  patient,
  events,
  assessment,
}: {
  patient: string;
  events: RecordEvent[];
  assessment: Assessment;
}): JSX.Element {
  const [shown, setShown] = useState(page);
  const [kind, setKind] = useState("");
  const words = t().chart.entries;
  const texts = useMemo(() => new Map(assessment.entries.map((e) => [e.event, e.text])), [assessment]);
  const scores = useMemo(() => new Map(assessment.scores.map((s) => [s.event, s])), [assessment]);
  const errors = useMemo(() => errorsIn(events), [events]);
  const kinds = useMemo(() => [...new Set(events.map((e) => e.kind))].sort(), [events]);
  const chosen = (kind ? events.filter((e) => e.kind === kind) : events).slice().reverse();
  return (
    <Section
      title={words.title}
      class="entries"
      aside={<KindChoice kinds={kinds} kind={kind} choose={setKind} />}
    >
      <Scroll label={words.title}>
        <table class="dense log">
          <Head of={[t().common.when, t().common.what, words.said, t().common.by, null]} />
          <tbody>
            {chosen.slice(0, shown).map((e) => (
              <Row
                key={e.id}
                patient={patient}
                event={e}
                text={texts.get(e.id)}
                score={scores.get(e.id)}
                error={errors.get(e.id)}
              />
            ))}
          </tbody>
        </table>
      </Scroll>
      {(chosen.length > shown || kind) && (
        <p class="only-print">{t().print.notAll(Math.min(shown, chosen.length), events.length)}</p>
      )}
      {chosen.length > shown && (
        <button type="button" onClick={() => setShown(shown + 10 * page)}>
          {t().common.more} ({chosen.length - shown})
        </button>
      )}
    </Section>
  );
}
