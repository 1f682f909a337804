// uPlot in a page: sized by its frame, in the page's colours, drawn anew when light turns to dark.
// A canvas says nothing to a screen reader, so every plot has a label here and a table beside it.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { mark } from "../api/client";

export interface Palette {
  ink: string;
  quiet: string;
  hair: string;
  rule: string;
  data: string;
  band: string;
  bad: string;
  warn: string;
  good: string;
  bg: string;
}

export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: of("ink"),
    quiet: of("quiet"),
    hair: of("hair"),
    rule: of("rule"),
    data: of("data"),
    band: of("data-band"),
    bad: of("bad"),
    warn: of("warn"),
    good: of("good"),
    bg: of("card"),
  };
}

export const font = '12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

export interface Drawing {
  options: Omit<uPlot.Options, "width" | "height">;
  data: uPlot.AlignedData;
}

// An axis in the page's colours; `side` 3 is left, 2 is below.
export function axis(colours: Palette, more: uPlot.Axis = {}): uPlot.Axis {
  return {
    stroke: colours.quiet,
    font,
    labelFont: font,
    grid: { stroke: colours.hair, width: 1 },
    ticks: { stroke: colours.rule, width: 1, size: 4 },
    ...more,
  };
}

export function Plot({
  label,
  height,
  draw,
  watch,
  onMade,
}: {
  label: string;
  height: number;
  draw: (colours: Palette) => Drawing;
  watch: unknown[];
  onMade?: (plot: uPlot | null) => void;
}): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = frame.current;
    if (!box) return undefined;
    let plot: uPlot | null = null;
    const make = (): void => {
      plot?.destroy();
      const { options, data } = draw(palette());
      const drawn = { ready: [() => mark("plot drawn")] };
      const hooks = { ...options.hooks, ...drawn };
      plot = new uPlot({ ...options, hooks, width: Math.max(200, box.clientWidth), height }, data, box);
      onMade?.(plot);
    };
    make();
    const sizer = new ResizeObserver(() => {
      const width = Math.max(200, box.clientWidth);
      if (plot && plot.width !== width) plot.setSize({ width, height });
    });
    sizer.observe(box);
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", make);
    return () => {
      sizer.disconnect();
      scheme.removeEventListener("change", make);
      onMade?.(null);
      plot?.destroy();
    };
  }, [height, ...watch]);
  return <div class="plot" ref={frame} role="img" aria-label={label} />;
}

export type XY = [number, number];

// A horizontal line with its words at the right end, above or below it; for thresholds.
export function line(plot: uPlot, at: number, words: string, colour: string, below = false): void {
  const { ctx, bbox } = plot;
  const y = plot.valToPos(at, "y", true);
  if (y < bbox.top - 1 || y > bbox.top + bbox.height + 1) return;
  const scale = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = 1.25 * scale;
  ctx.setLineDash((below ? [2, 3] : [5, 4]).map((d) => d * scale));
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = font.replace("12px", `${12 * scale}px`);
  ctx.textAlign = "right";
  ctx.textBaseline = below ? "top" : "bottom";
  ctx.fillText(words, bbox.left + bbox.width - 4 * scale, y + (below ? 3 : -2) * scale);
  ctx.restore();
}

// A vertical line with a word on top: now, the start, the end.
export function upright(plot: uPlot, at: number, words: string, colour: string): void {
  const { ctx, bbox } = plot;
  const x = plot.valToPos(at, "x", true);
  if (x < bbox.left - 1 || x > bbox.left + bbox.width + 1) return;
  const scale = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = 1.5 * scale;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = font.replace("12px", `${12 * scale}px`);
  ctx.textBaseline = "top";
  const right = x > bbox.left + bbox.width * 0.8;
  ctx.textAlign = right ? "right" : "left";
  ctx.fillText(words, x + (right ? -4 : 4) * scale, bbox.top + 2 * scale);
  ctx.restore();
}

// The 24-hour clock and the day, as short as the zoom allows.
export function times(locale: string): uPlot.Axis["values"] {
  const part = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, options);
  const clock = part({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const dayOf = part({ day: "numeric", month: "short" });
  const month = part({ month: "short", year: "numeric" });
  return (_plot, splits, _i, _space, step) =>
    splits.map((s) => {
      const date = new Date(s * 1000);
      if (step < 86_400)
        return date.getHours() === 0 && date.getMinutes() === 0 ? dayOf.format(date) : clock.format(date);
      return (step < 28 * 86_400 ? dayOf : month).format(date);
    });
}
