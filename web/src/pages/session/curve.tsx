// The expected curve, and where the patient is on it now. A prediction, with its band; never a target to
// reach.
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { at } from "../../api/address";
import type { Curve as CurveAnswer } from "../../api/types";
import { useResource, useTick } from "../../app/resource";
import { serverNow } from "../../app/state";
import { three } from "../../format/number";
import { Plot, axis, upright, type Drawing, type Palette } from "../../plot/plot";
import { t, word } from "../../texts";
import { Empty, Loading, ProblemBox, Section } from "../../ui/basic";
import { Told } from "../../ui/told";
import { diamonds } from "../chart/panels";
import { along } from "./along";
import type { Session } from "./record";

type Curve = Exclude<CurveAnswer, { reason: string }>;

// The visit is what is looked at: two hours, or half an hour beyond now.
const shownUntil = (minutes: number[], now: number): number =>
  Math.min(minutes.at(-1) ?? 120, Math.max(120, Math.ceil(now / 30) * 30 + 30));

function drawing(curve: Curve, now: number, colours: Palette): Drawing {
  const words = t().session.curve;
  const { minutes, median, low, high, measured } = curve;
  const top = Math.max(10, ...high, ...median, ...measured.map((m) => m.value));
  const hidden = { stroke: "transparent", width: 0, points: { show: false } };
  return {
    options: {
      legend: { show: false },
      cursor: { show: false },
      padding: [8, 24, 0, 0],
      scales: { x: { time: false, range: [0, shownUntil(minutes, now)] }, y: { range: [0, top * 1.1] } },
      axes: [
        axis(colours, { size: 26, values: (_p, ticks) => ticks.map((m) => `${m} min`), space: 60 }),
        axis(colours, { size: 46 }),
      ],
      series: [{}, { stroke: colours.data, width: 2, points: { show: false } }, { ...hidden }, { ...hidden }],
      bands: [{ series: [3, 2], fill: colours.band }],
      hooks: {
        draw: [
          (plot) => {
            upright(plot, now, words.now, colours.ink);
            diamonds(
              plot,
              measured.map((m) => ({ at: m.at_min, value: m.value })),
              colours.ink,
            );
          },
        ],
      },
    },
    data: [minutes, median, low.length ? low : median, high.length ? high : median],
  };
}

function Where({ curve, now }: { curve: Curve; now: number }): JSX.Element {
  const words = t().session.curve;
  const { minutes, median, low, high } = curve;
  const here = along(minutes, median, now);
  if (here === null) return <p class="quiet">{words.beyond}</p>;
  const [below, above] = [along(minutes, low, now), along(minutes, high, now)];
  const peak = median.reduce((most, v, i) => (v > (median[most] ?? 0) ? i : most), 0);
  return (
    <p class="curve-now">
      {words.about} <strong>{three(here)} ng/mL</strong>
      {below !== null && above !== null && (
        <span class="quiet">
          {" "}
          ({three(below)}–{three(above)})
        </span>
      )}
      {(minutes[peak] ?? 0) > now && (
        <span class="quiet">
          . {words.peak(three(median[peak] ?? 0), String(Math.round(minutes[peak] ?? 0)))}
        </span>
      )}
    </p>
  );
}

export function CurvePart({ where, version }: { where: Session; version: number }): JSX.Element {
  const { data, problem, reload } = useResource(
    at("/api/patients/{patient}/sessions/{session}/curve", where),
  );
  useEffect(() => {
    if (data || problem) reload();
  }, [version]);
  useTick(10_000);
  const words = t().session.curve;
  if (!data)
    return <Section title={words.title}>{problem ? <ProblemBox problem={problem} /> : <Loading />}</Section>;
  if ("reason" in data)
    return (
      <Section title={words.title}>
        <Empty>{words.none(data.reason)}</Empty>
      </Section>
    );
  const now = (serverNow().getTime() - Date.parse(data.start)) / 60_000;
  const { plan, timeline } = t().chart;
  const named = [word(plan.drugs, data.analyte), word(timeline.sites, data.site), data.model];
  const model = named.join(", ");
  return (
    <Section title={words.title} aside={<span class="unit">ng/mL</span>} class="curve">
      <ProblemBox problem={problem} />
      <Where curve={data} now={now} />
      <Plot
        label={words.label}
        height={190}
        watch={[data, Math.floor(now * 2)]}
        draw={(colours) => drawing(data, now, colours)}
      />
      <p class="hint">
        {model}. {words.band}
      </p>
      {data.caveats.length > 0 && (
        <details>
          <summary>{words.caveats(data.caveats.length)}</summary>
          <ul class="hint">
            {data.caveats.map((caveat) => (
              <li key={caveat}>
                <Told text={caveat} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}
