import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { SignIn } from "../pages/sign_in";
import { ChangePassword } from "../pages/password";
import { FactorDue } from "../pages/second_factor";
import { t } from "../texts";
import { Loading, Nothing } from "../ui/basic";
import { LockScreen } from "./lock";
import { NoConnection } from "./offline";
import { homeOf, routeOf } from "./pages";
import { go, hash, path } from "./router";
import { Shell, OpenShell } from "./shell";
import { ask, known, locked, may, me, unreached } from "./state";

function Content(): JSX.Element {
  const found = routeOf(path.value);
  const who = me.value;
  const home = who && path.value === "/" && !may("see-schedule") ? homeOf(who.rights) : null;
  useEffect(() => {
    if (home) go(home, true);
  }, [home]);
  if (home) return <Loading />;
  if (!found) return <Nothing title={t().common.notFound} />;
  if (found.route.right && !found.route.right.split("|").some(may))
    return <Nothing title={t().common.notPermitted} />;
  const Page = found.route.page;
  return <Page key={path.value} parts={found.parts} />;
}

// A page that needs no sign-in is the same for everyone: no name, no token, no live channel.
export function App(): JSX.Element {
  const found = routeOf(path.value);
  const open = found?.route.open;
  useEffect(() => {
    if (!open) void ask();
  }, [open]);
  if (found && open) {
    const Page = found.route.page;
    return (
      <OpenShell>
        <Page key={path.value === "/answer" ? hash.value : ""} parts={found.parts} />
      </OpenShell>
    );
  }
  if (!known.value && !me.value) return <Loading />;
  const who = me.value;
  if (!who) return <OpenShell narrow>{unreached.value ? <NoConnection /> : <SignIn />}</OpenShell>;
  if (who.must_change_password)
    return (
      <OpenShell narrow>
        <ChangePassword forced />
      </OpenShell>
    );
  if (who.second_factor_due)
    return (
      <>
        <div class={locked.value ? "covered" : ""} inert={locked.value}>
          <OpenShell narrow>
            <FactorDue />
          </OpenShell>
        </div>
        {locked.value && <LockScreen who={who} />}
      </>
    );
  return (
    <>
      <div class={locked.value ? "covered" : ""} inert={locked.value}>
        <Shell key={who.name}>
          <Content />
        </Shell>
      </div>
      {locked.value && <LockScreen who={who} />}
    </>
  );
}
