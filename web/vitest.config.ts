import { defineConfig } from "vitest/config";

// The machine may be busy with other things: a test that hangs is told, one that waits is not.
export default defineConfig({ test: { testTimeout: 20_000 } });
