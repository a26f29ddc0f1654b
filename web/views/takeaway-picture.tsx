import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import type { PictureKind } from "../export/take-picture.ts";
import { date, whole } from "../i18n/format.ts";
import { takeawayWords } from "../i18n/takeaway.ts";
import { useMessages, useStore, useWords } from "./context.ts";
import { placeName } from "./names.ts";
import { MenuButton } from "./takeaway-menu.tsx";

const exporters = () => import("../export/take-picture.ts");
const kinds: readonly string[] = ["svg", "png", "light-svg", "light-png"] satisfies PictureKind[];
const isKind = (id: string): id is PictureKind => kinds.includes(id);

const isDark = () => {
  const theme = document.documentElement.dataset["theme"];
  return theme === "dark" || (theme === undefined && matchMedia("(prefers-color-scheme: dark)").matches);
};

/** Saves the picture of the panel it stands in as SVG or PNG, with title, keys and notes. `part` names the panel in the file's name, `note` is what must be known to read it. */
export function PictureButton({ part, title, note = "" }: { part: string; title: string; note?: string }): VNode {
  const store = useStore();
  const words = useWords();
  const { m, language } = words;
  const t = useMessages(takeawayWords);
  const place = useRef<HTMLSpanElement>(null);
  const [said, setSaid] = useState("");
  const [hasLight, setLight] = useState(false);
  const onPick = (id: string) => {
    const panel = place.current?.closest("section");
    const answered = store.answered.value;
    const shipment = answered?.result.shipments[0];
    if (panel === null || panel === undefined || shipment === undefined || !isKind(id)) return;
    const name = (location: string) => placeName(store.catalogue.value, location, words);
    const cargo = store.catalogue.value?.cargos.find((c) => c.id === shipment.cargo);
    const subtitle = [
      `${name(shipment.from)} → ${name(shipment.to)}`,
      [whole(shipment.quantity, language), cargo === undefined ? shipment.cargo : words.t(cargo.name)].join(
        language === "zh" ? " 辆" : " × ",
      ),
      [m.form.fields.ready, date(shipment.ready, language)].join(" "),
      shipment.terms,
    ].join(m.dot);
    exporters()
      .then(({ takePicture }) => takePicture(panel, part, id, shipment, { title, subtitle, note, made: t.made }))
      .then((saved) => setSaid(saved === undefined ? t.failed : t.saved(saved)))
      .catch(() => setSaid(t.failed));
  };
  return (
    <span class="picture-button" ref={place}>
      <MenuButton
        class="sign-button"
        label={t.picture(title)}
        onPick={onPick}
        onNear={() => {
          setLight(isDark());
          void exporters().catch(() => undefined);
        }}
        groups={[
          {
            title: t.picture(title),
            items: [
              { id: "svg", label: t.svg },
              { id: "png", label: t.png },
              ...(hasLight
                ? [
                    { id: "light-svg", label: t.lightSvg },
                    { id: "light-png", label: t.lightPng },
                  ]
                : []),
            ],
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
