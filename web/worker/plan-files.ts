/** Scenario files with a plan that come with the project, by name: the first one, four weeks of 2027, opens the page and is solved in seconds. */
const files = import.meta.glob<unknown>(["../../scenarios/2027-*.json", "../../scenarios/plan-*.json"], { eager: true, import: "default" });

export const planFiles: unknown[] = Object.keys(files)
  .sort()
  .map((name) => files[name]);
