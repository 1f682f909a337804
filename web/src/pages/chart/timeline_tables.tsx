// The timeline in numbers, for those who do not see it and those who want them exactly.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { num } from "../../format/number";
import { moment } from "../../format/time";
import { t } from "../../texts";
import { Mark, Scroll } from "../../ui/basic";
import type { DosePoint, Measured, Pressure, ScorePoint } from "./series";

export interface TimelineSeries {
  doses: DosePoint[];
  scores: ScorePoint[];
  measured: Measured[];
  pressures: Pressure[];
}

const most = 30;

function Rows({
  title,
  head,
  rows,
}: {
  title: string;
  head: string[];
  rows: (string | JSX.Element)[][];
}): JSX.Element | null {
  const [all, setAll] = useState(false);
  if (rows.length === 0) return null;
  const newest = [...rows].reverse();
  return (
    <div>
      <h4>{title}</h4>
      <Scroll label={title}>
        <table class="dense">
          <thead>
            <tr>
              {head.map((h) => (
                <th key={h} scope="col">
                  {h}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(all ? newest : newest.slice(0, most)).map((row, i) => (
              <tr key={i}>
                {row.map((cell, j) => (
                  <td key={j} class={j > 0 ? "number" : ""}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {!all && rows.length > most && (
        <button type="button" class="link" onClick={() => setAll(true)}>
          {t().common.all} ({rows.length})
        </button>
      )}
    </div>
  );
}

export function TimelineTables({ series }: { series: TimelineSeries }): JSX.Element {
  const [open, setOpen] = useState(false);
  const words = t().chart.timeline;
  const at = (seconds: number): string => moment(seconds * 1000);
  return (
    <details onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{t().common.showTable}</summary>
      {open && (
        <div class="tables">
          <Rows
            title={words.score}
            head={[t().common.when, words.points, words.band]}
            rows={series.scores.map((s) => [at(s.at), num(s.total), s.band])}
          />
          <Rows
            title={words.dose}
            head={[t().common.when, "mg", "mg/kg", words.end]}
            rows={series.doses.map((d) => [
              at(d.at),
              d.mg === null ? "–" : num(d.mg),
              d.mg_per_kg === null ? "–" : num(d.mg_per_kg, 2),
              d.stopped ? <Mark tone="warn">{words.stopped}</Mark> : words.completed,
            ])}
          />
          <Rows
            title={words.measured}
            head={[t().common.when, "ng/mL", words.analyte]}
            rows={series.measured.map((m) => [
              at(m.at),
              num(m.value),
              `${m.analyte}, ${words.sites[m.site] ?? m.site}`,
            ])}
          />
          <Rows
            title={words.pressure}
            head={[t().common.when, "mmHg"]}
            rows={series.pressures.map((p) => [at(p.at), `${p.systolic}/${p.diastolic}`])}
          />
        </div>
      )}
    </details>
  );
}
