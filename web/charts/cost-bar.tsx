import { scaleLinear } from "d3";
import type { VNode } from "preact";
import type { TransportChain } from "../../src/routing/index.ts";
import type { Measure } from "../state/address.ts";
import { type CostScale, type Segment, positionOn, rangeOf, segmentsOf } from "./cost-groups.ts";

export interface CostBarProps {
  chain: TransportChain;
  measure: Measure;
  scale: CostScale;
  /** What a screen reader says instead of the picture. */
  label: string;
  /** Words of one segment, shown on hover; none without. */
  titleOf?: (segment: Segment) => string;
}

const shades = [1, 0.72, 0.5, 0.85, 0.6, 0.4];
const pc = (value: number) => `${Number(value.toFixed(3))}%`;

/** Cost of one chain by line on a scale shared with others; the whisker below is the range of the total. */
export function costBar({ chain, measure, scale, label, titleOf }: CostBarProps): VNode {
  const at = (cny: number) => positionOn(scale, cny);
  const { low, high } = rangeOf(chain, measure);
  const total = measure === "landed" ? chain.cost.cny : chain.cost.logisticsCny;
  return (
    <svg class="cost-bar" role="img" aria-label={label} width="100%" height="26">
      {segmentsOf(chain, measure).map((segment) => (
        <rect
          key={segment.line}
          class={`cost-segment group-${segment.group}`}
          x={pc(at(segment.from))}
          width={pc(at(segment.to) - at(segment.from))}
          y="2"
          height="14"
          fill-opacity={shades[segment.shade % shades.length]}
        >
          {titleOf !== undefined && <title>{titleOf(segment)}</title>}
        </rect>
      ))}
      <g class="cost-range">
        <line x1={pc(at(Math.max(low, scale.low)))} x2={pc(at(high))} y1="21.5" y2="21.5" />
        <circle cx={pc(at(total))} cy="21.5" r="2.5" />
      </g>
    </svg>
  );
}

/** More ticks than these have a label each second time: the column may be narrow. */
const mostLabels = 5;

/** Ticks of the shared scale, for the head of the column. */
export function costAxis(scale: CostScale, format: (cny: number) => string, count = 4): VNode {
  const ticks = scaleLinear([scale.low, scale.high], [0, 100]).ticks(count);
  return (
    <svg class="cost-axis" aria-hidden="true" width="100%" height="18">
      {ticks.map((tick, i) => {
        const x = positionOn(scale, tick);
        const isLabelled = ticks.length <= mostLabels || i % 2 === 0;
        return (
          <g key={tick}>
            <line x1={pc(x)} x2={pc(x)} y1="13" y2="18" />
            {isLabelled && (
              <text x={pc(x)} y="10" text-anchor={x < 6 ? "start" : x > 94 ? "end" : "middle"}>
                {format(tick)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
