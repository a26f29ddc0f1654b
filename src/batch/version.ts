import manifest from "../../package.json" with { type: "json" };

/** This program's version; part of every result's hash. */
export const version: string = manifest.version;
