import type { VNode } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { optionWords } from "../../../src/report/index.ts";
import type { Option } from "../../../src/routing/index.ts";
import { nodeAt, sankeyChart } from "../../charts/sankey.tsx";
import { sankeyLayout } from "../../charts/sankey-layout.ts";
import { type SankeyEnd, leftBehind, others, sankeyEnds, sankeyFlows } from "../../state/plan-select.ts";
import type { PlanView } from "../../worker/plan-view.ts";
import { Reader } from "../reader.tsx";
import { useSize } from "../use-size.ts";
import { PlanPicture } from "./plan-picture.tsx";
import { usePlan } from "./use-plan.ts";

const isOption = (id: string): id is Option => Object.hasOwn(optionWords, id);
/** Colours that bands of corridors take in turn; what stays behind has its own. */
const tints = 8;

/** Vehicles from plant by corridor to market or option. */
export function SankeyView({ view }: { view: PlanView }): VNode {
  const { store, state, w, place, corridor, count, language } = usePlan();
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame, { width: 600, height: 320 });
  const [end, setEnd] = useState<SankeyEnd>("market");
  const [read, setRead] = useState(-1);
  const kept = { weeks: state.weeks.value, corridor: store.capacity.value.corridor };
  const layout = useMemo(
    () =>
      sankeyLayout({
        flows: sankeyFlows(view, kept, end),
        columns: 3,
        width,
        last: [`by ${leftBehind}`, `to ${leftBehind}`, `to ${others}`, `from ${others}`],
        // Beside the map it is as high as that.
        ...(matchMedia("(min-width: 1500px)").matches && { bodyHeight: 420 }),
      }),
    [view, kept.weeks, kept.corridor, end, width],
  );
  // The busiest corridor of the whole plan has the first colour, whatever weeks are kept.
  const corridors = useMemo(() => {
    const sums = new Map<string, number>();
    for (const flow of view.flows) sums.set(flow.corridor, (sums.get(flow.corridor) ?? 0) + flow.vehicles);
    return [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([id]) => id);
  }, [view]);
  const bare = (id: string) => id.slice(id.indexOf(" ") + 1);
  const nameOf = (node: string): string => {
    const id = bare(node);
    if (id === leftBehind) return w.sankey.left;
    if (id === others) return w.sankey.others;
    if (node.startsWith("by ")) return corridor(id);
    return isOption(id) ? optionWords[id][language] : place(id);
  };
  const tint = (node: string): string => {
    const id = bare(node);
    if (id === leftBehind) return "tint-left";
    if (!node.startsWith("by ")) return isOption(id) ? `option-${id}` : "tint-end";
    return `tint-${corridors.indexOf(id) % tints}`;
  };
  const at = layout.nodes[read];
  const text = at === undefined ? "" : `${nameOf(at.id)}${w.colon}${w.totals.vehicles(count(at.vehicles))}`;
  const label = w.sankey.label(count(layout.total));
  return (
    <section class="panel sankey-panel" aria-labelledby="sankey-heading">
      <div class="panel-head">
        <h2 id="sankey-heading">{w.sankey.heading}</h2>
        <div class="panel-tools">
          <div class="switch" role="group" aria-label={w.sankey.end}>
            {sankeyEnds.map((each) => (
              <button key={each} type="button" aria-pressed={each === end} onClick={() => (setRead(-1), setEnd(each))}>
                {w.sankey.ends[each]}
              </button>
            ))}
          </div>
          <PlanPicture part="flows" title={w.sankey.heading} />
        </div>
      </div>
      <div class="chart-room" ref={frame}>
        {layout.total === 0 ? (
          <p class="quiet">{w.sankey.none}</p>
        ) : (
          <Reader
            class="sankey-reader"
            label={label}
            hint={w.sankey.heading}
            text={text}
            count={layout.nodes.length}
            at={read}
            onStep={setRead}
            onTurn={(by) => setRead(Math.min(layout.nodes.length - 1, Math.max(0, read + by)))}
            onOpen={() =>
              at?.column === 1 &&
              corridors.includes(bare(at.id)) &&
              state.choose({ corridor: kept.corridor === bare(at.id) ? "" : bare(at.id) })
            }
            onPoint={(x, y) => {
              const node = nodeAt(layout, x, y);
              setRead(node === undefined ? -1 : layout.nodes.indexOf(node));
            }}
            onPick={() => undefined}
            onLeave={() => setRead(-1)}
          >
            {sankeyChart(layout, at?.id ?? "", {
              label,
              columns: [w.sankey.columns.from, w.sankey.columns.by, w.sankey.columns[end]],
              name: (node) => nameOf(node.id),
              vehicles: count,
              tint,
            })}
          </Reader>
        )}
      </div>
      <p class="front-current" aria-live="off">
        {text === "" ? "\u00a0" : text}
      </p>
      <details class="front-table">
        <summary>{w.sankey.table}</summary>
        <div class="scroll" tabIndex={0} role="group" aria-label={w.sankey.heading}>
          <table>
            <thead>
              <tr>
                <th scope="col">{w.sankey.columns.from}</th>
                <th scope="col">{w.sankey.columns.by}</th>
                <th scope="col">{w.sankey.columns[end]}</th>
                <th scope="col" class="number">
                  {w.sankey.vehicles}
                </th>
              </tr>
            </thead>
            <tbody>
              {sankeyFlows(view, kept, end)
                .sort((a, b) => b.vehicles - a.vehicles || (a.path.join() < b.path.join() ? -1 : 1))
                .map(({ path, vehicles }) => (
                  <tr key={path.join()}>
                    <th scope="row">{nameOf(path[0]!)}</th>
                    <td>{nameOf(path[1]!)}</td>
                    <td>{nameOf(path[2]!)}</td>
                    <td class="number">{count(vehicles)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
