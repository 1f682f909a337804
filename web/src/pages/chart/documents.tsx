// The printed report, and the record taken out with the name of who gets it.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { at } from "../../api/address";
import { may } from "../../app/state";
import { t } from "../../texts";
import { Section, TextField } from "../../ui/basic";

export function Documents({ patient }: { patient: string }): JSX.Element {
  const [recipient, setRecipient] = useState("");
  const words = t().chart.documents;
  const to = at("/api/patients/{patient}/export", { patient, recipient: recipient.trim() });
  return (
    <Section title={words.title} class="documents">
      <ul class="plain-list">
        <li>
          <a href={at("/api/patients/{patient}/report", { patient })} target="_blank" rel="noopener">
            {words.report}
          </a>
        </li>
        <li>
          <button type="button" class="link" onClick={() => window.print()}>
            {words.printPage}
          </button>
        </li>
      </ul>
      {may("export-chart") && (
        <div class="export">
          <TextField
            label={words.recipient}
            hint={words.recipientHint}
            value={recipient}
            onValue={setRecipient}
          />
          {recipient.trim() ? (
            <a class="button" href={to} download>
              {words.export}
            </a>
          ) : (
            <button type="button" disabled>
              {words.export}
            </button>
          )}
        </div>
      )}
    </Section>
  );
}
