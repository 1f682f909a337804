// The frame of every page: where one is, who one is, whether the server hears.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { connected, lastHeard } from "../api/live";
import { clock, zone } from "../format/time";
import { language, speak, t, type Language } from "../texts";
import { Shape } from "../ui/basic";
import { Dialog } from "../ui/dialog";
import { path } from "./router";
import { lock, may, mayWrite, me, queue, serverNow, signOut, unsavedOf } from "./state";
import { Unsaved } from "./unsaved";

interface Link {
  to: string;
  label: string;
  right?: string;
}

const links = (): Link[] => {
  const { nav } = t().common;
  return [
    { to: "/", label: nav.today, right: "see-schedule" },
    { to: "/patients", label: nav.patients, right: "read-register" },
    ...(may("read-chart") || !mayWrite("assay") ? [] : [{ to: "/results", label: nav.results }]),
    { to: "/ledger", label: nav.ledger, right: "read-ledger" },
    { to: "/audit", label: nav.audit, right: "read-audit|verify" },
    { to: "/users", label: nav.users, right: "keep-accounts" },
    { to: "/site", label: nav.site },
    { to: "/library", label: nav.library },
  ];
};

const isHere = (to: string): boolean => (to === "/" ? path.value === "/" : path.value.startsWith(to));

function Nav({ open }: { open: boolean }): JSX.Element {
  const seen = links().filter((link) => !link.right || link.right.split("|").some(may));
  return (
    <nav id="pages" class={open ? "open" : ""} aria-label={t().common.nav.label}>
      {seen.map((link) => (
        <a key={link.to} href={link.to} aria-current={isHere(link.to) ? "page" : undefined}>
          {link.label}
        </a>
      ))}
    </nav>
  );
}

export function LanguageChoice(): JSX.Element {
  return (
    <label class="language">
      <span class="visually-hidden">{t().common.language}</span>
      <select value={language.value} onChange={(e) => void speak(e.currentTarget.value as Language)}>
        <option value="en" selected={language.value === "en"}>
          English
        </option>
        <option value="de" lang="de" selected={language.value === "de"}>
          Deutsch
        </option>
      </select>
    </label>
  );
}

function SignOutDialog({ unsaved, onClose }: { unsaved: number; onClose: () => void }): JSX.Element {
  const words = t().common.unsaved;
  return (
    <Dialog title={t().common.signOut} onClose={onClose}>
      <p>{words.signOut(unsaved)}</p>
      <div class="actions">
        <button type="button" class="danger" onClick={() => void signOut()}>
          {words.signOutGo}
        </button>
        <button type="button" class="primary" onClick={onClose}>
          {words.stay}
        </button>
      </div>
    </Dialog>
  );
}

function Who(): JSX.Element | null {
  const [asking, setAsking] = useState(false);
  const who = me.value;
  if (!who) return null;
  const unsaved = unsavedOf(who.name);
  return (
    <div class="who">
      <a href="/account" class="name">
        {who.display}
        <span class="role">{t().common.roles[who.role]}</span>
      </a>
      <button type="button" onClick={() => (unsaved ? setAsking(true) : void signOut())}>
        {t().common.signOut}
      </button>
      {asking && <SignOutDialog unsaved={unsaved} onClose={() => setAsking(false)} />}
    </div>
  );
}

// The banner stands where it pushes the page down, so that it covers nothing.
export function ConnectionBanner(): JSX.Element {
  return (
    <div class="connection" role="status">
      {!connected.value && (
        <p>
          <Shape tone="bad" />
          <span>
            <strong>{t().common.lost(clock(lastHeard.value))}</strong> {t().common.lostRead}
          </span>
        </p>
      )}
    </div>
  );
}

function Brand(): JSX.Element {
  return (
    <a class="brand" href="/">
      <img src="/mark.svg" alt="" width="28" height="28" />
      {t().common.product}
    </a>
  );
}

export function Shell({ children }: { children: ComponentChildren }): JSX.Element {
  const [menu, setMenu] = useState(false);
  const here = path.value;
  const first = useRef(true);
  useEffect(() => {
    setMenu(false);
    // A new page begins there.
    if (!first.current) document.getElementById("content")?.focus({ preventScroll: true });
    first.current = false;
  }, [here]);
  const { common } = t();
  return (
    <div class="shell">
      <a class="skip" href="#content">
        {common.skip}
      </a>
      <header class="top">
        <Brand />
        <button
          type="button"
          class="menu"
          aria-expanded={menu}
          aria-controls="pages"
          onClick={() => setMenu(!menu)}
        >
          {common.nav.menu}
        </button>
        <Nav open={menu} />
        <Who />
        <button type="button" class="lock-now" onClick={() => void lock()}>
          {common.lock}
        </button>
      </header>
      <ConnectionBanner />
      {queue.entries.value.length > 0 && <Unsaved />}
      <main id="content" tabIndex={-1} class={connected.value ? "" : "stale"}>
        {children}
      </main>
      <footer class="foot">
        {me.value?.demo && <strong>{common.demo}</strong>}
        <span>{me.value?.site}</span>
        <span>{common.times(zone(serverNow()))}</span>
        <span>{common.notMonitor}</span>
        <a href="/addictive">{common.nav.addictive}</a>
        <LanguageChoice />
      </footer>
    </div>
  );
}

export function OpenShell({
  children,
  narrow,
}: {
  children: ComponentChildren;
  narrow?: boolean;
}): JSX.Element {
  return (
    <div class="shell open-shell">
      <header class="top">
        <Brand />
        <span class="tagline">{t().common.tagline}</span>
        <LanguageChoice />
      </header>
      <main id="content" tabIndex={-1} class={narrow ? "narrow" : ""}>
        {children}
      </main>
    </div>
  );
}
