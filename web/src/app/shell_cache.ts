// The app's own files stay on the device, so that a reload without a connection shows this page and what
// waits, not the browser's. Registered once somebody has signed in: a patient's device that answers a
// questionnaire keeps nothing.
export function keepShell(): void {
  if (!import.meta.env.PROD || !window.isSecureContext || !("serviceWorker" in navigator)) return;
  void navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => undefined);
}
