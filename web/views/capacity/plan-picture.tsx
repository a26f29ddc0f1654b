import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import type { PictureKind } from "../../export/take-picture.ts";
import { takeawayWords } from "../../i18n/takeaway.ts";
import { useMessages } from "../context.ts";
import { MenuButton } from "../takeaway-menu.tsx";
import { usePlan } from "./use-plan.ts";

const exporters = () => import("../../export/plan-picture.ts");
const kinds = ["svg", "png", "light-svg", "light-png"] as const satisfies readonly PictureKind[];

const isDark = () => {
  const theme = document.documentElement.dataset["theme"];
  return theme === "dark" || (theme === undefined && matchMedia("(prefers-color-scheme: dark)").matches);
};

/** Saves the picture of the panel it stands in as SVG or PNG, with title, keys and notes. */
export function PlanPicture({ part, title, note = "" }: { part: string; title: string; note?: string }): VNode {
  const { state, w, t } = usePlan();
  const k = useMessages(takeawayWords);
  const place = useRef<HTMLSpanElement>(null);
  const [said, setSaid] = useState("");
  const [hasLight, setLight] = useState(false);
  const labels: Record<PictureKind, string> = { svg: k.svg, png: k.png, "light-svg": k.lightSvg, "light-png": k.lightPng };
  const onPick = (id: string) => {
    const panel = place.current?.closest("section");
    const view = state.shown.value;
    const kind = kinds.find((known) => known === id);
    if (panel === null || panel === undefined || view === undefined || kind === undefined) return;
    exporters()
      .then(({ takePlanPicture }) =>
        takePlanPicture(panel, part, kind, view, { title, subtitle: t(view.scenario.title ?? view.scenario.id), note, made: k.made }),
      )
      .then((saved) => setSaid(saved === undefined ? w.take.failed : w.take.saved(saved)))
      .catch(() => setSaid(w.take.failed));
  };
  return (
    <span class="picture-button" ref={place}>
      <MenuButton
        class="sign-button"
        label={w.take.picture(title)}
        onPick={onPick}
        onNear={() => {
          setLight(isDark());
          void exporters().catch(() => undefined);
        }}
        groups={[
          {
            title: w.take.picture(title),
            items: kinds.filter((kind) => hasLight || !kind.startsWith("light-")).map((id) => ({ id, label: labels[id] })),
          },
        ]}
      >
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M8 1.5v8M4.5 6.5 8 10l3.5-3.5M2.5 13.5h11" />
        </svg>
      </MenuButton>
      <span class="visually-hidden" role="status">
        {said}
      </span>
    </span>
  );
}
