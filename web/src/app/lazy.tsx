// A page comes with the first visit to it.
import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../texts";
import { Loading, Shape } from "../ui/basic";

export type Page = ComponentType<{ parts: Record<string, string> }>;

const again_ms = 3000;

// After an upgrade the server no longer has this version's pages. What was typed elsewhere a reload throws
// away, so it is never done by itself.
function NotLoaded(): JSX.Element {
  const words = t().device.notLoaded;
  return (
    <div class="problem" role="alert">
      <Shape tone="bad" />
      <div>
        <strong>{words.title}</strong>
        <p>{words.why}</p>
        <button type="button" onClick={() => location.reload()}>
          {words.go}
        </button>
      </div>
    </div>
  );
}

export function lazy(load: () => Promise<{ default: Page }>): Page {
  let ready: Page | null = null;
  return function Lazy({ parts }): JSX.Element {
    const [failed, setFailed] = useState(0);
    const [, arrived] = useState(false);
    useEffect(() => {
      if (ready) return undefined;
      const ask = (): void =>
        void load().then(
          (module) => {
            ready = module.default;
            arrived(true);
          },
          () => setFailed(failed + 1),
        );
      const timer = setTimeout(ask, failed && again_ms);
      return () => clearTimeout(timer);
    }, [failed]);
    const Here = ready;
    if (Here) return <Here parts={parts} />;
    return failed < 2 ? <Loading /> : <NotLoaded />;
  };
}
