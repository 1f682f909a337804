// A named clinician has looked: at a finding, or at an answer that asks for somebody today. The entry names
// what was looked at, so that of two episodes of one rule the one that was meant is closed.
import type { JSX, ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { BodyOf } from "../../api/address";
import { enter, me } from "../../app/state";
import { t } from "../../texts";
import { SelectField, TextField } from "../../ui/basic";
import { FormDialog } from "../../ui/dialog";

type Decision = Exclude<BodyOf<"review">["decision"], "plan_reviewed">;

export function ReviewDialog({
  patient,
  of,
  title,
  hint,
  children,
  onClose,
}: {
  patient: string;
  of: Pick<BodyOf<"review">, "rules" | "events">;
  title: string;
  hint?: string;
  children: ComponentChildren;
  onClose: () => void;
}): JSX.Element {
  const [decision, setDecision] = useState<Decision | "">("");
  const [reason, setReason] = useState("");
  const words = t().chart.review;
  const submit = async (): Promise<void> => {
    if (decision === "") return;
    const body = { clinician: me.value?.name ?? "", decision, reason: reason.trim(), ...of };
    await enter(patient, { kind: "review", body });
  };
  return (
    <FormDialog
      title={title}
      action={words.go}
      onClose={onClose}
      onSubmit={submit}
      ready={decision !== "" && reason.trim() !== ""}
    >
      {children}
      <SelectField
        label={words.decision}
        value={decision}
        onValue={setDecision}
        {...(hint && { hint })}
        options={[
          ["", "–"],
          ["no_concern", of.rules ? words.no_concern : (words.decided["no_concern"] ?? "")],
          ["watch", of.rules ? words.watch : (words.decided["watch"] ?? "")],
          ["act", of.rules ? words.act : (words.decided["act"] ?? "")],
        ]}
      />
      <TextField label={t().common.reason} value={reason} onValue={setReason} rows={3} required />
    </FormDialog>
  );
}
