// What may be done to a running infusion: pause, go on, change the rate, end it, note a sign or a side
// effect, leave otherwise.
import type { JSX } from "preact";
import type { SessionPage } from "../../api/types";
import { EndButton, LeaveButton } from "./end";
import { unsentOf, waitingFor } from "./pending";
import { PauseButton, RateButton } from "./rate";
import type { Session } from "./record";
import { SideEffectButton } from "./side_effect";
import { SignButton } from "./signs";

export { EndButton, LeaveButton, PauseButton, SignButton };

interface Props {
  where: Session;
  page: SessionPage;
}

export function InfusionButtons({ where, page }: Props): JSX.Element {
  const has = (kind: string): boolean => page.writes.includes(kind);
  const unsent = unsentOf(waitingFor(where));
  const paused = unsent ? unsent.what === "paused" : page.session.flowsheet?.rate_base_mg_per_h === 0;
  return (
    <div class="actions infusion-actions">
      {has("rate_changed") && !paused && <PauseButton where={where} page={page} />}
      {has("rate_changed") && <RateButton where={where} page={page} paused={paused} />}
      {has("sign_seen") && <SignButton where={where} page={page} />}
      <SideEffectButton where={where} page={page} />
      {has("session_ended") && <EndButton where={where} page={page} byKey />}
      {has("session_stopped") && <LeaveButton where={where} page={page} />}
    </div>
  );
}
