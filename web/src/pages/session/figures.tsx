// How far the infusion is, in figures that are read at arm's length.
import type { JSX } from "preact";
import { useTick } from "../../app/resource";
import { serverNow } from "../../app/state";
import type { SessionPage } from "../../api/types";
import { num } from "../../format/number";
import { clock, span } from "../../format/time";
import { t, word } from "../../texts";
import { unsentOf, waitingFor, type Unsent } from "./pending";
import { strengthOf, type Session } from "./record";

type Flowsheet = NonNullable<SessionPage["session"]["flowsheet"]>;

function Figure({
  name,
  value,
  unit,
  more,
}: {
  name: string;
  value: string;
  unit?: string;
  more?: string | undefined;
}): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {unit && <span class="unit"> {unit}</span>}
        {more && <small>{more}</small>}
      </dd>
    </div>
  );
}

// As the nurse left it, before the server knows.
function Rate({
  sheet,
  per,
  unsent,
}: {
  sheet: Flowsheet;
  per: number | null;
  unsent: Unsent | null;
}): JSX.Element {
  const words = t().session.figures;
  const notSent = unsent ? words.notSent : undefined;
  if (unsent?.what === "ended") return <Figure name={words.rate} value={words.ended} more={notSent} />;
  const rate =
    unsent?.what === "rate" ? unsent.mg_per_h : unsent?.what === "paused" ? 0 : sheet.rate_base_mg_per_h;
  if (rate === 0) return <Figure name={words.rate} value={words.paused} more={notSent} />;
  const mass = `${num(rate, 1)} mg/h`;
  if (per === null) return <Figure name={words.rate} value={num(rate, 1)} unit="mg/h" more={notSent} />;
  const more = [mass, notSent].filter(Boolean).join(" ");
  return <Figure name={words.rate} value={num(rate / per, 1)} unit="mL/h" more={more} />;
}

export function Figures({ where, page }: { where: Session; page: SessionPage }): JSX.Element | null {
  useTick(1000);
  const words = t().session.figures;
  const sheet = page.session.flowsheet;
  if (!sheet) return null;
  const now = sheet.ended ? Date.parse(sheet.ended) : serverNow().getTime();
  const minutes = Math.max(0, Math.floor((now - Date.parse(sheet.start)) / 60_000));
  const given = sheet.given_base_mg;
  return (
    <dl class="figures">
      <Figure
        name={sheet.ended ? words.ran : words.elapsed}
        value={String(minutes)}
        unit="min"
        more={words.of(num(sheet.ordered_length_min))}
      />
      <Figure
        name={words.given}
        value={given === null ? "–" : num(given, 1)}
        unit="mg"
        more={words.of(`${num(sheet.ordered_base_mg)} mg`)}
      />
      {sheet.ended ? (
        <Figure
          name={words.since}
          value={span(serverNow().getTime() - now)}
          more={words.endedAt(clock(sheet.ended))}
        />
      ) : (
        <Rate sheet={sheet} per={strengthOf(page)} unsent={unsentOf(waitingFor(where))} />
      )}
      <Figure name={words.started} value={clock(sheet.start)} more={word(t().chart.plan.drugs, sheet.drug)} />
    </dl>
  );
}
