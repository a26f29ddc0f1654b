import type { MultiPolygon } from "geojson";
import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { modeWords } from "../../../src/report/index.ts";
import { flowMap } from "../../charts/flow-map.tsx";
import { coarseLand, fineLand } from "../../map/land.ts";
import { fitProjection } from "../../map/projection.ts";
import { flowsIn, mapFlows } from "../../state/plan-select.ts";
import type { PlanView } from "../../worker/plan-view.ts";
import { usePan } from "../use-pan.ts";
import { labelSize, useSize } from "../use-size.ts";
import { modes } from "../words.ts";
import { PlanPicture } from "./plan-picture.tsx";
import { usePlan } from "./use-plan.ts";
import { MapButtons } from "../map-buttons.tsx";

const padding = { left: 24, right: 56, top: 24, bottom: 24 };
const closest = 60;
/** From this zoom on the coarse coastline looks broken. */
const coarseUntil = 4;

/** The vehicles on the map. */
export function FlowsView({ view }: { view: PlanView }): VNode {
  const { store, state, w, place, count, language } = usePlan();
  const frame = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(frame, { width: 600, height: 400 });
  const { pan, zoomBy, reset } = usePan(frame, width, height, closest);
  const [land, setLand] = useState<MultiPolygon>(coarseLand);
  const { corridor } = store.capacity.value;
  const weeks = state.weeks.value;
  const catalogue = store.catalogue.value;
  const flows = useMemo(() => {
    const at = new Map(catalogue?.places.map((p) => [p.id, p.at]));
    return mapFlows(view, { weeks, corridor }, (id) => at.get(id));
  }, [view, weeks, corridor, catalogue]);
  const vehicles = flowsIn(view, { weeks, corridor }).reduce((sum, flow) => sum + flow.vehicles, 0);
  // All of the plan, so that the map stands still while weeks and corridors are chosen.
  const projection = useMemo(
    () =>
      fitProjection(
        Object.values(view.runs).flatMap(({ line }) => (line.length > 1 ? [line] : [])),
        width,
        height,
        padding,
      ),
    [view, width, height],
  );
  useEffect(() => {
    if (land === coarseLand && pan.k > coarseUntil) fineLand().then(setLand, () => undefined);
  }, [land, pan.k]);
  const rows = flows.runs.toSorted((a, b) => b.vehicles - a.vehicles || (a.key < b.key ? -1 : 1)).slice(0, 100);
  const present = modes.filter((mode) => flows.runs.some((run) => run.mode === mode));
  return (
    <section class="panel map-panel" aria-labelledby="flows-heading">
      <div class="panel-head">
        <h2 id="flows-heading">{w.map.heading}</h2>
        <PlanPicture part="map" title={w.map.heading} note={w.map.note} />
      </div>
      <div class="map-frame flow-frame" ref={frame}>
        {flowMap({
          ...flows,
          land,
          projection,
          width,
          height,
          pan,
          label: w.map.label(count(vehicles)),
          labelSize: labelSize(),
          name: place,
        })}
        <MapButtons zoomBy={zoomBy} reset={reset} />
      </div>
      <ul class="legend">
        {present.map((mode) => (
          <li key={mode}>
            <svg class={`mode-${mode}`} width="22" height="10" aria-hidden="true">
              <path class="flow-run" d="M1,5h20" stroke-width="5" />
            </svg>
            {modeWords[mode][language]}
          </li>
        ))}
      </ul>
      <p class="note">{w.map.note}</p>
      <details class="front-table">
        <summary>{w.map.table}</summary>
        <div class="scroll" tabIndex={0} role="group" aria-label={w.map.heading}>
          <table>
            <thead>
              <tr>
                <th scope="col">{w.map.stretch}</th>
                <th scope="col">{w.map.mode}</th>
                <th scope="col" class="number">
                  {w.map.vehicles}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, mode, vehicles: onRun }) => (
                <tr key={key}>
                  <th scope="row">{`${place(view.runs[key]!.from)} → ${place(view.runs[key]!.to)}`}</th>
                  <td>{modeWords[mode][language]}</td>
                  <td class="number">{count(onRun)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
