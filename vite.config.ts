import preact from "@preact/preset-vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: "web",
  plugins: [preact()],
  test: { root: ".", include: ["tests/**/*.test.ts"], testTimeout: 30_000 },
});
