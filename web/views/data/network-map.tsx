import type { MultiPolygon } from "geojson";
import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Mode } from "../../../src/model/index.ts";
import type { NetworkData } from "../../../src/network/index.ts";
import { modeWords } from "../../../src/report/index.ts";
import { whole } from "../../i18n/format.ts";
import { coarseLand, fineLand } from "../../map/land.ts";
import { fitProjection } from "../../map/projection.ts";
import { shortName } from "../../map/scene.ts";
import { type NetworkScene, type Run, distanceTo } from "../../state/data-scene.ts";
import { servicesAt } from "../../state/data-members.ts";
import { labelSize, useSize } from "../use-size.ts";
import { modes } from "../words.ts";
import { layOut, networkPicture } from "./network-picture.tsx";
import { useData } from "./use-data.ts";
import { usePan } from "../use-pan.ts";
import { MapButtons } from "../map-buttons.tsx";
import { ModeMark } from "../mode-mark.tsx";

const padding = { left: 24, right: 56, top: 24, bottom: 24 };
/** Pixels around the pointer in which a place, and a line, is meant. */
const placeReach = 9;
const lineReach = 7;
const closest = 60;
/** How close the map goes by itself to what is chosen. */
const ownZoom = 14;
/** From this zoom on the coarse coastline looks broken. */
const coarseUntil = 4;

/** What is chosen, on the map: its runs, and its places with the chosen one first. */
function chosenOf(data: NetworkData, scene: NetworkScene, see: string): { runs: readonly Run[]; places: string[] } {
  const [list, id] = [see.slice(0, see.indexOf("/")), see.slice(see.indexOf("/") + 1)];
  if (list === "services") {
    const service = data.services.find((s) => s.id === id);
    return { runs: scene.runsOf.get(id) ?? [], places: (service?.stops ?? []).map((stop) => stop.at) };
  }
  if (list === "locations") {
    const { calling, passing } = servicesAt(data, id);
    const runs = [...calling, ...passing].flatMap((s) => scene.runsOf.get(s.id) ?? []);
    return { runs: [...new Set(runs)], places: [id] };
  }
  const member = list === "operations" ? data.operations.find((o) => o.id === id) : data.rules.find((r) => r.id === id);
  return { runs: [], places: member?.at ?? [] };
}

export interface NetworkMapProps {
  network: NetworkData;
  scene: NetworkScene;
  shown: ReadonlySet<Mode>;
  onToggle: (mode: Mode) => void;
  /** Called with everything under the pointer. */
  onPick: (members: string[]) => void;
}

/** The whole network on a map. */
export function NetworkMap({ network, scene, shown, onToggle, onPick }: NetworkMapProps): VNode {
  const { store, w, m, t, language } = useData();
  const frame = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(frame, { width: 800, height: 520 });
  const { pan, zoomBy, reset, showBox } = usePan(frame, width, height, closest);
  const [land, setLand] = useState<MultiPolygon>(coarseLand);
  const see = store.see.value;

  const projection = useMemo(
    () =>
      fitProjection(
        scene.runs.map((run) => run.line).filter((line) => line.length > 1),
        width,
        height,
        padding,
      ),
    [scene, width, height],
  );
  const layout = useMemo(() => layOut(scene, land, projection), [scene, land, projection]);
  const chosen = useMemo(() => chosenOf(network, scene, see), [network, scene, see]);
  const names = useMemo(
    () => new Map((store.catalogue.value?.places ?? []).map((p) => [p.id, t(shortName(p))])),
    [store.catalogue.value, language],
  );

  useEffect(() => {
    if (land === coarseLand && pan.k > coarseUntil) fineLand().then(setLand, () => undefined);
  }, [land, pan.k]);
  // What is chosen comes into sight.
  useEffect(() => {
    const points = [
      ...chosen.runs.flatMap((run) => layout.lines.get(run)?.flat() ?? []),
      ...layout.spots.filter((spot) => chosen.places.includes(spot.id)).map(({ x, y }) => [x, y] as const),
    ];
    if (points.length === 0) return;
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    showBox({ left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }, ownZoom);
  }, [chosen, width, height]);

  const onClick = (event: MouseEvent) => {
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined || (event.target as Element).closest("button") !== null) return;
    const x = (event.clientX - box.left - pan.x) / pan.k;
    const y = (event.clientY - box.top - pan.y) / pan.k;
    const places = layout.spots
      .map((spot) => ({ id: spot.id, distance: Math.hypot(spot.x - x, spot.y - y) * pan.k }))
      .filter(({ distance }) => distance <= placeReach)
      .sort((a, b) => a.distance - b.distance);
    if (places.length > 0) return onPick(places.map(({ id }) => `locations/${id}`));
    const runs = scene.runs
      .filter((run) => shown.has(run.mode))
      .map((run) => ({ run, distance: distanceTo(layout.lines.get(run) ?? [], x, y) * pan.k }))
      .filter(({ distance }) => distance <= lineReach)
      .sort((a, b) => a.distance - b.distance);
    const services = [...new Set(runs.flatMap(({ run }) => run.services))];
    if (services.length > 0) onPick(services.map((id) => `services/${id}`));
  };

  return (
    <div class="network-map">
      <div class="map-frame network-frame" ref={frame} onClick={onClick}>
        {networkPicture({
          layout,
          shown,
          chosen: chosen.runs,
          named: chosen.places,
          width,
          height,
          pan,
          label: w.network.label(scene.places.length, network.services.length),
          labelSize: labelSize(),
          name: (id) => names.get(id) ?? id,
        })}
        <MapButtons zoomBy={zoomBy} reset={reset} />
      </div>
      <div class="mode-toggles" role="group" aria-label={w.network.modes}>
        {modes.map((mode) => (
          <button key={mode} type="button" class="data-chip" aria-pressed={shown.has(mode)} onClick={() => onToggle(mode)}>
            <ModeMark mode={mode} />
            {modeWords[mode][language]}
            <small>{whole(network.services.filter((s) => s.mode === mode).length, language)}</small>
          </button>
        ))}
        <span class="note">{m.map.hint}</span>
      </div>
      <p class="note">{m.map.note}</p>
    </div>
  );
}
