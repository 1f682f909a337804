// The session's syringes in the site's ledger: drawn up, given, wasted before a witness.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../../api/address";
import type { Ledger, OpenDraw } from "../../api/ledger";
import type { SessionPage } from "../../api/types";
import { useResource } from "../../app/resource";
import { may } from "../../app/state";
import { num } from "../../format/number";
import { t } from "../../texts";
import { Empty, Mark, ProblemBox, Section } from "../../ui/basic";
import { LedgerDialog } from "../ledger/dialog";
import type { Values } from "../ledger/forms";
import { AgainstRecord } from "../ledger/reconciled";
import { kindWords } from "../ledger/said";
import type { Session } from "./record";

type Open = { form: string; title: string; preset: Values } | null;

function rows(ledger: Ledger, where: Session): { kind: string; text: string; id: string }[] {
  const mine = new Set<string>();
  return ledger.events.flatMap(({ id, kind, body }) => {
    const here = "session" in body && body.session === where.session && body.patient === where.patient;
    if (here) mine.add(body.draw);
    if (!("draw" in body) || body.draw === undefined || !mine.has(body.draw)) return [];
    const second = "witness" in body ? body.witness : "checker" in body ? body.checker : undefined;
    const said = [body.draw, `${num(body.volume.value)} ${body.volume.unit}`, body.by, second];
    return [{ id, kind, text: said.filter(Boolean).join(", ") }];
  });
}

function OpenSyringe({ draw, open }: { draw: OpenDraw; open: (what: Open) => void }): JSX.Element {
  const words = t().desk.ledger;
  const preset = { draw: draw.draw };
  return (
    <p>
      <Mark tone="warn">{t().session.drug.left(num(draw.open_mL))}</Mark>{" "}
      {may("write-ledger") && (
        <span class="buttons">
          <button type="button" onClick={() => open({ form: "given", title: words.give, preset })}>
            {words.give}
          </button>
          <button type="button" onClick={() => open({ form: "wasted_draw", title: words.waste, preset })}>
            {words.waste}
          </button>
        </span>
      )}
    </p>
  );
}

function Tools({
  drawUp,
  before,
  open,
}: {
  drawUp: Open;
  before: boolean;
  open: (what: Open) => void;
}): JSX.Element {
  const words = t().desk.ledger;
  const take: Open = { form: "vial_taken", title: words.take, preset: {} };
  const waste: Open = { form: "wasted_vial", title: words.waste, preset: {} };
  const all: [string, Open][] = [
    ...(before
      ? ([
          [words.take, take],
          [words.draw, drawUp],
        ] as [string, Open][])
      : []),
    [t().session.drug.wasteVial, waste],
  ];
  return (
    <div class="actions">
      {all.map(([label, what]) => (
        <button key={label} type="button" onClick={() => open(what)}>
          {label}
        </button>
      ))}
    </div>
  );
}

export function DrugPart({ where, page }: { where: Session; page: SessionPage }): JSX.Element | null {
  const allowed = may("read-ledger");
  const { data, problem } = useResource(allowed ? at("/api/ledger") : null, {
    live: (r) => r.patient === where.patient,
  });
  const [dialog, open] = useState<Open>(null);
  const words = t().desk.ledger;
  if (!data)
    return problem ? (
      <Section title={t().session.drug.title}>
        <ProblemBox problem={problem} />
      </Section>
    ) : null;
  const draws = data.balance.open_draws.filter(
    (d) => d.session === where.session && d.patient === where.patient,
  );
  const seen = rows(data, where);
  const gone = page.session.flowsheet !== null && page.session.state !== "infusing"; // into the patient
  const number = seen.filter((r) => r.kind === "drawn_up").length + 1;
  const drawUp: Open = {
    form: "drawn_up",
    title: words.draw,
    preset: {
      session: where.session,
      patient: where.patient,
      draw: `${where.patient}-${where.session}-${number}`.slice(0, 64),
    },
  };
  return (
    <Section title={t().session.drug.title}>
      <ProblemBox problem={problem} />
      {seen.length === 0 && <Empty>{t().session.drug.none}</Empty>}
      <ul class="plain-list">
        {seen.map((r) => (
          <li key={r.id}>
            <strong>{kindWords(r.kind)}</strong> {r.text}
          </li>
        ))}
      </ul>
      {draws.map((d) => (
        <OpenSyringe key={d.draw} draw={d} open={open} />
      ))}
      {gone && <AgainstRecord {...where} />}
      {may("write-ledger") && (
        <Tools drawUp={drawUp} before={page.session.flowsheet === null && !page.session.ended} open={open} />
      )}
      {dialog && <LedgerDialog {...dialog} ledger={data} onClose={() => open(null)} />}
    </Section>
  );
}
