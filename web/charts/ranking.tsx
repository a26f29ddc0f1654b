import type { VNode } from "preact";

/** One bar of a ranking, on a scale shared by all rows; `part` is shaded darker. */
export function rankingBar({ value, most, part = 0, label }: { value: number; most: number; part?: number; label: string }): VNode {
  const pc = (share: number) => `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`;
  const scale = Math.max(most, 1e-9);
  return (
    <svg class="ranking-bar" role="img" aria-label={label} width="100%" height="12">
      <rect class="ranking-value" x="0" y="1" width={pc(value / scale)} height="10" rx="2" />
      {part > 0 && <rect class="ranking-part" x="0" y="1" width={pc(part / scale)} height="10" rx="2" />}
    </svg>
  );
}
