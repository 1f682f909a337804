// Earlier answers to the same instrument, plotted and in a table.
import type { JSX } from "preact";
import type { Assessment } from "../../api/assessment";
import type { Instrument } from "../../api/instrument";
import { moment } from "../../format/time";
import { Plot } from "../../plot/plot";
import { t } from "../../texts";
import { Empty, Section, Head } from "../../ui/basic";
import { scoreDrawing } from "../chart/panels";
import { extent, scoreLines, scores } from "../chart/series";

export function History({
  assessment,
  instrument,
}: {
  assessment: Assessment;
  instrument: Instrument;
}): JSX.Element {
  const words = t().chart.evaluate;
  const points = scores(assessment, instrument.id);
  const all = assessment.scores
    .filter((s) => s.instrument === instrument.id)
    .slice()
    .reverse();
  const { scoring } = instrument;
  const lines = scoreLines(assessment, instrument);
  const times = points.map((p) => p.at);
  const whole = extent(times, Date.parse(assessment.now) / 1000);
  const still = { range: () => whole, moved: () => undefined };
  return (
    <Section title={words.history}>
      {all.length === 0 && <Empty>{words.none}</Empty>}
      {points.length > 0 && (
        <Plot
          label={t().chart.timeline.scoreLabel(points.length)}
          height={170}
          watch={[assessment, instrument.id]}
          draw={(c) => scoreDrawing(points, lines, scoring.total.high, still, c, true)}
        />
      )}
      {all.length > 0 && (
        <table class="dense">
          <Head of={[t().common.when, { number: scoring.total.name }, t().chart.timeline.band]} />
          <tbody>
            {all.slice(0, 12).map((s) => (
              <tr key={s.event}>
                <td>{moment(s.at)}</td>
                <td class="number">
                  <strong>{s.total ?? "–"}</strong>
                </td>
                <td>{s.band || s.no_total_because}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
