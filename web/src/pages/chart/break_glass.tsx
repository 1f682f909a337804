// Who may not see a patient, and has to: with a reason, for an hour, and an auditor asks.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../../api/address";
import { send } from "../../api/client";
import { t } from "../../texts";
import { ProblemBox, Section, ReasonField } from "../../ui/basic";
import { useAction } from "../../ui/dialog";
import { isReason, tooLong } from "../../ui/reason";

export function BreakGlass({ patient, onOpened }: { patient: string; onOpened: () => void }): JSX.Element {
  const [reason, setReason] = useState("");
  const action = useAction();
  const words = t().chart.glass;
  const submit = (event: Event): void => {
    event.preventDefault();
    void action.run(async () => {
      await send(at("/api/patients/{patient}/break-glass", { patient }), { reason: reason.trim() });
      onOpened();
    });
  };
  return (
    <div class="page">
      <Section title={words.title}>
        <p>{words.why}</p>
        <form onSubmit={submit}>
          <ReasonField hint={words.hint} value={reason} onValue={setReason} error={tooLong(reason)} />
          <ProblemBox problem={action.problem} />
          <div class="actions">
            <button class="danger" type="submit" disabled={action.busy || !isReason(reason)}>
              {words.go}
            </button>
          </div>
        </form>
      </Section>
    </div>
  );
}
