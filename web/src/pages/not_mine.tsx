// The way to a chart that is not on one's list, for who sees some patients alone: by the identifier, for the
// register shows them nobody else.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { go } from "../app/router";
import { may, me } from "../app/state";
import { t } from "../texts";
import { TextField } from "../ui/basic";

export function NotMine(): JSX.Element | null {
  const [id, setId] = useState("");
  const words = t().chart.glass;
  if (!me.value?.restricted || !may("break-glass")) return null;
  const submit = (event: Event): void => {
    event.preventDefault();
    go(`/patients/${encodeURIComponent(id.trim())}`);
  };
  return (
    <details>
      <summary>{words.notMine}</summary>
      <form class="inline" onSubmit={submit}>
        <TextField label={words.id} hint={words.notMineHint} value={id} onValue={setId} />
        <button type="submit" disabled={!/^[\w.-]{1,64}$/.test(id.trim())}>
          {words.toIt}
        </button>
      </form>
    </details>
  );
}
