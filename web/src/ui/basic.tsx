// The smallest pieces. Every state has a shape and a word beside its colour.
import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import type { Problem } from "../api/types";
import { t, word } from "../texts";
import { Told } from "./told";

export type Tone = "good" | "plain" | "look" | "warn" | "bad" | "quiet";

const shapes: Record<Tone, JSX.Element> = {
  good: <path d="M3 8.5 6.5 12 13 4.5" fill="none" stroke="currentColor" stroke-width="2.2" />,
  plain: <circle cx="8" cy="8" r="4" fill="currentColor" />,
  quiet: <circle cx="8" cy="8" r="4.5" fill="none" stroke="currentColor" stroke-width="1.6" />,
  look: <path d="M8 2 14 8 8 14 2 8z" fill="none" stroke="currentColor" stroke-width="1.8" />,
  warn: <path d="M8 1.5 15 14H1z" fill="currentColor" />,
  bad: <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="currentColor" />,
};

export function Shape({ tone }: { tone: Tone }): JSX.Element {
  return (
    <svg class={`shape tone-${tone}`} viewBox="0 0 16 16" aria-hidden="true">
      {shapes[tone]}
    </svg>
  );
}

export function Mark({ tone, children }: { tone: Tone; children: ComponentChildren }): JSX.Element {
  return (
    <span class={`mark tone-${tone}`}>
      <Shape tone={tone} />
      {children}
    </span>
  );
}

export const levelTone = (level: number): Tone =>
  (["good", "quiet", "look", "warn", "bad"] as const)[level] ?? "bad";

export function Level({ level, name }: { level: number; name?: string }): JSX.Element {
  const words = t().common.levels[level] ?? name ?? "";
  return (
    <Mark tone={levelTone(level)}>
      <strong>{t().common.level(level)}</strong>
      {words && <>&ensp;{words}</>}
    </Mark>
  );
}

