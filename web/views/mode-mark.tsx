import type { VNode } from "preact";
import type { Mode } from "../../src/model/index.ts";
import { modeDashes } from "../charts/palette.ts";

/** The line of a mode as maps draw it. */
export function ModeMark({ mode }: { mode: Mode }): VNode {
  return (
    <svg width="26" height="8" aria-hidden="true">
      <line
        class={`route shown mode-${mode}`}
        x1="1"
        x2="25"
        y1="4"
        y2="4"
        {...(modeDashes[mode] === "" ? {} : { "stroke-dasharray": modeDashes[mode] })}
      />
    </svg>
  );
}
