// The rate changes: to nothing, or to what the pump is set to. A pump is set in mL/h and the record keeps
// mg/h; where the concentration is known, either is typed and the other follows.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { SaidEvent } from "../../api/address";
import type { RecordEvent, SessionPage } from "../../api/types";
import { num, parsed } from "../../format/number";
import { t } from "../../texts";
import { ReasonField, TextField } from "../../ui/basic";
import { FormDialog } from "../../ui/dialog";
import { valid } from "../chart/in_error";
import { useKey } from "./keys";
import { waitingFor } from "./pending";
import { massRate, volumeRate } from "./rates";
import { mgPerHour, strengthOf, write, type Session } from "./record";

interface Props {
  where: Session;
  page: SessionPage;
  reason?: string;
}

type Unit = "mL/h" | "mg/h";

interface Typed {
  rate: number | null; // mg/h
  shown: (unit: Unit) => string;
  type: (unit: Unit) => (text: string) => void;
}

function useRate(first: number | undefined, per: number | null): Typed {
  const [typed, set] = useState<{ unit: Unit; text: string } | null>(null);
  const said = typed && parsed(typed.text);
  const rate =
    typed === null
      ? (first ?? null)
      : said == null
        ? null
        : typed.unit === "mg/h"
          ? said
          : massRate(said, per);
  const shown = (unit: Unit): string => {
    if (typed?.unit === unit) return typed.text;
    if (rate === null) return "";
    return unit === "mg/h" ? num(rate, 3) : num(volumeRate(rate, per) ?? 0, 3);
  };
  return { rate, shown, type: (unit) => (text) => set({ unit, text }) };
}

function RateFields({
  typed,
  per,
  ordered,
}: {
  typed: Typed;
  per: number | null;
  ordered: number | undefined;
}): JSX.Element {
  const words = t().session.infusion;
  const units: [Unit, string, string][] = [
    ...(per === null ? [] : ([["mL/h", words.pumpRate, "mL/h"]] as [Unit, string, string][])),
    ["mg/h", words.newRate, words.mgPerHour],
  ];
  return (
    <>
      <div class="form-row">
        {units.map(([unit, label, said]) => (
          <TextField
            key={unit}
            label={label}
            unit={said}
            value={typed.shown(unit)}
            onValue={typed.type(unit)}
            inputmode="decimal"
          />
        ))}
      </div>
      {per !== null && <p class="hint">{words.eitherRate(num(per))}</p>}
      {ordered !== undefined && (
        <p class="quiet">
          {words.ordered(num(ordered), per === null ? null : num(volumeRate(ordered, per) ?? 0, 2))}
        </p>
      )}
    </>
  );
}

const runs = ({ kind, body }: SaidEvent | RecordEvent): boolean =>
  kind === "rate_changed" && body.rate.value > 0;

// Another rate than the ordered one was set in this visit.
export const wasChanged = (where: Session, page: SessionPage): boolean =>
  [...valid(page.events), ...waitingFor(where).map((entry) => entry.body)].some(runs);

type To = "pause" | "change" | "resume";

function Rate({
  where,
  page,
  to,
  reason: given,
  onClose,
}: Props & { to: To; onClose: () => void }): JSX.Element {
  const words = t().session.infusion;
  const sheet = page.session.flowsheet;
  const ordered =
    page.ready?.rate_base_mg_per_h ??
    (sheet ? (sheet.ordered_base_mg * 60) / sheet.ordered_length_min : undefined);
  const per = strengthOf(page);
  // What was ordered is offered only to go on with: beside another rate it would be set by whoever types a
  // reason alone.
  const typed = useRate(to === "resume" && !wasChanged(where, page) ? ordered : undefined, per);
  const [reason, setReason] = useState(given ?? "");
  const paused = to === "pause";
  const rate = paused ? 0 : typed.rate;
  const submit = async (): Promise<void> => {
    if (rate === null) return;
    const body = { session: where.session, rate: mgPerHour(rate), reason: reason.trim() };
    const label = rate === 0 ? words.paused : `${num(rate)} mg/h`;
    await write(where, { kind: "rate_changed", body, label });
  };
  return (
    <FormDialog
      title={paused ? words.pause : words.rate}
      action={paused ? words.pause : words.rateGo}
      onClose={onClose}
      onSubmit={submit}
      ready={rate !== null && rate >= 0 && reason.trim() !== ""}
    >
      {paused ? <p>{words.pauseHint}</p> : <RateFields typed={typed} per={per} ordered={ordered} />}
      <ReasonField value={reason} onValue={setReason} />
    </FormDialog>
  );
}

export function PauseButton(props: Props): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="big" onClick={() => setOpen(true)}>
        {t().session.infusion.pause}
      </button>
      {open && <Rate {...props} to="pause" onClose={() => setOpen(false)} />}
    </>
  );
}

export function RateButton({ paused, ...props }: Props & { paused: boolean }): JSX.Element {
  const [open, setOpen] = useState(false);
  useKey("rate", () => setOpen(true));
  return (
    <>
      <button type="button" class="big" onClick={() => setOpen(true)}>
        {paused ? t().session.infusion.resume : t().session.infusion.rate}
      </button>
      {open && <Rate {...props} to={paused ? "resume" : "change"} onClose={() => setOpen(false)} />}
    </>
  );
}
