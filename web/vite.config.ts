import { defineConfig } from "vite";
import { shellWorker } from "./tools/shell_worker.mjs";

// The pages are served by `evenkeel serve` under a policy without inline script or style, so nothing is
// inlined here: assetsInlineLimit 0, no module preload polyfill.
export default defineConfig({
  plugins: [shellWorker()],
  build: {
    outDir: process.env["EVENKEEL_OUT"] ?? "dist",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 120,
  },
  server: { proxy: { "/api": process.env["EVENKEEL_API"] ?? "http://127.0.0.1:8090" } },
});
