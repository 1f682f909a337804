// A page that was opened without a connection: it knows nobody. It says what waits on this device, asks the
// server again by itself, and shows the waiting entries to the one who entered them.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { waitingHere } from "../api/keeper";
import { clock } from "../format/time";
import { t } from "../texts";
import { Mark, Shape, TextField } from "../ui/basic";
import { ask, queue } from "./state";
import { isKnown, recall, type Known } from "./verifier";

const again_ms = 3000;

function Entries({ of }: { of: string }): JSX.Element {
  return (
    <ul class="plain-list">
      {queue.entries.value
        .filter((entry) => entry.by === of)
        .map((entry) => (
          <li key={entry.key}>
            <time>{clock(entry.entered)}</time> {entry.label}{" "}
            <Mark tone={entry.state === "refused" ? "bad" : "warn"}>{t().common.unsaved[entry.state]}</Mark>
          </li>
        ))}
    </ul>
  );
}

function Theirs({ who }: { who: Known }): JSX.Element {
  const [password, setPassword] = useState("");
  const [state, setState] = useState<"asks" | "wrong" | "open">("asks");
  const words = t().device.offline;
  if (state === "open") return <Entries of={who.name} />;
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const good = await isKnown(who.name, password);
    if (good) await queue.load();
    setState(good ? "open" : "wrong");
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <TextField
        label={words.password(who.display)}
        value={password}
        onValue={setPassword}
        type="password"
        autocomplete="current-password"
        error={state === "wrong" ? words.wrong : null}
      />
      <div class="actions">
        <button type="submit" disabled={password === ""}>
          {words.show}
        </button>
      </div>
    </form>
  );
}

export function NoConnection(): JSX.Element {
  const [who, setWho] = useState<Known | null>(null);
  const words = t().device.offline;
  const waiting = waitingHere();
  useEffect(() => {
    document.title = `${words.title} – ${t().common.product}`;
    void recall().then(setWho);
    const now = (): void => void ask();
    const timer = setInterval(now, again_ms);
    window.addEventListener("online", now);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", now);
    };
  }, []);
  return (
    <div class="card no-connection">
      <h1>
        <Shape tone="bad" /> {words.title}
      </h1>
      <p role="status">
        <strong>{waiting === 0 ? words.none : words.waiting(waiting)}</strong> {waiting > 0 && words.theirs}
      </p>
      <p>{words.watch}</p>
      <p class="quiet">{words.why}</p>
      {waiting > 0 && who && <Theirs who={who} />}
      <div class="actions">
        <button type="button" onClick={() => void ask()}>
          {words.again}
        </button>
      </div>
    </div>
  );
}
