import type { VNode } from "preact";

interface RangeProps {
  low: number;
  high: number;
  value: number;
  /** The value after a change; undefined for none. */
  changed: number | undefined;
  label: string;
  show: (value: number) => string;
}

/** Closer than this (percent of the width) the two ends share one text. */
const tooClose = 30;
const edge = 12;

/** A range as a line from low to high with the value on it, and a changed value where it now stands; what lies outside widens the scale. */
export function rangeLine({ low, high, value, changed, label, show }: RangeProps): VNode {
  const ends = [low, high, value, ...(changed === undefined ? [] : [changed])];
  const from = Math.min(...ends);
  const span = Math.max(...ends) - from || 1;
  const at = (x: number) => 2 + ((x - from) / span) * 96;
  const percent = (x: number) => `${at(x).toFixed(2)}%`;
  const text = (x: number, words: string) => (
    <text class="range-end" x={`${x.toFixed(2)}%`} y="29" text-anchor={x < edge ? "start" : x > 100 - edge ? "end" : "middle"}>
      {words}
    </text>
  );
  return (
    <svg class="range-line" role="img" aria-label={label} width="100%" height="34">
      <line class="range-scale" x1="2%" x2="98%" y1="9" y2="9" />
      <line class="range-span" x1={percent(low)} x2={percent(high)} y1="9" y2="9" />
      <circle class="range-value" cx={percent(value)} cy="9" r="4.5" />
      {changed !== undefined && <circle class="range-changed" cx={percent(changed)} cy="9" r="5.5" />}
      {at(high) - at(low) < tooClose
        ? text((at(low) + at(high)) / 2, `${show(low)}–${show(high)}`)
        : [text(at(low), show(low)), text(at(high), show(high))]}
    </svg>
  );
}
