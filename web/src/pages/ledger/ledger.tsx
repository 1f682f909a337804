// The drug ledger: what should be there, what was found, what was written.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../../api/address";
import type { LedgerEvent, LedgerFinding, Lot, OpenDraw } from "../../api/ledger";
import { useResource } from "../../app/resource";
import { may } from "../../app/state";
import { num } from "../../format/number";
import { day, moment, span } from "../../format/time";
import { useTitle } from "../../app/title";
import { t, word } from "../../texts";
import { Empty, Loading, Mark, ProblemBox, Scroll, Section, Head } from "../../ui/basic";
import { Standing } from "../../ui/standing";
import { Told } from "../../ui/told";
import { LedgerDialog } from "./dialog";
import type { Values } from "./forms";
import { AgainstRecords } from "./reconciled";
import { eventWords, kindWords } from "./said";

type Open = { form: string; title: string; preset?: Values } | null;

function Balance({ lots }: { lots: Lot[] }): JSX.Element {
  const words = t().desk.ledger;
  if (lots.length === 0) return <Empty>{words.noLots}</Empty>;
  return (
    <Scroll label={words.balance}>
      <table class="dense stacks balance">
        <Head
          of={[
            words.lot,
            words.drug,
            { number: words.vials },
            { number: words.taken },
            { number: words.syringes },
            { number: words.held },
            words.counted,
            words.expires,
          ]}
        />
        <tbody>
          {lots.map((lot) => (
            <tr key={lot.lot}>
              <th scope="row">{lot.lot}</th>
              <td data-label={words.drug}>
                {word(t().chart.plan.drugs, lot.drug)}
                <div class="quiet small">
                  {num(lot.strength_mg_mL)} mg/mL {lot.as === "base" ? words.base : words.hydrochloride},{" "}
                  {num(lot.vial_mL)} mL
                </div>
              </td>
              <td class="number large" data-label={words.vials}>
                {lot.unopened_vials}
              </td>
              <td class="number" data-label={words.taken}>
                {num(lot.in_taken_vials_mL)} mL
              </td>
              <td class="number" data-label={words.syringes}>
                {num(lot.in_syringes_mL)} mL
              </td>
              <td class="number" data-label={words.held}>
                {num(lot.held_mL)} mL
                <div class="quiet small">
                  {num(lot.held_base_mg)} mg {words.base}
                </div>
              </td>
              <td data-label={words.counted}>
                {lot.counted ? moment(lot.counted) : <Mark tone="warn">{words.never}</Mark>}
              </td>
              <td data-label={words.expires}>{day(lot.expires)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Findings({
  findings,
  open,
}: {
  findings: LedgerFinding[];
  open: (what: Open) => void;
}): JSX.Element {
  const words = t().desk.ledger;
  if (findings.length === 0)
    return (
      <Empty>
        <Mark tone="good">{words.noFindings}</Mark>
      </Empty>
    );
  const review = (f: LedgerFinding): Open => ({
    form: "discrepancy_reviewed",
    title: words.review,
    preset: { count: f.of ?? "", volume: String(f.volume_mL ?? "") },
  });
  return (
    <ul class="plain-list ledger-findings">
      {findings.map((f) => (
        <li key={f.kind + f.lot + (f.of ?? "")}>
          <Mark tone={f.needs_somebody ? "bad" : "look"}>{word(words.findingKinds, f.kind)}</Mark>{" "}
          <strong>{f.lot}</strong> <Told text={f.text} />
          {f.kind === "discrepancy" && !f.review && may("write-ledger") && (
            <button type="button" onClick={() => open(review(f))}>
              {words.review}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Draws({ draws, open }: { draws: OpenDraw[]; open: (what: Open) => void }): JSX.Element {
  const words = t().desk.ledger;
  if (draws.length === 0) return <Empty>{words.noOpen}</Empty>;
  return (
    <ul class="plain-list">
      {draws.map((d) => (
        <li key={d.draw}>
          <strong>{d.draw}</strong> {num(d.open_mL)} mL, {d.lot},{" "}
          <a href={`/patients/${d.patient}/sessions/${d.session}`}>{d.session}</a>, {d.by},{" "}
          {span(d.age_h * 3_600_000)}{" "}
          {may("write-ledger") && (
            <span class="buttons">
              <button
                type="button"
                onClick={() => open({ form: "given", title: words.give, preset: { draw: d.draw } })}
              >
                {words.give}
              </button>
              <button
                type="button"
                onClick={() => open({ form: "wasted_draw", title: words.waste, preset: { draw: d.draw } })}
              >
                {words.waste}
              </button>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

const isOfTwo = ({ body }: LedgerEvent): boolean => "witness" in body || "checker" in body;

// What was marked as entered in error, by its id.
const wrongOnes = (events: LedgerEvent[]): Set<string> =>
  new Set(events.flatMap((e) => (e.kind === "entered_in_error" ? [e.body.event] : [])));

function Events({ events, open }: { events: LedgerEvent[]; open: (what: Open) => void }): JSX.Element {
  const words = t().desk.ledger;
  const [shown, setShown] = useState(25);
  const newest = [...events].reverse();
  const wrong = wrongOnes(events);
  return (
    <>
      <Scroll label={words.events}>
        <table class="dense log">
          <Head of={[t().common.when, t().common.what, t().common.note, t().common.by, null]} />
          <tbody>
            {newest.slice(0, shown).map((e) => (
              <tr key={e.id} class={wrong.has(e.id) ? "struck" : ""}>
                <td>
                  <time dateTime={e.at}>{moment(e.at)}</time>
                </td>
                <th scope="row">{kindWords(e.kind)}</th>
                <td class="text">{eventWords(e)}</td>
                <td>{"by" in e.body ? e.body.by : e.recorded_by}</td>
                <td class="tools">
                  {wrong.has(e.id) && <Mark tone="quiet">{t().session.flowsheet.inError}</Mark>}
                  {!wrong.has(e.id) && e.kind !== "entered_in_error" && may("write-ledger") && (
                    <button
                      type="button"
                      class="link"
                      onClick={() =>
                        open({
                          form: isOfTwo(e) ? "entered_in_error_by_two" : "entered_in_error",
                          title: t().chart.entries.wrong,
                          preset: { event: e.id },
                        })
                      }
                    >
                      {t().chart.entries.wrongShort}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {newest.length > shown && (
        <button type="button" onClick={() => setShown(shown + 100)}>
          {t().common.more}
        </button>
      )}
    </>
  );
}

function Tools({ open }: { open: (what: Open) => void }): JSX.Element | null {
  const words = t().desk.ledger;
  if (!may("write-ledger")) return null;
  const all: [string, string][] = [
    ["received", words.receive],
    ["counted", words.count],
    ["vial_taken", words.take],
    ["drawn_up", words.draw],
    ["wasted_vial", words.waste],
    ["returned_to_supplier", words.returned],
    ["destroyed", words.destroyed],
  ];
  return (
    <div class="actions">
      {all.map(([form, title], i) => (
        <button key={form} type="button" class={i < 2 ? "primary" : ""} onClick={() => open({ form, title })}>
          {title}
        </button>
      ))}
    </div>
  );
}

export default function LedgerPage(): JSX.Element {
  const ledger = useResource(at("/api/ledger"), { saved: true, every_ms: 60_000 });
  const { data, problem } = ledger;
  const [dialog, open] = useState<Open>(null);
  const words = t().desk.ledger;
  useTitle(words.title);
  if (!data) return problem ? <ProblemBox problem={problem} /> : <Loading />;
  return (
    <div class="page">
      <header class="page-head">
        <h1>{words.title}</h1>
        <span class="quiet">{data.balance.site}</span>
        <Tools open={open} />
      </header>
      <Standing of={ledger} />
      <Section title={words.findings}>
        <Findings findings={data.balance.findings} open={open} />
      </Section>
      <Section title={words.balance} aside={t().common.asOf(moment(data.balance.now))}>
        <Balance lots={data.balance.lots} />
      </Section>
      <Section title={words.open}>
        <Draws draws={data.balance.open_draws} open={open} />
      </Section>
      {may("read-chart") && <AgainstRecords />}
      <Section title={words.events}>
        <Events events={data.events} open={open} />
      </Section>
      {dialog && <LedgerDialog {...dialog} ledger={data} onClose={() => open(null)} />}
    </div>
  );
}
