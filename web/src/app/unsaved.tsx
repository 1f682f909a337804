// The unsaved entries, wherever one is: what, when, why not.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Entry } from "../api/queue";
import { clock } from "../format/time";
import { t } from "../texts";
import { Mark, ProblemBox } from "../ui/basic";
import { Dialog } from "../ui/dialog";
import { me, queue } from "./state";

function Discard({ entry, onClose }: { entry: Entry; onClose: () => void }): JSX.Element {
  const words = t().common;
  return (
    <Dialog title={words.unsaved.discard} onClose={onClose}>
      <p>
        <strong>
          {clock(entry.entered)} {entry.label}
        </strong>
      </p>
      <p>{words.unsaved.discardSure}</p>
      <div class="actions">
        <button type="button" class="quiet-button" onClick={onClose}>
          {words.cancel}
        </button>
        <button type="button" class="danger" onClick={() => void queue.discard(entry.key)}>
          {words.unsaved.discard}
        </button>
      </div>
    </Dialog>
  );
}

export function UnsavedEntry({ entry }: { entry: Entry }): JSX.Element {
  const [asking, setAsking] = useState(false);
  const words = t().common.unsaved;
  const mine = entry.by === me.value?.name;
  return (
    <li class={`unsaved-entry ${entry.state}`}>
      <Mark tone={entry.state === "refused" ? "bad" : "warn"}>{words[entry.state]}</Mark>
      <span>
        <time>{clock(entry.entered)}</time> {entry.label}
      </span>
      {!mine && <span class="quiet">{words.others(entry.by)}</span>}
      {entry.problem && <ProblemBox problem={entry.problem} />}
      {mine && entry.state === "refused" && (
        <span class="actions">
          <button type="button" onClick={() => void queue.retry(entry.key)}>
            {words.retry}
          </button>
          <button type="button" onClick={() => setAsking(true)}>
            {words.discard}
          </button>
        </span>
      )}
      {asking && <Discard entry={entry} onClose={() => setAsking(false)} />}
    </li>
  );
}

export function Unsaved(): JSX.Element {
  const entries = queue.entries.value;
  const words = t().common.unsaved;
  return (
    <section class="unsaved" aria-label={words.title(entries.length)}>
      <strong>{words.title(entries.length)}</strong>
      <ul>
        {entries.map((entry) => (
          <UnsavedEntry key={entry.key} entry={entry} />
        ))}
      </ul>
      {!queue.lasts && <p class="hint">{words.memory}</p>}
    </section>
  );
}
