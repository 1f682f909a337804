// Vital signs with the fewest touches: digits on a pad, the next field by itself, one touch to save. A
// hardware keyboard types into the same fields; Enter saves. What is typed stays until it is saved.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Vitals } from "../../api/types";
import { serverNow } from "../../app/state";
import { useTick } from "../../app/resource";
import { clock, span } from "../../format/time";
import { t } from "../../texts";
import { Shape } from "../../ui/basic";
import { lastOf, waitingFor, type Last } from "./pending";
import { keep, type Session } from "./record";
import {
  earlier,
  bodyOf,
  doubtsOf,
  faultsOf,
  isEmpty,
  isWhole,
  labelOf,
  signs,
  typed,
  withoutNoughts,
  type Reading,
  type Sign,
} from "./vitals";
import "../../styles/vitals.css";

function Before({ last }: { last: Last }): JSX.Element {
  useTick(10_000);
  return (
    <>{t().session.vitals.before(String(last.value), span(serverNow().getTime() - Date.parse(last.at)))}</>
  );
}

function PadField({
  sign,
  value,
  before,
  fault,
  chosen,
  onChoose,
  onText,
  onEnter,
  input,
}: {
  sign: Sign;
  value: string;
  before: Last | undefined;
  fault: string | undefined;
  chosen: boolean;
  onChoose: () => void;
  onText: (text: string) => void;
  onEnter: () => void;
  input: (node: HTMLInputElement | null) => void;
}): JSX.Element {
  const words = t().session.vitals;
  const id = `sign-${sign.key}`;
  return (
    <div class={`pad-field ${chosen ? "chosen" : ""}`}>
      <label for={id}>
        {words.names[sign.key]} <span class="unit">{sign.unit}</span>
      </label>
      <input
        id={id}
        ref={input}
        value={value}
        inputmode="none"
        autocomplete="off"
        onFocus={onChoose}
        aria-describedby={`${id}-b`}
        aria-invalid={fault ? true : undefined}
        onKeyDown={(e) => {
          if (e.key === "Enter") {
            e.preventDefault();
            onEnter();
          }
        }}
        onInput={(e) => onText(e.currentTarget.value.replace(/\D/g, ""))}
      />
      <span class="before" id={`${id}-b`}>
        {fault ? (
          <span class="error">
            <Shape tone="bad" />
            {fault}
          </span>
        ) : (
          before && <Before last={before} />
        )}
      </span>
    </div>
  );
}

function Pad({
  onDigit,
  onBack,
  onNext,
}: {
  onDigit: (d: string) => void;
  onBack: () => void;
  onNext: () => void;
}): JSX.Element {
  const words = t().session.vitals;
  const hold = (event: Event): void => event.preventDefault(); // the field keeps the focus
  return (
    <div class="pad" role="group" aria-label={words.pad} onPointerDown={hold}>
      {["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((d) => (
        <button key={d} type="button" tabIndex={-1} onClick={() => onDigit(d)}>
          {d}
        </button>
      ))}
      <button type="button" tabIndex={-1} onClick={onBack} aria-label={words.erase}>
        ⌫
      </button>
      <button type="button" tabIndex={-1} onClick={() => onDigit("0")}>
        0
      </button>
      <button type="button" tabIndex={-1} onClick={onNext} aria-label={words.next}>
        →
      </button>
    </div>
  );
}

function Taken({ at, setAt }: Taking): JSX.Element {
  useTick(5000);
  const words = t().session.vitals;
  const now = serverNow();
  const ago = at && Math.round((now.getTime() - at.getTime()) / 60_000);
  return (
    <div class="taken" role="group" aria-label={words.taken}>
      <span>
        {words.taken} <strong>{clock(at ?? now)}</strong> {ago === null ? words.now : words.ago(ago)}
      </span>
      <button type="button" onClick={() => setAt(earlier(at, 1, now))}>
        −1 min
      </button>
      <button type="button" disabled={at === null} onClick={() => setAt(earlier(at, -1, now))}>
        +1 min
      </button>
    </div>
  );
}

// Keys may come faster than the page is drawn, so what was typed is held outside of what is drawn.
function useReading(): { reading: Reading; held: { current: Reading }; setReading: (next: Reading) => void } {
  const held = useRef<Reading>({});
  const [reading, draw] = useState<Reading>({});
  const setReading = (next: Reading): void => {
    held.current = next;
    draw(next);
  };
  return { reading, held, setReading };
}

interface Typing {
  reading: Reading;
  held: { current: Reading };
  chosen: number;
  choose: (i: number) => void;
  inputs: (HTMLInputElement | null)[];
  focus: (i: number) => void;
  put: (i: number, text: string) => void;
  digit: (d: string) => void;
  erase: () => void;
  clear: () => void;
}

