// The server's events, as they come over one connection.
export interface LiveRecord {
  patient: string;
  version: number;
  kind: string;
  at: string;
}
export type Said =
  | { what: "beat"; now: string }
  | { what: "record"; record: LiveRecord }
  | { what: "reset" } // what was missed is not known
  | { what: "signed_out" } // or locked: the server is to be asked
  | { what: "refused" }; // this stream is not given: the same
export type Hear = (said: Said) => void;
export interface Stream {
  look(): void;
  close(): void;
}

export const silence_ms = 4000; // a beat comes every two seconds
const again_ms = 1000;

// Whatever was read before a stream stood may be older than what it tells: its first word is `reset`.
export function openStream(hear: Hear): Stream {
  let since = 0;
  let source: EventSource;
  const open = (): void => {
    since = Date.now();
    source = new EventSource("/api/live");
    let stands = false;
    const on = (name: string, said: (data: string) => Said): void =>
      source.addEventListener(name, (event: MessageEvent<string>) => {
        since = Date.now();
        if (!stands) hear({ what: "reset" });
        stands = true;
        hear(said(event.data));
      });
    on("beat", (data) => ({ what: "beat", now: (JSON.parse(data) as { now: string }).now }));
    on("record", (data) => ({ what: "record", record: JSON.parse(data) as LiveRecord }));
    on("reset", () => ({ what: "reset" }));
    on("signed_out", () => ({ what: "signed_out" }));
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) hear({ what: "refused" });
    });
  };
  // The browser opens it anew by itself, and says what it had; but not where it was refused, nor where the
  // connection only seems to stand.
  const look = (): void => {
    const silent = Date.now() - since;
    if (silent <= (source.readyState === EventSource.CLOSED ? again_ms : silence_ms)) return;
    source.close();
    open();
  };
  open();
  const watch = setInterval(look, again_ms);
  return {
    look,
    close: () => {
      clearInterval(watch);
      source.close();
    },
  };
}
