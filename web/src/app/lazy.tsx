// A page comes with the first visit to it.
import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Loading } from "../ui/basic";

export type Page = ComponentType<{ parts: Record<string, string> }>;

export function lazy(load: () => Promise<{ default: Page }>): Page {
  let ready: Page | null = null;
  return function Lazy({ parts }): JSX.Element {
    const [, arrived] = useState(0);
    useEffect(() => {
      if (ready) return;
      load().then(
        (module) => {
          ready = module.default;
          arrived((n) => n + 1);
        },
        () => setTimeout(() => arrived((n) => n + 1), 3000),
      );
    });
    const Here = ready;
    return Here ? <Here parts={parts} /> : <Loading />;
  };
}
