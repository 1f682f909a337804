// Locks the screen after the site's idle time. Nothing on the page is thrown away.
import { effect } from "@preact/signals";
import { lock, locked, me } from "./state";

let last = Date.now();
const touched = (): void => {
  last = Date.now();
};

export function watchIdle(): void {
  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) {
    window.addEventListener(kind, touched, { passive: true, capture: true });
  }
  setInterval(() => {
    const who = me.value;
    if (who && !locked.value && Date.now() - last > who.idle_lock_s * 1000) void lock();
  }, 1000);
  effect(() => {
    if (!locked.value) touched();
  });
}
