import type { VNode } from "preact";
import type { EvidenceShares } from "../../src/routing/index.ts";

/** From the surest to the least sure; drawn by shade and hatching, so that no colour is needed. */
export const evidenceOrder = ["published", "derived", "stated", "assumed"] as const;

const pc = (share: number) => `${Number((share * 100).toFixed(2))}%`;

/** Shares of published, derived, stated and assumed figures in one bar. */
export function evidenceBar(shares: EvidenceShares, label: string): VNode {
  let from = 0;
  return (
    <svg class="evidence-bar" role="img" aria-label={label} width="100%" height="10">
      {evidenceOrder.map((basis) => {
        const x = from;
        from += shares[basis];
        return shares[basis] === 0 ? null : (
          <rect
            key={basis}
            class={`basis-${basis}`}
            x={pc(x)}
            width={pc(shares[basis])}
            y="1"
            height="8"
            {...(basis === "assumed" ? { fill: "url(#hatch)" } : {})}
          />
        );
      })}
    </svg>
  );
}

/** The hatching that evidence bars refer to; drawn once on the page. */
export function evidencePatterns(): VNode {
  return (
    <svg class="patterns" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="hatch-ground" width="4" height="4" />
          <rect class="hatch-line" width="1.4" height="4" />
        </pattern>
      </defs>
    </svg>
  );
}
