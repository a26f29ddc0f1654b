import type { VNode } from "preact";
import { cargoWords } from "../i18n/cargo.ts";
import { decimal, whole } from "../i18n/format.ts";
import type { CargoEntry } from "../worker/catalogue.ts";
import { useMessages, useWords } from "./context.ts";

/** Side views on a ground line at y = 46 of a box of 120 × 48; each looks to the right. Windows are holes (even-odd). */
const bodies: Record<CargoEntry["kind"], string> = {
  sedan:
    "M2 35L2 29C2 26 4 25 9 24L25 22C33 14 40 10 51 10L64 10C75 10 82 15 91 22L107 25C115 27 118 29 118 33L118 35C118 37 117 38 115 38L5 38C3 38 2 37 2 35ZM36 21L59 21 59 14 52 14C45 14 41 17 36 21ZM63 21L83 21C77 17 72 14 65 14L63 14Z",
  suv: "M2 34L3 22C3 19 5 18 8 17L15 7C17 5 19 4 23 4L64 4C71 4 75 6 80 10L89 18 107 21C114 22 117 25 118 30L118 34C118 36 117 37 115 37L5 37C3 37 2 36 2 34ZM14 17L36 17 36 8 21 8ZM40 17L59 17 59 8 40 8ZM63 17L82 17 76 12C73 9 70 8 65 8L63 8Z",
  pickup:
    "M2 34L2 22 41 22 46 9C47 6 49 5 53 5L70 5C75 5 78 7 81 11L88 20 108 23C115 24 118 27 118 31L118 34C118 36 117 37 115 37L5 37C3 37 2 36 2 34ZM46 20L61 20 61 9 53 9C51 9 50 10 49 11ZM65 20L82 20 77 13C75 10 73 9 69 9L65 9Z",
  "light-truck":
    "M2 5L79 5 79 33 82 33 82 11 100 11C105 11 107 13 109 17L114 26C116 28 117 30 117 33L117 37 2 37ZM88 24L108 24 104 17C103 15 102 15 100 15L88 15Z",
  "heavy-truck":
    "M14 31L72 31 72 6C72 4 74 2 77 2L102 2C106 2 108 4 109 8L111 22 111 38 14 38C12 38 11 37 11 35L11 34C11 32 12 31 14 31ZM86 20L107 20 105 10 86 10ZM40 25L58 25 62 29 36 29Z",
  kit: "M8 24L43 24 43 46 8 46ZM12 28L12 42 36 28ZM15 42L39 42 39 28ZM46 24L81 24 81 46 46 46ZM50 28L50 42 74 28ZM53 42L77 42 77 28ZM27 2L62 2 62 22 27 22ZM31 6L31 18 55 6ZM34 18L58 18 58 6ZM84 24L112 24 112 46 84 46ZM88 28L88 42 105 28ZM91 42L108 42 108 28Z",
};

/** Centres of the wheels along the car, and their radius; the ground is at 46. */
const wheels: Record<CargoEntry["kind"], readonly [number[], number]> = {
  sedan: [[27, 94], 8],
  suv: [[27, 94], 9],
  pickup: [[26, 95], 9],
  "light-truck": [[24, 98], 8],
  "heavy-truck": [[24, 46, 97], 9],
  kit: [[], 0],
};

function silhouette({ kind, powertrain }: CargoEntry): VNode {
  const [centres, radius] = wheels[kind];
  return (
    <svg class="cargo-silhouette" viewBox="0 0 120 48" aria-hidden="true">
      <path class="cargo-body" fill-rule="evenodd" d={bodies[kind]} />
      {centres.map((x) => (
        <g key={x}>
          <circle class="cargo-arch" cx={x} cy={46 - radius} r={radius + 2} />
          <circle class="cargo-body" cx={x} cy={46 - radius} r={radius} />
          <circle class="cargo-arch" cx={x} cy={46 - radius} r={radius * 0.45} />
        </g>
      ))}
      {(powertrain === "bev" || powertrain === "phev") && <path class="cargo-bolt" d="M62 23L55 31 60 31 57 37 66 28 61 28Z" />}
      <line class="cargo-ground" x1="0" x2="120" y1="46.5" y2="46.5" />
    </svg>
  );
}

/** The chosen cargo: a side view with size, mass and value of one vehicle. Keeps its room while nothing is known. */
export function CargoPicture({ cargo }: { cargo: CargoEntry | undefined }): VNode {
  const { language, m } = useWords();
  const own = useMessages(cargoWords);
  if (cargo === undefined) return <div class="cargo-picture" />;
  const { sizeM, volumeM3, massT, valueCny } = cargo;
  const size = sizeM === undefined ? [] : [`${sizeM.map((side) => decimal(side, 2, language)).join(" × ")} m`];
  const volume = volumeM3 === undefined ? [] : [`${decimal(volumeM3, 1, language)} m³`];
  const mass = massT === undefined ? [] : [`${decimal(massT, 2, language)} t`];
  const value =
    valueCny === undefined
      ? []
      : [language === "zh" ? `${decimal(valueCny / 10_000, 1, language)} 万元` : `CNY ${whole(valueCny, language)}`];
  return (
    <div class="cargo-picture">
      {silhouette(cargo)}
      <p class="note">
        <span class="visually-hidden">{own.heading}</span>
        {[size, [...volume, ...mass], value].map((facts, i) => facts.length > 0 && <span key={i}>{facts.join(m.dot)}</span>)}
      </p>
    </div>
  );
}
