// On paper alone: whose clinic, when and by whom it was printed, in which zone, and what was not saved.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { me, queue, serverNow } from "../../app/state";
import { moment, zone } from "../../format/time";
import { t } from "../../texts";

export function PrintHead({ patient }: { patient: string }): JSX.Element {
  const [at, setAt] = useState(serverNow);
  useEffect(() => {
    const now = (): void => setAt(serverNow());
    window.addEventListener("beforeprint", now);
    return () => window.removeEventListener("beforeprint", now);
  }, []);
  const words = t().print;
  const unsaved = queue.entries.value.filter((e) => e.about.split("/")[0] === patient).length;
  return (
    <div class="only-print print-head">
      <p>{words.head(me.value?.site ?? "", `${moment(at)} (${zone(at)})`, me.value?.display ?? "")}</p>
      {unsaved > 0 && (
        <p>
          <strong>{words.unsaved(unsaved)}</strong>
        </p>
      )}
    </div>
  );
}
