// Locks the screen after the site's idle time. Nothing on the page is thrown away.
import { effect } from "@preact/signals";
import { lock, locked, me } from "./state";

// Whoever works in another tab is at work: a tab behind it must not lock the screen.
const slot = "evenkeel.touched";
let last = 0;
const touched = (): void => {
  const now = Date.now();
  if (now - last < 1000) return;
  last = now;
  localStorage.setItem(slot, String(now));
};

function idle_ms(): number {
  const now = Date.now();
  const elsewhere = Number(localStorage.getItem(slot));
  return now - (elsewhere <= now ? Math.max(last, elsewhere) : last); // a clock may have been set back
}

export function watchIdle(): void {
  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) {
    window.addEventListener(kind, touched, { passive: true, capture: true });
  }
  setInterval(() => {
    const who = me.value;
    if (who && !locked.value && idle_ms() > who.idle_lock_s * 1000) void lock();
  }, 1000);
  effect(() => {
    if (!locked.value) touched();
  });
}
