// An arm of the study in pictures, beside the reference. People are counted; nothing is said of anybody's
// risk. Every picture has its numbers in the table below it.
import type { JSX } from "preact";
import uPlot from "uplot";
import { three } from "../../format/number";
import { axis, Plot, type Drawing, type Palette } from "../../plot/plot";
import { t } from "../../texts";
import type { Outcome, Study } from "./study_types";
import { isWide } from "./wide";

const words = () => t().open.study;

export interface Shown {
  name: string;
  outcome: Outcome;
}

interface Kind {
  id: "in-time" | "late" | "unnoticed";
  count: number;
  words: string;
}

function kinds(outcome: Outcome): Kind[] {
  const { in_time, late, unnoticed } = outcome.signs;
  return [
    { id: "in-time", count: in_time, words: words().inTime },
    { id: "late", count: late, words: words().late },
    { id: "unnoticed", count: unnoticed, words: outcome.watched ? words().unnoticed : words().nobodyLooks },
  ];
}

// One mark for each simulated person in whom a sign began: filled, crossed, hollow.
function Marks({ shown }: { shown: Shown }): JSX.Element {
  const all = kinds(shown.outcome);
  const marks = all.flatMap((kind) => Array.from({ length: kind.count }, () => kind.id));
  const said = all.filter((kind) => kind.count > 0).map((kind) => `${kind.count} ${kind.words}`);
  return (
    <div class="people">
      <h4>{shown.name}</h4>
      <div class="people-marks" role="img" aria-label={said.join(", ")}>
        {marks.map((id, index) => (
          <span key={index} class={`person ${id}`} />
        ))}
      </div>
      <ul class="people-key">
        {all.map((kind) => (
          <li key={kind.id}>
            <span class={`person ${kind.id}`} aria-hidden="true" /> <strong>{kind.count}</strong> {kind.words}
          </li>
        ))}
      </ul>
    </div>
  );
}

const days = 364;

// How many of those with a sign were noticed by each day after it began.
function share(outcome: Outcome): (number | null)[] {
  const { of } = outcome.signs;
  const byDay: (number | null)[] = [];
  let step = 0;
  let noticed = 0;
  for (let day = 0; day <= days; ++day) {
    for (; step < outcome.noticed_by_day.length && outcome.noticed_by_day[step]![0] <= day; ++step)
      noticed = outcome.noticed_by_day[step]![1];
    byDay.push(of > 0 ? (100 * noticed) / of : null);
  }
  return byDay;
}

function curve(chosen: Shown, reference: Shown | null, colours: Palette): Drawing {
  const step = uPlot.paths.stepped!({ align: 1 });
  const line = { paths: step, points: { show: false } };
  return {
    options: {
      scales: { x: { time: false }, y: { range: [0, 100] } },
      legend: { show: false },
      cursor: { show: false },
      axes: [
        axis(colours, { label: words().daysAfter }),
        axis(colours, { label: words().ofHundred, size: 52 }),
      ],
      series: [
        {},
        { ...line, stroke: colours.quiet, width: 2, dash: [5, 4] },
        { ...line, stroke: colours.data, width: 3 },
      ],
    },
    data: [
      Array.from({ length: days + 1 }, (_, day) => day),
      reference ? share(reference.outcome) : Array<null>(days + 1).fill(null),
      share(chosen.outcome),
    ],
  };
}

function Curve({ chosen, reference }: { chosen: Shown; reference: Shown | null }): JSX.Element {
  return (
    <figure>
      <Plot
        label={words().curveLabel}
        height={240}
        draw={(colours) => curve(chosen, reference, colours)}
        watch={[chosen.outcome, reference?.outcome]}
      />
      <figcaption>
        <span class="line-key" /> {chosen.name}
        {reference && (
          <>
            <br />
            <span class="line-key dashed" /> {reference.name}
          </>
        )}
      </figcaption>
    </figure>
  );
}

interface Amount {
  name: string;
  value: number;
  range: [number, number];
  main: boolean;
}

// Values that lie a thousandfold apart, on a scale whose steps are tenfold: a place on a line, no length.
function Line({ amount, low, high }: { amount: Amount; low: number; high: number }): JSX.Element {
  const place = (value: number): number =>
    (100 * Math.log10(Math.min(high, Math.max(low, value)) / low)) / Math.log10(high / low);
  return (
    <div class={`amount ${amount.main ? "main" : ""}`}>
      <div class="amount-line" aria-hidden="true">
        <svg viewBox="0 0 100 12" preserveAspectRatio="none">
          <rect
            x={place(amount.range[0])}
            width={Math.max(0.5, place(amount.range[1]) - place(amount.range[0]))}
            y="4"
            height="4"
          />
        </svg>
        <svg class="amount-dot" viewBox="0 0 100 12" preserveAspectRatio="none">
          <rect x={Math.max(0, place(amount.value) - 0.6)} width="1.2" y="0" height="12" />
        </svg>
      </div>
    </div>
  );
}

