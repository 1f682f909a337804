// A protocol filled in for the patient. Its own numbers stand in the fields to begin with; the server holds
// to its bounds.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { at, formed } from "../../api/address";
import type { Plan } from "../../api/types";
import { useResource } from "../../app/resource";
import { enter, me, serverNow } from "../../app/state";
import { isoDay } from "../../format/time";
import { num } from "../../format/number";
import { t, word } from "../../texts";
import { choices, Loading, Mark, ProblemBox, SelectField, TextField } from "../../ui/basic";
import { FormDialog } from "../../ui/dialog";
import {
  approvalFaults,
  dosedBy,
  ownDose,
  planBody,
  startValues,
  type Protocol,
  type Values,
} from "./plan_form";
import { Why } from "./why";

interface FieldsOf {
  values: Values;
  set: (key: string, value: string) => void;
  protocol: Protocol;
}

function DoseFields({ values, set, protocol }: FieldsOf): JSX.Element {
  const words = t().chart.planning;
  const { standard, length, bounds } = ownDose(protocol);
  const hint =
    standard &&
    words.standard(
      `${num(standard.value)} ${standard.unit}${
        bounds ? ` (${num(bounds.lowest.value)}–${num(bounds.highest.value)})` : ""
      }`,
    );
  return (
    <div class="form-row">
      <SelectField
        label={words.doseKind}
        value={values["dose_kind"] ?? ""}
        onValue={(v) => set("dose_kind", v)}
        options={[
          ["weight", words.byWeight],
          ["fixed", words.asFixed],
        ]}
      />
      <TextField
        label={values["dose_kind"] === "fixed" ? words.fixed : words.dose}
        unit={values["dose_kind"] === "fixed" ? "mg base" : "mg base/kg"}
        hint={hint}
        value={values["dose"] ?? ""}
        onValue={(v) => set("dose", v)}
        inputmode="decimal"
      />
      <TextField
        label={words.length}
        unit="min"
        hint={length && words.standard(`${num(length.value)} ${length.unit}`)}
        value={values["length"] ?? ""}
        onValue={(v) => set("length", v)}
        inputmode="decimal"
      />
    </div>
  );
}

function EndpointFields({ values, set }: Omit<FieldsOf, "protocol">): JSX.Element {
  const words = t().chart.planning;
  const { data, problem } = useResource(at("/api/instruments"));
  const offered = (data?.instruments ?? []).map((each) => [each.id, each.short_title] as const);
  return (
    <>
      <ProblemBox problem={problem} />
      <SelectField
        label={words.instrument}
        value={values["instrument"] ?? ""}
        onValue={(v) => set("instrument", v)}
        options={[["", "–"], ...offered]}
      />
      <SelectField
        label={words.target}
        value={values["target"] ?? ""}
        onValue={(v) => set("target", v)}
        options={choices(t().chart.plan.targets)}
      />
    </>
  );
}

// What keeps the plan from being sent, by the labels of its fields.
function Lacking({ faults, values }: { faults: string[]; values: Values }): JSX.Element | null {
  const words = t().chart.planning;
  const labels: Record<string, string> = {
    indication: words.indication,
    instrument: words.instrument,
    target: words.target,
    next_review: words.review,
    stop_date: words.stop,
    consent_version: words.consent,
    change_reason: words.reason,
    change_note: words.note,
    dose: values["dose_kind"] === "fixed" ? words.fixed : words.dose,
    length: words.length,
    planned_sessions: words.sessions,
    interval: words.interval,
  };
  if (faults.length === 0) return null;
  return (
    <p class="hint" role="status">
      {words.lacking} {faults.map((key) => labels[key] ?? key).join(", ")}
    </p>
  );
}

function Fields({ values, set, protocol }: FieldsOf): JSX.Element {
  const words = t().chart.planning;
  const text = (key: string, label: string, more: object = {}): JSX.Element => (
    <TextField label={label} value={values[key] ?? ""} onValue={(v) => set(key, v)} {...more} />
  );
  return (
    <>
      {protocol.status !== "released" && (
        <p>
          <Mark tone="warn">{words.status(word(t().common.statuses, protocol.status))}</Mark>
        </p>
      )}
      <p>
        {t().chart.plan.drug}: <strong>{word(t().chart.plan.drugs, protocol.drug)}</strong>,{" "}
        {t().chart.plan.bases[dosedBy]}
      </p>
      {text("indication", words.indication)}
      {text("prior", words.prior, { rows: 2 })}
      <DoseFields values={values} set={set} protocol={protocol} />
      <div class="form-row">
        {text("planned_sessions", words.sessions, { inputmode: "numeric" })}
        {text("interval", words.interval, { unit: "d", inputmode: "decimal" })}
        <EndpointFields values={values} set={set} />
      </div>
      <div class="form-row">
        {text("next_review", words.review, { type: "date" })}
        {text("stop_date", words.stop, { type: "date" })}
        {text("consent_version", words.consent)}
        {text("other_care", `${words.other} (${t().common.optional})`)}
      </div>
    </>
  );
}

export function Approve({
  patient,
  before,
  onClose,
}: {
  patient: string;
  before: Plan | null;
  onClose: () => void;
}): JSX.Element {
  const library = useResource(at("/api/library"));
  const protocols = library.data?.kinds.find((k) => k.kind === "protocols")?.entries ?? [];
  const [id, setId] = useState(before?.protocol ?? "");
  const entry = useResource(id ? at("/api/library/protocols/{id}", { id }) : null);
  const protocol = entry.data?.entry;
  const [values, setValues] = useState<Values>({});
  const words = t().chart.planning;
  useEffect(() => {
    if (protocol) setValues(startValues(protocol, before, isoDay(serverNow())));
  }, [protocol?.id, protocol?.version]);
  const set = (key: string, value: string): void => setValues((old) => ({ ...old, [key]: value }));
  const faults = approvalFaults(values, before !== null);
  const submit = async (): Promise<void> => {
    if (!protocol) return;
    const body = planBody(protocol, values, me.value?.name ?? "");
    await enter(patient, formed("plan_approved", body));
  };
  return (
    <FormDialog
      title={words.approve}
      action={words.approveGo}
      wide
      onClose={onClose}
      onSubmit={submit}
      ready={protocol !== undefined && faults.length === 0}
    >
      <SelectField
        label={words.protocol}
        value={id}
        onValue={setId}
        options={[
          ["", "–"],
          ...protocols.map(
            (p) => [p.id, `${p.title} (${p.version}, ${word(t().common.statuses, p.status)})`] as const,
          ),
        ]}
      />
      <ProblemBox problem={library.problem ?? entry.problem} />
      {id && !protocol && !entry.problem && <Loading />}
      {protocol && <Fields values={values} set={set} protocol={protocol} />}
      {protocol && before && (
        <fieldset>
          <legend>{words.replaces}</legend>
          <Why keys={["change_reason", "change_note"]} values={values} set={set} />
        </fieldset>
      )}
      {protocol && <Lacking faults={faults} values={values} />}
    </FormDialog>
  );
}
