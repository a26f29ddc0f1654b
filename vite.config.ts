import { createHash } from "node:crypto";
import { chmod, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import preact from "@preact/preset-vite";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * What the built page may load: its own files and nothing else, the solver's WebAssembly among them. The dev server needs inline styles and a socket, so it goes
 * without.
 */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; worker-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'";

/** The engine's modules only define things, so what the page does not use of a folder's face is left out of its files. */
const treeshake = {
  moduleSideEffects: (id: string) =>
    !id.startsWith(here("src/")) && !/node_modules\/(graphology|events|d3|zod|@date-fns|date-fns|jsonc-parser)/.test(id),
};

const policy = (): Plugin => ({
  name: "yuche-content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy }, injectTo: "head-prepend" },
  ],
});

/** Limits that only plans see: their numbers without the reasons, and their names only where a plan is made. */
const bareLimits = (text: string, isNamed: boolean): string =>
  JSON.stringify(JSON.parse(text), (key, value: unknown) => {
    if (key === "note" || key === "source") return undefined;
    if (key === "name" && !isNamed) return "";
    return typeof value === "object" && value !== null && "basis" in value && "value" in value ? value.value : value;
  });

/**
 * The engine does not read the sources' texts, a quarter of the seeds' weight: the worker has their ids alone, which the check of a changed network asks for,
 * and the page fetches the texts when someone first opens a chain (`web/state/sources.ts`).
 */
const withoutSources = (): Plugin => {
  let isPlanner = false;
  return {
    name: "yuche-without-sources",
    enforce: "pre",
    buildStart: ({ input }) => {
      isPlanner = JSON.stringify(input).includes("plan.worker");
    },
    async resolveId(source, importer) {
      if (!source.endsWith("/seeds/sources.json")) return undefined;
      const found = await this.resolve(source, importer, { skipSelf: true });
      // Without its ending: what ends in .json is taken for JSON whatever it holds.
      return found === null ? undefined : `\0ids:${found.id.slice(0, -".json".length)}`;
    },
    async load(id) {
      if (id.endsWith("/seeds/capacity.json")) return bareLimits(await readFile(id, "utf8"), isPlanner);
      if (!id.startsWith("\0ids:")) return undefined;
      const { sources } = JSON.parse(await readFile(`${id.slice("\0ids:".length)}.json`, "utf8")) as { sources: { id: string }[] };
      const ids = JSON.stringify(sources.map((source) => source.id).join(" "));
      return `export default { sources: ${ids}.split(" ").map((id) => ({ id, title: "" })) };`;
    },
  };
};

/** Emits the service worker with the names of all built files, but the solver's, which are kept once they were asked for. */
const offline = (): Plugin => ({
  name: "yuche-offline",
  apply: "build",
  enforce: "post",
  async generateBundle(_options, bundle) {
    const names = Object.keys(bundle).filter((name) => !name.endsWith(".wasm") && !name.endsWith(".map"));
    const files = ["./", "./icon.svg", ...names.filter((name) => name !== "index.html").map((name) => `./${name}`)].sort();
    const digest = createHash("sha256");
    for (const name of names.sort()) {
      const file = bundle[name]!;
      digest.update(name).update(file.type === "chunk" ? file.code : file.source);
    }
    const text = await readFile(here("web/offline/service-worker.js"), "utf8");
    const source = text.replace("@version", digest.digest("hex").slice(0, 16)).replace(`["@files"]`, JSON.stringify(files));
    this.emitFile({ type: "asset", fileName: "service-worker.js", source });
  },
});

/**
 * The command line reads the seeds from files beside it: text that is read and parsed starts in a third of the time that the same text takes as part of a program.
 */
const seedsAsFiles = (): Plugin => ({
  name: "yuche-seeds-as-files",
  enforce: "pre",
  async resolveId(source, importer) {
    if (!/\/seeds\/.*\.json$/.test(source)) return undefined;
    const found = await this.resolve(source, importer, { skipSelf: true });
    // Without its ending: what ends in .json is taken for JSON whatever it holds.
    return found === null ? undefined : `\0seed:${found.id.slice(0, -".json".length)}`;
  },
  async load(id) {
    if (!id.startsWith("\0seed:")) return undefined;
    const path = `${id.slice("\0seed:".length)}.json`;
    const fileName = `seeds/${relative(here("seeds"), path).replaceAll(sep, "/")}`;
    this.emitFile({ type: "asset", fileName, source: JSON.stringify(JSON.parse(await readFile(path, "utf8"))) });
    return `import { readFileSync } from "node:fs";
export default /* @__PURE__ */ JSON.parse(readFileSync(new URL("@beside/${fileName}", import.meta.url), "utf8"));`;
  },
  renderChunk: (code, chunk) => code.replaceAll("@beside/", chunk.fileName.includes("/") ? "../" : "./"),
});

/** The command is a program: npm makes it one when it links it, which it does not do again after the next build. */
const executable = (fileName: string): Plugin => ({
  name: "yuche-executable",
  writeBundle: ({ dir }) => chmod(join(dir!, fileName), 0o755),
});

/**
 * One configuration, several products: the page (default), the command line (`--mode cli`), the library (`--mode lib`) and the benchmarks (`--mode bench`).
 * Where the seeds are part of a file, they are JSON strings in it, which parse faster than object literals.
 */
export default defineConfig(({ mode }) => {
  const json = { stringify: true, namedExports: false } as const;
  const test = {
    root: here("."),
    include: ["tests/**/*.test.ts"],
    globalSetup: here("tests/support/folders.ts"),
    // As many at a time as there are cores: the tests in a browser mostly wait for it.
    maxWorkers: "100%",
    // Modules only define things, so that files share what a worker has read and compiled.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  };
  if (mode === "cli") {
    return {
      root: here("."),
      plugins: [seedsAsFiles(), executable("yuche.js")],
      // tinypool forks a file of its own, so it stays in node_modules.
      ssr: { noExternal: true, external: ["tinypool", "highs"], target: "node" },
      build: {
        ssr: true,
        ssrEmitAssets: true,
        target: "node20",
        outDir: here("dist/cli"),
        emptyOutDir: true,
        minify: true,
        rollupOptions: {
          input: { yuche: here("src/cli/yuche.ts"), worker: here("src/batch/worker.ts") },
          // No module of ours does anything but define: what a command does not use is not loaded with it.
          treeshake: { moduleSideEffects: false },
        },
      },
    };
  }
  if (mode === "bench") {
    return {
      root: here("."),
      json,
      build: { ssr: here("tests/bench/main.ts"), target: "node20", outDir: here("dist/bench"), emptyOutDir: true },
    };
  }
  if (mode === "lib") {
    return {
      root: here("."),
      json,
      build: {
        target: "es2023",
        outDir: here("dist/lib"),
        emptyOutDir: true,
        minify: false,
        lib: { entry: here("src/index.ts"), formats: ["es"], fileName: "index" },
        // It finds out itself where it runs; taken in, it would be bound to one of the two.
        rollupOptions: { external: ["highs"] },
      },
    };
  }
  return {
    root: here("web"),
    base: "./",
    json,
    plugins: [preact(), policy(), offline()],
    worker: { format: "es", plugins: () => [withoutSources()], rolldownOptions: { treeshake } },
    // Nothing is inlined as a data address: the policy would stop a script, and a worker must be a file of its own.
    build: {
      target: "es2022",
      outDir: here("dist/web"),
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { treeshake },
    },
    test,
  };
});