function Scale(props: {
  title: string;
  unit: string;
  low: number;
  high: number;
  amounts: Amount[];
}): JSX.Element {
  const { title, unit, low, high, amounts } = props;
  const steps = Math.round(Math.log10(high / low));
  const ticks = Array.from({ length: steps + 1 }, (_, i) => low * 10 ** i);
  return (
    <figure class="scale">
      <h4>{title}</h4>
      {amounts.map((amount) => (
        <div key={amount.name}>
          <p class="amount-words">
            {amount.name}:{" "}
            <strong>
              {three(amount.value)} {unit}
            </strong>
            <span class="quiet">
              {" "}
              ({three(amount.range[0])} – {three(amount.range[1])})
            </span>
          </p>
          <Line amount={amount} low={low} high={high} />
        </div>
      ))}
      <div class="ticks" aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick}>{three(tick)}</span>
        ))}
      </div>
    </figure>
  );
}

function amounts(shown: Shown[], of: (outcome: Outcome) => Omit<Amount, "name" | "main"> | null): Amount[] {
  return shown.flatMap(({ name, outcome }, index) => {
    const amount = of(outcome);
    return amount ? [{ name, main: index === 0, ...amount }] : [];
  });
}

type Spread = { p05: number; median: number; p95: number } | null;
const spread = (of: Spread, by = 1): Omit<Amount, "name" | "main"> | null =>
  of && { value: of.median / by, range: [of.p05 / by, of.p95 / by] };
const grams = (outcome: Outcome) => spread(outcome.total_mg, 1000);
const hours = (outcome: Outcome) => spread(outcome.hours_above_100);

interface Row {
  words: string;
  of(outcome: Outcome): string;
}

function rows(): Row[] {
  const w = words();
  const between = (each: { value: number; low: number; high: number } | null): string =>
    each ? `${three(each.value)} (${three(each.low)} – ${three(each.high)})` : w.none;
  return [
    { words: w.clinicGrams, of: (o) => `${three(o.mean_clinic_mg / 1000)} g` },
    { words: w.outsideGrams, of: (o) => `${three(o.mean_outside_mg / 1000)} g` },
    { words: w.times, of: (o) => three(o.mean_sessions + o.mean_uses) },
    { words: w.signs, of: (o) => w.countOf(o.signs.in_time + o.signs.late, o.signs.of) },
    { words: w.delay, of: (o) => (o.delay_days ? between(o.delay_days) : w.none) },
    { words: w.lookedAt, of: (o) => (o.watched ? w.countOf(o.others.looked_at, o.others.of) : w.none) },
    { words: w.forNothing, of: (o) => (o.watched ? between(o.false_alarms_a_year) : w.none) },
    { words: w.harm, of: (o) => w.countOf(o.harm.count, o.harm.of) },
    { words: w.better, of: (o) => three(o.mean_phq9_gain) },
  ];
}

function Table({ shown }: { shown: Shown[] }): JSX.Element {
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={words().inNumbers}>
      <table class="dense study-table">
        <thead>
          <tr>
            <td />
            {shown.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows().map((row) => (
            <tr key={row.words}>
              <th scope="row">{row.words}</th>
              {shown.map(({ name, outcome }) => (
                <td key={name} class="number">
                  {row.of(outcome)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface Props {
  study: Study;
  chosen: Shown;
  reference: Shown | null;
}

export function Pictures({ study, chosen, reference }: Props): JSX.Element {
  const shown = reference ? [chosen, reference] : [chosen];
  return (
    <div class="study-pictures">
      <h3>{words().whenNoticed}</h3>
      <p class="quiet">{words().onePerson(study.patients)}</p>
      <div class="people-row">
        {shown.map((each) => (
          <Marks key={each.name} shown={each} />
        ))}
      </div>
      <h3>{words().howSoon}</h3>
      <Curve chosen={chosen} reference={reference} />
      <h3>{words().howMuch}</h3>
      <div class="scales">
        <Scale title={words().gramsTitle} unit="g" low={0.1} high={1000} amounts={amounts(shown, grams)} />
        <Scale title={words().hoursTitle} unit="h" low={1} high={10000} amounts={amounts(shown, hours)} />
      </div>
      <details open={isWide()}>
        <summary>
          <h3>{words().inNumbers}</h3>
        </summary>
        <Table shown={shown} />
      </details>
      <p class="quiet">{words().reading}</p>
    </div>
  );
}
