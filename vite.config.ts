import { fileURLToPath } from "node:url";
import preact from "@preact/preset-vite";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * One configuration, several products: the page (default), the command line (`--mode cli`), the library (`--mode lib`) and the benchmarks (`--mode bench`).
 * The seeds are bundled as JSON strings, which parse faster than object literals.
 */
export default defineConfig(({ mode }) => {
  const json = { stringify: true } as const;
  const test = { root: here("."), include: ["tests/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 };
  if (mode === "cli") {
    return {
      root: here("."),
      json,
      ssr: { noExternal: true, target: "node" },
      build: { ssr: true, target: "node20", outDir: here("dist/cli"), emptyOutDir: true, minify: true, rollupOptions: { input: { yuche: here("src/cli/yuche.ts"), worker: here("src/batch/worker.ts") } } },
    };
  }
  if (mode === "bench") {
    return { root: here("."), json, build: { ssr: here("tests/bench/main.ts"), target: "node20", outDir: here("dist/bench"), emptyOutDir: true } };
  }
  if (mode === "lib") {
    return {
      root: here("."),
      json,
      build: { target: "es2023", outDir: here("dist/lib"), emptyOutDir: true, minify: false, lib: { entry: here("src/index.ts"), formats: ["es"], fileName: "index" } },
    };
  }
  return {
    root: here("web"),
    base: "./",
    json,
    plugins: [preact()],
    worker: { format: "es" },
    build: { target: "es2022", outDir: here("dist/web"), emptyOutDir: true },
    test,
  };
});
