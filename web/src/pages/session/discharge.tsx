// Before the way home: what is met, what is not; discharge is the server's to refuse.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { SessionPage } from "../../api/types";
import { enter } from "../../app/state";
import { clock } from "../../format/time";
import { t } from "../../texts";
import { Mark, ProblemBox, Section, SelectField, TextField, Submit } from "../../ui/basic";
import { useAction } from "../../ui/dialog";
import { Told } from "../../ui/told";
import { LeaveButton } from "./infusion";
import type { Session } from "./record";

function Criteria({ page }: { page: SessionPage }): JSX.Element {
  const words = t().session.discharge;
  const sheet = page.session.flowsheet;
  const around = new Date(page.session.now);
  return (
    <ul class="gate-list">
      {sheet?.observe_until && (
        <li class="gate">
          <Mark tone="plain">{words.until}</Mark>
          <p>{words.observe(clock(sheet.observe_until))}</p>
        </li>
      )}
      {(sheet?.discharge ?? []).map((c) => (
        <li key={c.id} class="gate">
          <Mark tone={c.met === "met" ? "good" : c.met === "unknown" ? "look" : "warn"}>
            {words.met[c.met]}
          </Mark>
          <p>
            <Told text={c.text} around={around} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function DischargeForm({ where }: { where: Session }): JSX.Element {
  const [escort, setEscort] = useState("");
  const [moaas, setMoaas] = useState("");
  const [contact, setContact] = useState("");
  const action = useAction();
  const words = t().session.discharge;
  const submit = (event: Event): void => {
    event.preventDefault();
    const body = {
      session: where.session,
      escort: escort === "yes",
      ...(moaas && { moaas: Number(moaas) }),
      ...(contact && { next_contact: contact }),
    };
    void action.run(async () => {
      await enter(where.patient, {
        kind: "session_discharged",
        body,
      });
    });
  };
  return (
    <form onSubmit={submit}>
      <div class="form-row">
        <SelectField
          label={words.escort}
          value={escort}
          onValue={setEscort}
          options={[
            ["", "–"],
            ["yes", t().common.yes],
            ["no", t().common.no],
          ]}
        />
        <SelectField
          label={words.moaas}
          value={moaas}
          onValue={setMoaas}
          options={[
            ["", "–"],
            ...[5, 4, 3, 2, 1, 0].map(
              (n) => [String(n), `${n}: ${t().session.vitals.moaas[n] ?? ""}`] as const,
            ),
          ]}
        />
        <TextField label={words.contact} type="date" value={contact} onValue={setContact} />
      </div>
      <ProblemBox problem={action.problem} />
      <Submit off={action.busy || escort === "" || moaas === ""} big>
        {words.go}
      </Submit>
    </form>
  );
}

export function Discharge({ where, page }: { where: Session; page: SessionPage }): JSX.Element {
  const words = t().session.discharge;
  const query = `session=${where.session}&moment=after_dose&instrument=`;
  const evaluate = `/patients/${where.patient}/evaluate?${query}`;
  const ready = page.session.flowsheet?.may_discharge;
  return (
    <Section
      title={words.title}
      class="discharge"
      aside={<Mark tone={ready ? "good" : "warn"}>{ready ? words.ready : words.notReady}</Mark>}
    >
      <Criteria page={page} />
      <div class="actions">
        <a class="button" href={`${evaluate}discharge-readiness`}>
          {words.score}
        </a>
        <a class="button" href={`${evaluate}asq`}>
          {words.screen}
        </a>
        {page.writes.includes("session_stopped") && <LeaveButton where={where} page={page} />}
      </div>
      {page.writes.includes("session_discharged") && <DischargeForm where={where} />}
    </Section>
  );
}