export function Sources({ of }: { of: [string, string][] }): JSX.Element {
  return (
    <dl class="sources" lang="en">
      {of.map(([key, cite]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>{cite}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Loading(): JSX.Element {
  return (
    <p class="quiet loading" role="status">
      {t().common.loading}…
    </p>
  );
}

export function ProblemBox({ problem }: { problem: Problem | null }): JSX.Element | null {
  if (!problem) return null;
  const title = t().common.problems[problem.code] ?? problem.title;
  const own = title !== problem.title || problem.status === 0; // in the page's language
  const all = (problem.errors ?? []).map((each) => each.detail);
  const rest = all.filter((detail) => detail !== problem.detail);
  return (
    <div class="problem" role="alert">
      <Shape tone="bad" />
      <div>
        <strong>{own ? title : <Told text={title} />}</strong>
        {problem.detail && problem.detail !== title && (
          <p>
            <Told text={problem.detail} />
          </p>
        )}
        {rest.length > 0 && (
          <ul>
            {rest.map((detail) => (
              <li key={detail}>
                <Told text={detail} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

interface FieldProps {
  label: string;
  hint?: string | undefined;
  error?: string | null | undefined;
  unit?: string | undefined;
  class?: string;
  children: (props: { id: string; "aria-describedby"?: string; "aria-invalid"?: boolean }) => JSX.Element;
}

export function Field({ label, hint, error, unit, class: kind, children }: FieldProps): JSX.Element {
  const id = useId();
  const told = [hint && `${id}-h`, error && `${id}-e`].filter(Boolean).join(" ");
  const props = { id, ...(told && { "aria-describedby": told }), ...(error && { "aria-invalid": true }) };
  return (
    <div class={`field ${kind ?? ""}`}>
      <label for={id}>
        {label}
        {unit && <span class="unit"> ({unit})</span>}
      </label>
      {hint && (
        <p class="hint" id={`${id}-h`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="error" id={`${id}-e`}>
          <Shape tone="bad" />
          {error}
        </p>
      )}
      {children(props)}
    </div>
  );
}

type Text = Omit<FieldProps, "children"> & {
  value: string;
  onValue: (value: string) => void;
  type?: "text" | "password" | "date" | "time" | "search";
  autocomplete?: string;
  inputmode?: "text" | "numeric" | "decimal" | "none";
  required?: boolean;
  rows?: number;
  disabled?: boolean;
};

export function TextField({
  value,
  onValue,
  type,
  rows,
  autocomplete,
  inputmode,
  required,
  disabled,
  ...field
}: Text): JSX.Element {
  const set = (event: Event): void => onValue((event.currentTarget as HTMLInputElement).value);
  return (
    <Field {...field}>
      {(props) =>
        rows ? (
          <textarea
            {...props}
            rows={rows}
            value={value}
            onInput={set}
            required={required}
            disabled={disabled}
          />
        ) : (
          <input
            {...props}
            type={(type ?? "text") as "text"}
            value={value}
            onInput={set}
            autocomplete={autocomplete ?? "off"}
            inputmode={inputmode}
            required={required}
            disabled={disabled}
          />
        )
      }
    </Field>
  );
}

// Six digits of the second factor.
// Apps show the digits in two groups; the blank between them is none of the code.
export function CodeField({
  value,
  onValue,
}: {
  value: string;
  onValue: (value: string) => void;
}): JSX.Element {
  const { code, codeHint } = t().common.signIn;
  return (
    <TextField
      label={code}
      hint={codeHint}
      inputmode="numeric"
      autocomplete="one-time-code"
      value={value}
      onValue={(text) => onValue(text.replaceAll(" ", ""))}
    />
  );
}

// Why somebody does what needs a reason.
export const ReasonField = (props: Pick<Text, "hint" | "value" | "onValue" | "error">): JSX.Element => (
  <TextField label={t().common.reason} rows={props.hint ? 3 : 2} required {...props} />
);

type Select<T extends string> = Omit<FieldProps, "children"> & {
  value: T;
  onValue: (value: T) => void;
  options: (readonly [T, string])[];
  disabled?: boolean;
};

export function CheckField({
  label,
  value,
  onValue,
}: {
  label: string;
  value: boolean;
  onValue: (value: boolean) => void;
}): JSX.Element {
  return (
    <label class="check">
      <input type="checkbox" checked={value} onChange={(e) => onValue(e.currentTarget.checked)} />
      {label}
    </label>
  );
}

// Nothing chosen yet, then what the words name.
export const choices = <K extends string>(words: Record<K, string>, none = "–"): [K | "", string][] => [
  ["", none],
  ...(Object.entries(words) as [K, string][]),
];

export function SelectField<T extends string>({
  value,
  onValue,
  options,
  disabled,
  ...field
}: Select<T>): JSX.Element {
  return (
    <Field {...field}>
      {(props) => (
        <select
          {...props}
          value={value}
          disabled={disabled}
          onChange={(e) => onValue(e.currentTarget.value as T)}
        >
          {options.map(([key, label]) => (
            <option key={key} value={key} selected={key === value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

// Wide tables scroll in a frame that the keyboard reaches.
export function Scroll({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="scroll" role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}

export function Empty({ children }: { children: ComponentChildren }): JSX.Element {
  return <p class="empty quiet">{children}</p>;
}

export function Nothing({ title }: { title: string }): JSX.Element {
  return (
    <div class="page">
      <h1>{title}</h1>
    </div>
  );
}

export function Section({
  title,
  id,
  aside,
  children,
  class: kind,
}: {
  title: string;
  id?: string;
  aside?: ComponentChildren;
  children: ComponentChildren;
  class?: string;
}): JSX.Element {
  const key = useId();
  return (
    <section class={`card ${kind ?? ""}`} id={id} aria-labelledby={key}>
      <header>
        <h2 id={key}>{title}</h2>
        {aside && <div class="aside">{aside}</div>}
      </header>
      {children}
    </section>
  );
}

// What a status of the library says, with a mark where it is not released.
export function Status({ status }: { status: string }): JSX.Element {
  const tone: Tone = status === "released" ? "good" : status === "draft" ? "look" : "warn";
  return <Mark tone={tone}>{word(t().common.statuses, status)}</Mark>;
}

// The heads of a table's columns: a word, a word over numbers, or nothing over buttons.
export function Head({ of }: { of: (string | { number: string } | null)[] }): JSX.Element {
  return (
    <thead>
      <tr>
        {of.map((head) => {
          if (head === null) return <td class="tools" />;
          const words = typeof head === "string" ? head : head.number;
          return (
            <th key={words} scope="col" class={typeof head === "string" ? "" : "number"}>
              {words}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

// The one button that sends a form.
export function Submit({
  off,
  big,
  sticky,
  children,
}: {
  off: boolean;
  big?: boolean;
  sticky?: boolean;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <div class={sticky ? "actions sticky" : "actions"}>
      <button type="submit" class={big ? "primary big" : "primary"} disabled={off}>
        {children}
      </button>
    </div>
  );
}
