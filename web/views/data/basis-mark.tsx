import type { VNode } from "preact";
import type { EvidenceBasis } from "../../../src/network/index.ts";
import { dataWords } from "../../i18n/data.ts";
import { useMessages } from "../context.ts";

/** Shape and colour both say the basis: a full disc is published, a half one derived, an empty triangle assumed, a square the planner's own. */
const shapes: Record<EvidenceBasis, VNode> = {
  published: <circle cx="6" cy="6" r="4.6" class="full" />,
  derived: (
    <>
      <circle cx="6" cy="6" r="4.2" class="empty" />
      <path d="M6 1.8a4.2 4.2 0 0 0 0 8.4z" class="full" />
    </>
  ),
  assumed: <path d="M6 1.6L10.8 10H1.2z" class="empty" />,
  stated: <rect x="2" y="2" width="8" height="8" class="full" />,
};

/** The mark of a basis; with its word beside it, or for screen readers only. */
export function BasisMark({ basis, isBare = false }: { basis: EvidenceBasis; isBare?: boolean }): VNode {
  const words = useMessages(dataWords);
  return (
    <span class={`basis-mark basis-mark-${basis}`} title={isBare ? words.bases[basis] : undefined}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        {shapes[basis]}
      </svg>
      <span class={isBare ? "visually-hidden" : ""}>{words.bases[basis]}</span>
    </span>
  );
}
