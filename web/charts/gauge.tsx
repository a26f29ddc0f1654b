import type { VNode } from "preact";

export interface GaugeProps {
  label: string;
  /** What is reached, what is wanted, and the end of the scale. */
  value: number;
  target: number;
  /** Also shown, hollow: what there is to carry. */
  within?: number;
  /** The baseline's value; undefined for none. */
  before?: number | undefined;
}

const pc = (share: number) => `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`;

/** A bar towards a target: full is what is carried, hollow what wants to be, the tick what the target asks. */
export function gaugeChart({ label, value, target, within = 0, before }: GaugeProps): VNode {
  const most = 1.08 * Math.max(value, target, within, before ?? 0, 1e-9);
  return (
    <svg class="gauge" role="img" aria-label={label} width="100%" height="34">
      <rect class="gauge-track" x="0" y="9" width="100%" height="16" rx="3" />
      {within > 0 && <rect class="gauge-within" x="0" y="9.5" width={pc(within / most)} height="15" rx="3" />}
      <rect class={`gauge-value${value >= target ? " reached" : ""}`} x="0" y="9" width={pc(value / most)} height="16" rx="3" />
      {before !== undefined && <line class="gauge-before" x1={pc(before / most)} x2={pc(before / most)} y1="6" y2="28" />}
      <line class="gauge-target" x1={pc(target / most)} x2={pc(target / most)} y1="2" y2="32" />
    </svg>
  );
}
