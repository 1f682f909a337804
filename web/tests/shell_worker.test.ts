import { describe, expect, test } from "vitest";
// @ts-expect-error: a tool of the build, without types
import { workerOf } from "../tools/shell_worker.mjs";

type Handler = (event: Record<string, unknown>) => void;
interface Asked {
  url: string;
  method?: string;
  mode?: string;
}

// A worker with a browser around it: caches by name, and a network that may be cut.
class Device {
  readonly caches = new Map<string, Map<string, string>>();
  readonly handlers = new Map<string, Handler>();
  readonly fetched: string[] = [];
  online = true;
  status = 200;

  install(names: string[], index: string): Promise<unknown> {
    const held = this.caches;
    const caches = {
      open: async (name: string) => {
        const cache = held.get(name) ?? new Map<string, string>();
        held.set(name, cache);
        return {
          addAll: async (all: { url: string }[]) => {
            for (const { url } of all) cache.set(url, `kept ${url}`);
          },
          match: async (path: string) => cache.get(path),
        };
      },
      keys: async () => [...held.keys()],
      delete: async (name: string) => held.delete(name),
    };
    const self = {
      addEventListener: (name: string, handler: Handler) => void this.handlers.set(name, handler),
      location: { origin: "https://clinic.test" },
      skipWaiting: async () => undefined,
      clients: { claim: async () => undefined },
    };
    const fetch = async ({ url }: Asked): Promise<unknown> => {
      this.fetched.push(url);
      if (!this.online) throw new Error("cut");
      return { status: this.status, said: `sent ${url}` };
    };
    const request = class {
      constructor(readonly url: string) {}
    };
    const text = workerOf(names, index) as string;
    new Function("self", "caches", "fetch", "Request", "Response", text)(self, caches, fetch, request, {
      error: () => "an error",
    });
    return this.lives("install").then(() => this.lives("activate"));
  }

  private async lives(name: string): Promise<void> {
    let done: unknown;
    this.handlers.get(name)?.({ waitUntil: (what: unknown) => void (done = what) });
    await done;
  }

  async ask(path: string, more: Partial<Asked> = {}): Promise<unknown> {
    let answer: unknown = "the browser's own";
    const request = { url: new URL(path, "https://clinic.test").href, method: "GET", mode: "cors", ...more };
    this.handlers.get("fetch")?.({ request, respondWith: (what: unknown) => void (answer = what) });
    return answer;
  }
}

async function device(): Promise<Device> {
  const made = new Device();
  await made.install(["assets/a-1.js", "index.html"], "one");
  return made;
}
const page = { mode: "navigate" };

describe("the service worker", () => {
  test("keeps the page and its assets, and nothing that the server answers", async () => {
    const there = await device();
    const [cache] = [...there.caches.values()];
    expect([...(cache?.keys() ?? [])]).toEqual(["/", "/mark.svg", "/assets/a-1.js"]);
    for (const path of ["/api/me", "/api/live", "/api/patients/p1/chart", "/api"])
      for (const more of [{}, page]) expect(await there.ask(path, more)).toBe("the browser's own");
    expect(await there.ask("/assets/a-1.js", { method: "POST" })).toBe("the browser's own");
    expect(await there.ask("https://elsewhere.test/assets/a-1.js")).toBe("the browser's own");
    expect(await there.ask("/assets/of-another-version.js")).toBe("the browser's own");
    expect(there.fetched).toEqual([]);
  });

  test("asks the server for a page first, and takes the kept one where nobody answers", async () => {
    const there = await device();
    expect(await there.ask("/patients/p1/sessions/s1", page)).toMatchObject({ status: 200 });
    there.status = 502;
    expect(await there.ask("/patients/p1/sessions/s1", page)).toBe("kept /");
    there.online = false;
    expect(await there.ask("/patients/p1/sessions/s1", page)).toBe("kept /");
    expect([...there.caches.values()].flatMap((cache) => [...cache.values()])).not.toContain("sent");
  });

  test("takes a kept asset without asking", async () => {
    const there = await device();
    expect(await there.ask("/assets/a-1.js")).toBe("kept /assets/a-1.js");
    expect(there.fetched).toEqual([]);
  });

  test("of another version takes the old one's place", async () => {
    const there = await device();
    const [old] = [...there.caches.keys()];
    there.caches.set("another's", new Map());
    await there.install(["assets/a-1.js"], "two");
    expect([...there.caches.keys()]).toHaveLength(2);
    expect([...there.caches.keys()]).not.toContain(old);
    expect([...there.caches.keys()]).toContain("another's");
  });
});
