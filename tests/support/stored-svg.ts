import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { VNode } from "preact";
import { expect, test } from "vitest";
import { markup } from "../web/markup.ts";

const isWriting = process.env["YUCHE_PICTURES"] === "write";

/** One element a line, and the name space: a stored picture can be opened and its changes read. */
const svgOf = (picture: VNode) =>
  `${markup(picture)
    .replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')
    .replaceAll(/>(?=<)/g, ">\n")}\n`;

/** Tests that each picture is drawn as it is stored in a folder, and that nothing else is stored there. `YUCHE_PICTURES=write` stores what is drawn. */
export function testStoredPictures(at: URL, pictures: Record<string, () => VNode>): void {
  const folder = fileURLToPath(at);

  test.each(Object.entries(pictures))("%s is drawn as stored", (name, draw) => {
    const drawn = svgOf(draw());
    expect(drawn).not.toMatch(/NaN|undefined|Infinity|style=/);
    const path = `${folder}${name}.svg`;
    if (isWriting) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(path, drawn);
    }
    expect(drawn).toBe(readFileSync(path, "utf8"));
  });

  test("none is stored that is not drawn", () => {
    expect(readdirSync(folder).sort()).toEqual(
      Object.keys(pictures)
        .map((name) => `${name}.svg`)
        .sort(),
    );
  });
}