// What a touch or a key does to the reading, and which field it goes to next.
function useTyping(): Typing {
  const { reading, held, setReading } = useReading();
  const [chosen, choose] = useState(0);
  const inputs = useRef<(HTMLInputElement | null)[]>([]);
  const focus = (i: number): void => inputs.current[Math.min(i, signs.length - 1)]?.focus();
  useEffect(() => {
    const toPad = (): void => focus(0);
    window.addEventListener("evenkeel:vitals", toPad);
    return () => window.removeEventListener("evenkeel:vitals", toPad);
  }, []);
  const put = (i: number, text: string): void => {
    const sign = signs[i] as Sign;
    const next = withoutNoughts(text).slice(0, String(sign.high).length);
    const before = held.current[sign.key] ?? "";
    const added = next !== before && next.length >= before.length; // 8 after 0 is 8
    setReading({ ...held.current, [sign.key]: next });
    if (added && isWhole(sign, next)) focus(i + 1);
  };
  const digit = (d: string): void => {
    const sign = signs[chosen] as Sign;
    focus(chosen);
    put(chosen, typed(sign, held.current[sign.key] ?? "", d));
  };
  const erase = (): void => {
    const sign = signs[chosen] as Sign;
    const text = held.current[sign.key] ?? "";
    if (text === "" && chosen > 0) return focus(chosen - 1);
    setReading({ ...held.current, [sign.key]: text.slice(0, -1) });
  };
  const clear = (): void => {
    setReading({});
    focus(0);
  };
  return { reading, held, chosen, choose, inputs: inputs.current, focus, put, digit, erase, clear };
}

// Asked once: the same reading saved again is meant.
function useDoubts(): { asked: string; ask: (reading: Reading) => boolean; clear: () => void } {
  const held = useRef("");
  const [asked, show] = useState("");
  const set = (text: string): void => {
    held.current = text;
    show(text);
  };
  const ask = (reading: Reading): boolean => {
    const text = JSON.stringify(reading);
    if (held.current === text || doubtsOf(reading).length === 0) return false;
    set(text);
    return true;
  };
  return { asked, ask, clear: () => set("") };
}

function Doubts({ reading }: { reading: Reading }): JSX.Element {
  const words = t().session.vitals;
  const unitOf = (key: Sign["key"]): string => signs.find((sign) => sign.key === key)?.unit ?? "";
  return (
    <div class="doubt" role="alert">
      <Shape tone="warn" />
      <div>
        {doubtsOf(reading).map(({ key, why }) => (
          <p key={key}>
            {why === "last"
              ? words.lastEmpty(words.names[key], labelOf(reading))
              : words.unusual(words.names[key], `${reading[key] ?? ""} ${unitOf(key)}`)}
          </p>
        ))}
        <p>{words.sureAgain}</p>
      </div>
    </div>
  );
}

function useSave(
  where: Session,
  typing: Typing,
): { save: () => void; tried: boolean; asked: string } & Taking {
  const [at, setAt] = useState<Date | null>(null);
  const [tried, setTried] = useState(false);
  const doubts = useDoubts();
  const save = (): void => {
    const taken = typing.held.current;
    const wrong = faultsOf(taken)[0];
    setTried(true);
    if (isEmpty(taken)) return;
    if (wrong) return typing.focus(signs.findIndex((s) => s.key === wrong.key));
    if (doubts.ask(taken)) return;
    const when = at ?? serverNow();
    const body = bodyOf(where.session, taken);
    void keep(where, { kind: "vital_signs", body, label: labelOf(taken), when });
    setTried(false);
    setAt(null);
    doubts.clear();
    typing.clear();
  };
  return { save, tried, asked: doubts.asked, at, setAt };
}

interface Taking {
  at: Date | null; // null: at the moment it is saved
  setAt: (at: Date | null) => void;
}

export function VitalsPad({ where, taken }: { where: Session; taken: Vitals[] }): JSX.Element {
  const typing = useTyping();
  const { reading, chosen, choose, inputs, focus, put, digit, erase } = typing;
  const { save, tried, asked, at, setAt } = useSave(where, typing);
  const words = t().session.vitals;
  const faults = faultsOf(reading);
  const last = lastOf(taken, waitingFor(where));
  const shownFault = (sign: Sign): string | undefined => {
    const fault = faults.find((f) => f.key === sign.key);
    if (!fault || (fault.why !== "range" && !tried)) return undefined;
    return fault.why === "range" ? words.range(sign.low, sign.high) : words[fault.why];
  };
  return (
    <section class="card vitals-pad" aria-label={words.title}>
      <header>
        <h2>{words.title}</h2>
        <Taken at={at} setAt={setAt} />
      </header>
      <div class="pad-body">
        <div class="pad-fields">
          {signs.map((sign, i) => (
            <PadField
              key={sign.key}
              sign={sign}
              value={reading[sign.key] ?? ""}
              before={last[sign.key]}
              fault={shownFault(sign)}
              chosen={chosen === i}
              onChoose={() => choose(i)}
              onText={(text) => put(i, text)}
              onEnter={save}
              input={(node) => {
                inputs[i] = node;
              }}
            />
          ))}
          {asked !== "" && asked === JSON.stringify(reading) && <Doubts reading={reading} />}
          <button type="button" class="primary save" onClick={save} disabled={isEmpty(reading)}>
            {words.save}
          </button>
        </div>
        <Pad onDigit={digit} onBack={erase} onNext={() => focus(chosen + 1)} />
      </div>
    </section>
  );
}
