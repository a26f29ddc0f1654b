/** Whether an id matches a pattern, in which `*` stands for any letters. */
export function matcher(pattern: string): (id: string) => boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const found = new RegExp(`^${parts.join(".*")}$`, "u");
  return (id) => found.test(id);
}
