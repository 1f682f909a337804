// One timeline: scores, doses, predicted concentration with what was measured, blood pressure, over the same
// time. Dragging zooms all of them; a table beneath says the same in numbers.
import type { JSX } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import type uPlot from "uplot";
import type { Assessment } from "../../api/assessment";
import type { RecordEvent } from "../../api/types";
import { useShortName } from "../../app/instruments";
import { useResource } from "../../app/resource";
import { at } from "../../api/address";
import { day } from "../../format/time";
import { three } from "../../format/number";
import { t, word } from "../../texts";
import { Plot } from "../../plot/plot";
import { doseDrawing, levelDrawing, pressureDrawing, scoreDrawing, type Window } from "./panels";
import {
  doses,
  extent,
  instruments,
  levels,
  measured,
  pressures,
  scoreLines,
  scores,
  type DosePoint,
  type LevelPoint,
} from "./series";
import { TimelineTables, type TimelineSeries } from "./timeline_tables";

const week = 7 * 86_400;

// The four plots move together. The guard stops one that was moved from moving the others again.
function useTogether(
  whole: [number, number],
  now: number,
): {
  window: Window;
  show: (from: number, to: number) => void;
  made: (name: string) => (plot: uPlot | null) => void;
} {
  const plots = useRef(new Map<string, uPlot>());
  const shown = useRef<[number, number] | null>(null);
  const moving = useRef(false);
  const spread = (from: number, to: number): void => {
    if (moving.current) return;
    moving.current = true;
    shown.current = [from, to];
    for (const plot of plots.current.values()) {
      if (plot.scales["x"]?.min !== from || plot.scales["x"]?.max !== to)
        plot.setScale("x", { min: from, max: to });
    }
    moving.current = false;
  };
  const made =
    (name: string) =>
    (plot: uPlot | null): void => {
      if (plot) plots.current.set(name, plot);
      else plots.current.delete(name);
    };
  const range = (): [number, number] => shown.current ?? whole;
  return { window: { range, moved: spread, now }, show: spread, made };
}

