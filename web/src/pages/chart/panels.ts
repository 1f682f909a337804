// What each panel of the timeline draws. Shapes differ, not only colours: circles for scores and diamonds for
// what was measured.
import uPlot from "uplot";
import { language, t } from "../../texts";
import { axis, line, times, upright, type Drawing, type Palette } from "../../plot/plot";
import {
  rising,
  type DosePoint,
  type LevelPoint,
  type Measured,
  type Pressure,
  type ScoreLines,
  type ScorePoint,
} from "./series";

export interface Window {
  range: () => [number, number];
  moved: (from: number, to: number) => void;
  now?: number;
}

const locale = (): string => (language.value === "de" ? "de-DE" : "en-GB");

function frame(
  colours: Palette,
  window: Window,
  y: uPlot.Scale,
  series: uPlot.Series[],
  draw?: (plot: uPlot) => void,
  dated = false,
): Drawing["options"] {
  const below = dated
    ? axis(colours, { values: times(locale()) as never, size: 24, space: 70 })
    : axis(colours, { values: (_plot, splits) => splits.map(() => ""), size: 6, space: 70 });
  return {
    legend: { show: false },
    padding: [8, 22, 0, 0],
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false },
      sync: { key: "timeline", setSeries: false },
    },
    scales: {
      x: {
        time: true,
        range: (plot, min, max) =>
          plot.status === 0 || min === null || max === null ? window.range() : [min, max],
      },
      y,
    },
    axes: [below, axis(colours, { size: 46, space: 26 })],
    series: [{}, ...series],
    hooks: {
      setScale: [
        (plot, key) => {
          const x = plot.scales["x"];
          if (key === "x" && x?.min != null && x.max != null && plot.status === 1) window.moved(x.min, x.max);
        },
      ],
      draw: [
        (plot) => {
          draw?.(plot);
          if (window.now) upright(plot, window.now, "", colours.rule);
        },
      ],
    },
  };
}

export function scoreDrawing(
  points: ScorePoint[],
  lines: ScoreLines,
  high: number | null,
  window: Window,
  colours: Palette,
  dated = false,
): Drawing {
  const words = t().chart.timeline;
  const top = high ?? points.reduce((most, p) => Math.max(most, p.total), 1);
  const series: uPlot.Series[] = [
    {
      stroke: colours.data,
      width: 1.6,
      points: { show: true, size: 6, fill: colours.data, stroke: colours.data },
    },
  ];
  const options = frame(
    colours,
    window,
    { range: [0, top * 1.06] },
    series,
    (plot) => {
      if (lines.response !== null) line(plot, lines.response, words.response, colours.warn);
      if (lines.remission !== null) line(plot, lines.remission, words.remission, colours.good, true);
    },
    dated,
  );
  return { options, data: [rising(points.map((p) => p.at)), points.map((p) => p.total)] };
}

export function doseDrawing(points: DosePoint[], window: Window, colours: Palette): Drawing {
  const top = points.reduce((most, p) => Math.max(most, p.mg_per_kg ?? 0), 0.5);
  const scale = (): number => devicePixelRatio;
  const options = frame(
    colours,
    window,
    { range: [0, top * 1.15] },
    [{ paths: () => null, points: { show: false } }],
    (plot) => {
      const { ctx } = plot;
      const foot = plot.valToPos(0, "y", true);
      ctx.save();
      ctx.beginPath();
      ctx.rect(plot.bbox.left, plot.bbox.top, plot.bbox.width, plot.bbox.height);
      ctx.clip();
      ctx.strokeStyle = colours.data;
      ctx.lineWidth = 3 * scale();
      for (const point of points) {
        if (point.mg_per_kg === null) continue;
        const x = plot.valToPos(point.at, "x", true);
        const y = plot.valToPos(point.mg_per_kg, "y", true);
        ctx.setLineDash(point.stopped ? [3 * scale(), 3 * scale()] : []);
        ctx.beginPath();
        ctx.moveTo(x, foot);
        ctx.lineTo(x, y);
        ctx.stroke();
      }
      ctx.restore();
    },
  );
  return { options, data: [rising(points.map((p) => p.at)), points.map((p) => p.mg_per_kg)] };
}

