// What a device says by itself: with its screen locked, without a connection.
export const device = {
  glance: {
    label: "The running session",
    session: "Session",
    due: (time: string, wait: string) => `Next vital signs due ${time}, in ${wait}`,
    dueNow: (time: string, late: string) => `Vital signs DUE since ${time}, ${late} late`,
    stop: "STOP waits for an answer",
    hold: "HOLD waits for an answer",
    asOf: (time: string) => `As of ${time}. Nothing is checked here while the screen is locked.`,
  },
  notLoaded: {
    title: "This page could not be loaded.",
    why: "The connection may be lost, or Evenkeel was renewed. A reload fetches the new version.",
    go: "Reload",
  },
  losesTyped: "What was typed and is not saved would be lost. Press once more to go on.",
  offline: {
    title: "No connection",
    why: "The server is not reached. This page asks again by itself.",
    none: "Nothing waits on this device.",
    waiting: (n: number) =>
      n === 1
        ? "1 entry waits on this device and is sent when the connection is back."
        : `${n} entries wait on this device and are sent when the connection is back.`,
    theirs: "Whoever entered them must be signed in then.",
    show: "Show them",
    password: (name: string) => `Password of ${name}`,
    wrong: "That is not the password, or it is not known here.",
    watch: "Limits are not checked. Watch the patient and the monitor, and write down on paper what is done.",
    again: "Ask again now",
  },
};
