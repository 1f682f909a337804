// Writes the service worker when the pages are built: before its text, which files the shell has, and a
// version that is another with each of them.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const source = new URL("../src/sw.js", import.meta.url);

export function workerOf(names, index) {
  const files = [
    "/",
    "/mark.svg",
    ...names.filter((name) => name.startsWith("assets/")).map((name) => `/${name}`),
  ];
  const text = readFileSync(source, "utf8");
  const version = createHash("sha256")
    .update(JSON.stringify([files, index, text]))
    .digest("hex")
    .slice(0, 16);
  return `const version = ${JSON.stringify(version)};\nconst files = ${JSON.stringify(files)};\n${text}`;
}

export const shellWorker = () => ({
  name: "evenkeel-shell",
  apply: "build",
  enforce: "post",
  generateBundle(_options, bundle) {
    const index = bundle["index.html"];
    if (!index) throw new Error("the shell has no index.html");
    const made = workerOf(Object.keys(bundle).sort(), String(index.source));
    this.emitFile({ type: "asset", fileName: "sw.js", source: made });
  },
});
