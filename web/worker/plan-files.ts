/** Scenario files with a plan that come with the project, in the order in which the page lists them: target first, then by name. */
const files = import.meta.glob<unknown>(["../../scenarios/2027-*.json", "../../scenarios/plan-*.json"], { eager: true, import: "default" });

export const planFiles: unknown[] = Object.keys(files)
  .sort()
  .map((name) => files[name]);
