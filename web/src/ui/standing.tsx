// What was read once and could not be read again stands, under what went wrong and how old it is.
import type { JSX } from "preact";
import { useTick, type Resource } from "../app/resource";
import { clock, span } from "../format/time";
import { t } from "../texts";
import { Mark, ProblemBox } from "./basic";

export function Standing({
  of: { problem, read, reload },
}: {
  of: Pick<Resource<unknown>, "problem" | "read" | "reload">;
}): JSX.Element | null {
  useTick(10_000);
  if (!problem) return null;
  return (
    <div class="standing">
      <ProblemBox problem={problem} />
      <p>
        <Mark tone="warn">{t().common.stands(clock(read), span(Date.now() - read))}</Mark>
        <button type="button" onClick={reload}>
          {t().common.tryAgain}
        </button>
      </p>
    </div>
  );
}