function SessionChoice({
  doses,
  show,
}: {
  doses: DosePoint[];
  show: (from: number, to: number) => void;
}): JSX.Element {
  const words = t().chart.timeline;
  return (
    <label>
      {words.session}{" "}
      <select
        value=""
        onChange={(e) => {
          const dose = doses.find((d) => d.session === e.currentTarget.value);
          if (dose) show(dose.at - 3600, dose.at + 4 * 3600);
        }}
      >
        <option value="">–</option>
        {[...doses].reverse().map((d) => (
          <option key={d.session} value={d.session}>
            {d.session}, {day(d.at * 1000)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Toolbar({
  choices,
  instrument,
  choose,
  doses,
  show,
  whole,
  now,
}: {
  choices: string[];
  instrument: string | undefined;
  choose: (id: string) => void;
  doses: DosePoint[];
  show: (from: number, to: number) => void;
  whole: [number, number];
  now: number;
}): JSX.Element {
  const words = t().chart.timeline;
  const shortName = useShortName();
  return (
    <div class="toolbar">
      <label>
        {words.score}{" "}
        <select value={instrument} onChange={(e) => choose(e.currentTarget.value)}>
          {choices.map((id) => (
            <option key={id} value={id}>
              {shortName(id)}
            </option>
          ))}
        </select>
      </label>
      <span class="buttons" role="group" aria-label={words.range}>
        <button type="button" onClick={() => show(...whole)}>
          {words.all}
        </button>
        <button type="button" onClick={() => show(now - 13 * week, now + week / 2)}>
          {words.quarter}
        </button>
        <button type="button" onClick={() => show(now - 5 * week, now + week / 5)}>
          {words.month}
        </button>
      </span>
      <SessionChoice doses={doses} show={show} />
    </div>
  );
}

function useSeries(
  assessment: Assessment,
  instrument: string | undefined,
): Omit<TimelineSeries, "pressures"> & { levels: LevelPoint[] } {
  return useMemo(
    () => ({
      doses: doses(assessment),
      levels: levels(assessment),
      measured: measured(assessment),
      scores: instrument ? scores(assessment, instrument) : [],
    }),
    [assessment, instrument],
  );
}

interface Props {
  assessment: Assessment;
  events: RecordEvent[];
}

function DrugPanels({
  assessment,
  series,
  window,
  made,
}: {
  assessment: Assessment;
  series: ReturnType<typeof useSeries>;
  window: Window;
  made: (name: string) => (plot: uPlot | null) => void;
}): JSX.Element {
  const words = t().chart.timeline;
  return (
    <>
      <Panel title={words.dose} unit="mg/kg">
        <Plot
          label={words.doseLabel(series.doses.length)}
          height={84}
          watch={[series]}
          onMade={made("dose")}
          draw={(c) => doseDrawing(series.doses, window, c)}
        />
      </Panel>
      <Panel title={words.level} unit="ng/mL" aside={levelAside(assessment)}>
        <Plot
          label={words.levelLabel}
          height={120}
          watch={[series]}
          onMade={made("level")}
          draw={(c) => levelDrawing(series.levels, series.measured, window, c)}
        />
      </Panel>
    </>
  );
}

export function Timeline({ assessment, events }: Props): JSX.Element {
  const words = t().chart.timeline;
  const choices = instruments(assessment);
  const shortName = useShortName();
  const [chosen, choose] = useState<string | null>(null);
  const instrument = chosen ?? choices[0];
  const { data } = useResource(instrument ? at("/api/instruments/{id}", { id: instrument }) : null);
  const now = Date.parse(assessment.now) / 1000;
  const fromAssessment = useSeries(assessment, instrument);
  const readings = useMemo(() => pressures(events), [events]);
  const series = { ...fromAssessment, pressures: readings };
  const whole = useMemo(
    () => extent([...series.doses.map((d) => d.at), ...series.scores.map((s) => s.at)], now),
    [fromAssessment],
  );
  const { window, show, made } = useTogether(whole, now);
  const lines = scoreLines(assessment, data?.instrument);
  const high = data?.instrument.scoring.total.high ?? null;
  // Each panel is drawn anew only for what it shows: the readings come later than the rest.
  const scored = [fromAssessment, high, lines.response];
  return (
    <div class="timeline">
      <Toolbar
        choices={choices}
        instrument={instrument}
        choose={choose}
        doses={series.doses}
        show={show}
        whole={whole}
        now={now}
      />
      <Panel title={instrument ? words.scoreOf(shortName(instrument)) : words.score} unit={words.points}>
        <Plot
          label={words.scoreLabel(series.scores.length)}
          height={140}
          watch={scored}
          onMade={made("score")}
          draw={(c) => scoreDrawing(series.scores, lines, high, window, c)}
        />
      </Panel>
      <DrugPanels assessment={assessment} series={fromAssessment} window={window} made={made} />
      <Panel title={words.pressure} unit="mmHg">
        <Plot
          label={words.pressureLabel(series.pressures.length)}
          height={160}
          watch={[readings, whole]}
          onMade={made("pressure")}
          draw={(c) => pressureDrawing(series.pressures, window, c)}
        />
      </Panel>
      <p class="hint">{words.hint}</p>
      <TimelineTables series={series} />
    </div>
  );
}

function Panel({
  title,
  unit,
  aside,
  children,
}: {
  title: string;
  unit: string;
  aside?: string | undefined;
  children: JSX.Element;
}): JSX.Element {
  return (
    <figure class="panel">
      <figcaption>
        <strong>{title}</strong> <span class="unit">{unit}</span>
        {aside && <span class="quiet"> {aside}</span>}
      </figcaption>
      {children}
    </figure>
  );
}

function levelAside(assessment: Assessment): string | undefined {
  const words = t().chart.timeline;
  const { model, refused, sessions } = assessment.exposure;
  if (refused) return words.noLevel(refused.what);
  const peak = sessions.reduce((most, s) => (s.refused ? most : Math.max(most, s.cmax_ng_per_mL)), 0);
  if (!model) return undefined;
  const band = assessment.individual ? words.ownBand : words.noBand;
  return (
    `${word(t().chart.plan.drugs, model.moiety)}, ${words.sites[model.site] ?? model.site}, ` +
    `${model.id} (${word(t().common.statuses, model.status)}). ${band}` +
    (peak > 0 ? ` ${words.peak(three(peak))}` : "")
  );
}