export function levelDrawing(
  points: LevelPoint[],
  seen: Measured[],
  window: Window,
  colours: Palette,
): Drawing {
  const top = Math.max(
    10,
    points.reduce((m, p) => Math.max(m, p.high ?? p.median ?? 0), 0),
    seen.reduce((m, p) => Math.max(m, p.value), 0),
  );
  const hidden: uPlot.Series = { stroke: "transparent", width: 0, points: { show: false } };
  const banded = points.some((p) => p.low !== null);
  const series: uPlot.Series[] = [
    { stroke: colours.data, width: 1.5, points: { show: false } },
    ...(banded ? [{ ...hidden }, { ...hidden }] : []),
  ];
  const options = frame(colours, window, { range: [0, top * 1.1] }, series, (plot) => {
    peaks(plot, points, colours.data);
    diamonds(plot, seen, colours.ink);
  });
  if (banded) options.bands = [{ series: [3, 2], fill: colours.band }];
  const band = banded ? [points.map((p) => p.low), points.map((p) => p.high)] : [];
  return { options, data: [rising(points.map((p) => p.at)), points.map((p) => p.median), ...band] };
}

// From afar a session is thinner than a pixel and its curve would vanish: then its peak is drawn as a bar.
function peaks(plot: uPlot, points: LevelPoint[], colour: string): void {
  const { min, max } = plot.scales["x"] ?? {};
  if (min == null || max == null || max - min < 5 * 86_400) return;
  const { ctx, bbox } = plot;
  const foot = plot.valToPos(0, "y", true);
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.beginPath();
  const end = (peak: LevelPoint | null): void => {
    if (peak?.median == null || peak.at < min || peak.at > max) return;
    const x = Math.min(bbox.left + bbox.width, plot.valToPos(peak.at, "x", true));
    ctx.moveTo(x, foot);
    ctx.lineTo(x, plot.valToPos(peak.median, "y", true));
  };
  let peak: LevelPoint | null = null;
  for (const point of points) {
    if (point.median === null) {
      end(peak);
      peak = null;
    } else if (point.median > (peak?.median ?? 0)) peak = point;
  }
  end(peak);
  ctx.stroke();
  ctx.restore();
}

// Measured values: a diamond each, over the curve.
export function diamonds(plot: uPlot, seen: { at: number; value: number }[], colour: string): void {
  const { ctx, bbox } = plot;
  const r = 5 * devicePixelRatio;
  ctx.save();
  ctx.fillStyle = colour;
  for (const point of seen) {
    const x = plot.valToPos(point.at, "x", true);
    const y = plot.valToPos(point.value, "y", true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, y - r);
    ctx.lineTo(x + r, y);
    ctx.lineTo(x, y + r);
    ctx.lineTo(x - r, y);
    ctx.closePath();
    ctx.fill();
  }
  ctx.restore();
}

// A reading is a bar from diastolic to systolic, as on paper charts.
export function pressureDrawing(points: Pressure[], window: Window, colours: Palette): Drawing {
  const low = points.reduce((m, p) => Math.min(m, p.diastolic), 60);
  const high = points.reduce((m, p) => Math.max(m, p.systolic), 160);
  const none: uPlot.Series = { paths: () => null, points: { show: false } };
  const options = frame(
    colours,
    window,
    { range: [low - 10, high + 10] },
    [none, none],
    (plot) => {
      const { ctx, bbox } = plot;
      const tick = 2.5 * devicePixelRatio;
      ctx.save();
      ctx.strokeStyle = colours.data;
      ctx.lineWidth = 1.25 * devicePixelRatio;
      ctx.beginPath();
      for (const point of points) {
        const x = plot.valToPos(point.at, "x", true);
        if (x < bbox.left || x > bbox.left + bbox.width) continue;
        const top = plot.valToPos(point.systolic, "y", true);
        const foot = plot.valToPos(point.diastolic, "y", true);
        ctx.moveTo(x - tick, top);
        ctx.lineTo(x + tick, top);
        ctx.moveTo(x, top);
        ctx.lineTo(x, foot);
        ctx.moveTo(x - tick, foot);
        ctx.lineTo(x + tick, foot);
      }
      ctx.stroke();
      ctx.restore();
    },
    true,
  );
  return {
    options,
    data: [rising(points.map((p) => p.at)), points.map((p) => p.systolic), points.map((p) => p.diastolic)],
  };
}
