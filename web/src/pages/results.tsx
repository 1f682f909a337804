// For the laboratory, which reads no chart: results are written under the patient's identifier.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useTitle } from "../app/title";
import { t } from "../texts";
import { Section, TextField } from "../ui/basic";
import { WriteMenu } from "./chart/write";

export default function Results(): JSX.Element {
  const [patient, setPatient] = useState("");
  const words = t().desk.results;
  useTitle(words.title);
  const id = patient.trim();
  const good = /^[A-Za-z0-9._-]{1,64}$/.test(id);
  return (
    <div class="page">
      <header class="page-head">
        <h1>{words.title}</h1>
      </header>
      <Section title={words.write}>
        <TextField label={words.id} hint={words.hint} value={patient} onValue={setPatient} class="search" />
        {good && <WriteMenu patient={id} plan={null} />}
      </Section>
    </div>
  );
}
