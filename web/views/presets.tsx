import { batch } from "@preact/signals";
import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import { whole } from "../i18n/format.ts";
import { type Preset, type PresetShipment, builtinPresets } from "../state/presets.ts";
import { sameShipment } from "../state/shipment.ts";
import { sameAdjustments } from "../state/adjustments.ts";
import { useStore, useWords } from "./context.ts";
import { placeName } from "./names.ts";

/** The questions of the scenario files: choosing one fills the form and assumes what the scenario assumes. */
export function Presets(): VNode {
  const store = useStore();
  const words = useWords();
  const { m, t, language } = words;
  const [presets, setPresets] = useState<readonly Preset[]>([]);
  const isAsked = useRef(false);
  /** Fetched when someone turns to the list; without them the form is as good as before. */
  const ask = () => {
    if (isAsked.current) return;
    isAsked.current = true;
    builtinPresets().then(setPresets, () => (isAsked.current = false));
  };
  const catalogue = store.catalogue.value;
  const all = presets.flatMap((preset) => preset.shipments.map((shipment) => ({ preset, shipment, key: `${preset.id}/${shipment.id}` })));
  const current = all.find(
    ({ preset, shipment }) => sameShipment(shipment.form, store.form.value) && sameAdjustments(preset.adjustments, store.adjust.kept.value),
  );
  const nameOf = ({ title, form }: PresetShipment): string => {
    if (title !== undefined) return t(title);
    const cargo = catalogue?.cargos.find((c) => c.id === form.cargo);
    const quantity = /^\d+$/.test(form.quantity) ? whole(Number(form.quantity), language) : form.quantity;
    return m.form.preset(quantity, cargo === undefined ? form.cargo : t(cargo.name), placeName(catalogue, form.to, words));
  };
  return (
    <div class="presets">
      <label for="preset">{m.form.presets}</label>
      <select
        id="preset"
        value={current?.key ?? ""}
        onPointerEnter={ask}
        onFocus={ask}
        onChange={(event) => {
          const chosen = all.find(({ key }) => key === event.currentTarget.value);
          if (chosen === undefined) return;
          batch(() => {
            store.adjust.replace(chosen.preset.adjustments);
            store.set(chosen.shipment.form);
          });
        }}
      >
        <option value="" disabled selected={current === undefined}>
          {m.form.presetNone}
        </option>
        {presets.map((preset) => (
          <optgroup key={preset.id} label={t(preset.title)}>
            {preset.shipments.map((shipment) => (
              <option key={shipment.id} value={`${preset.id}/${shipment.id}`}>
                {nameOf(shipment)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}
