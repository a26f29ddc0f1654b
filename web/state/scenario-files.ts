const files = import.meta.glob<unknown>(["../../scenarios/*.json", "!../../scenarios/*.schema.json"], { eager: true, import: "default" });

/** The scenario files of the project, in the order of their names. */
export const scenarioFiles: unknown[] = Object.keys(files)
  .sort()
  .map((name) => files[name]);
