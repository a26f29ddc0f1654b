import "../styles/print.css";
import { type VNode, render } from "preact";
import { basisWords, lineWords, missingWords, modeWords, optionWords } from "../../src/report/index.ts";
import type { ChainElement, TransportChain } from "../../src/routing/index.ts";
import type { ShipmentResult } from "../../src/scenario/index.ts";
import { costBar } from "../charts/cost-bar.tsx";
import { costScale } from "../charts/cost-groups.ts";
import { evidenceOrder } from "../charts/evidence-bar.tsx";
import { markPath } from "../charts/front.tsx";
import { date, decimal, fen, fixed, moment, offset, percent, whole } from "../i18n/format.ts";
import { takenChain } from "../export/taken.ts";
import { sheetWords } from "../i18n/sheet.ts";
import { takeawayWords } from "../i18n/takeaway.ts";
import { coarseLand } from "../map/land.ts";
import { mapPicture } from "../map/picture.tsx";
import { fitProjection } from "../map/projection.ts";
import { sceneOf } from "../map/scene.ts";
import { type NamedChain, costOf } from "../state/chains.ts";
import { builtinSources } from "../state/sources.ts";
import type { Answered, Store } from "../state/store.ts";
import { StoreContext, type Words, useMessages, useStore, useWords } from "./context.ts";
import { webAddress } from "./figure-view.tsx";
import { corridorName, placeName } from "./names.ts";
import { costLines } from "./words.ts";

/** Inside the margins of A4, in CSS pixels: 190 mm. */
const width = 718;
/** A little less than 277 mm: rounding must not begin a second page. */
const pageHeight = 1040;
/** Between the parts of the sheet, as its style sheet says. */
const gap = 7;
const leastMap = 140;
const mostMap = 460;
const mostSteps = 15;
const mostAssumptions = 5;
const mostSources = 4;

function OptionLine({ named, words, scale }: { named: NamedChain; words: Words; scale: ReturnType<typeof costScale> }): VNode {
  const store = useStore();
  const { m, language } = words;
  const { chain, option } = named;
  const { low, high } = chain.cost.range;
  return (
    <tr class={takenChain(store)?.key === named.key ? "shown" : ""}>
      <th scope="row">
        <svg class={`option-mark option-${option}`} width="12" height="12" viewBox="-8 -8 16 16" aria-hidden="true">
          <path d={markPath(option, 90)} />
        </svg>{" "}
        {optionWords[option][language]}
        <small>
          {[
            m.table.via(placeName(store.catalogue.value, chain.gateway, words)),
            corridorName(store.catalogue.value, chain.corridor, words),
          ].join(m.dot)}
        </small>
      </th>
      <td class="number">
        {whole(costOf(chain, store.measure.value), language)}
        {store.measure.value === "landed" && <small>{m.table.range(whole(low, language), whole(high, language))}</small>}
      </td>
      <td class="number">
        {m.table.days(fixed(chain.time.days, 1, language))}
        <small>{date(chain.time.arrivalDate, language)}</small>
      </td>
      <td class="number">
        {chain.due === undefined
          ? "—"
          : (chain.due.slackDays < 0 ? m.table.late : m.table.early)(decimal(Math.abs(chain.due.slackDays), 1, language))}
        {chain.due !== undefined && <small>{m.table.chance(percent(chain.due.onTimeChance))}</small>}
      </td>
      <td class="number">
        {whole(chain.co2eKg, language)}
        <small>kg</small>
      </td>
      <td class="sheet-bar">{costBar({ chain, measure: store.measure.value, scale, label: "", titleOf: () => "" })}</td>
    </tr>
  );
}

function Options({ shipment, answered }: { shipment: ShipmentResult; answered: Answered }): VNode {
  const store = useStore();
  const words = useWords();
  const { m, t, language } = words;
  const best = answered.chains.filter((c) => c.isBest);
  const scale = costScale(
    best.map((c) => c.chain),
    store.measure.value,
  );
  return (
    <table class="sheet-options">
      <thead>
        <tr>
          <th scope="col">{m.table.option}</th>
          <th scope="col" class="number">
            {m.table.cost}
          </th>
          <th scope="col" class="number">
            {m.table.time}
          </th>
          <th scope="col" class="number">
            {m.table.due}
          </th>
          <th scope="col" class="number">
            {m.table.co2e}
          </th>
          <th scope="col">{m.table.bar}</th>
        </tr>
      </thead>
      <tbody>
        {shipment.options.map((result) => {
          const named = best.find((c) => c.option === result.option);
          if (named !== undefined) return <OptionLine key={result.option} named={named} words={words} scale={scale} />;
          return (
            <tr key={result.option} class="sheet-missing">
              <th scope="row">{optionWords[result.option][language]}</th>
              <td colSpan={5}>
                {result.missing === undefined
                  ? m.table.missing
                  : `${missingWords[result.missing.code][language]}${m.clause}${t(result.missing.reason)}`}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function stepName(element: ChainElement, words: Words, name: (id: string) => string): string {
  if (element.kind === "operation") return [name(element.at), words.t(element.name)].join(words.m.dot);
  return [modeWords[element.mode][words.language], `${name(element.from)} → ${name(element.to)}`].join(" ");
}

function Steps({ chain }: { chain: TransportChain }): VNode {
  const { catalogue } = useStore();
  const words = useWords();
  const { language } = words;
  const sheet = useMessages(sheetWords);
  const name = (id: string) => placeName(catalogue.value, id, words);
  // Where there are too many, the legs tell the way.
  const all = chain.elements;
  const steps = (all.length > mostSteps ? all.filter((e) => e.kind === "leg") : all).slice(0, mostSteps);
  const stamp = (text: string) => (
    <>
      {moment(text, language)} <small>{offset(text)}</small>
    </>
  );
  return (
    <table class="sheet-steps">
      <thead>
        <tr>
          <th scope="col">{sheet.step}</th>
          <th scope="col">{sheet.begins}</th>
          <th scope="col">{sheet.ends}</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((element, i) => (
          <tr key={i} class={element.kind === "leg" && element.main ? "main" : ""}>
            <th scope="row">{stepName(element, words, name)}</th>
            <td>{stamp(element.kind === "leg" ? element.departure : element.begin)}</td>
            <td>{stamp(element.kind === "leg" ? element.arrival : element.end)}</td>
          </tr>
        ))}
        {steps.length < all.length && (
          <tr>
            <td colSpan={3}>{sheet.others(all.length - steps.length)}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function Lines({ chain }: { chain: TransportChain }): VNode {
  const { language } = useWords();
  const sheet = useMessages(sheetWords);
  return (
    <table class="sheet-lines">
      <thead>
        <tr>
          <th scope="col" colSpan={2}>
            {sheet.lines}
          </th>
        </tr>
      </thead>
      <tbody>
        {costLines.flatMap((line) => {
          const cny = chain.cost.lines[line];
          if (cny === undefined) return [];
          return [
            <tr key={line}>
              <th scope="row">{lineWords[line][language]}</th>
              <td class="number">{fen(cny, language)}</td>
            </tr>,
          ];
        })}
        <tr class="sheet-total">
          <th scope="row">{sheet.total}</th>
          <td class="number">{fen(chain.cost.cny, language)}</td>
        </tr>
      </tbody>
    </table>
  );
}

/** The sources that most figures of a chain rest on, by publisher and title. */
function chiefSources(answered: Answered, chain: TransportChain, store: Store): { count: number; chief: string[] } {
  const uses = new Map<string, number>();
  const addresses = new Set([
    ...chain.costItems.flatMap((item) => item.figures),
    ...chain.timeItems.map((item) => item.figure),
    ...chain.elements.flatMap((element) => element.co2Figures),
  ]);
  for (const address of addresses) for (const id of answered.result.figures[address]?.sources ?? []) uses.set(id, (uses.get(id) ?? 0) + 1);
  // Those that someone can look up; the rest is in the workbook.
  const texts = [...uses]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .flatMap(([id]) => {
      const source = store.sources.value?.get(id) ?? answered.result.sources[id];
      return source === undefined || webAddress(source.address) === undefined || source.title === "" ? [] : [source.title];
    });
  return { count: uses.size, chief: [...new Set(texts)].slice(0, mostSources) };
}

interface SheetProps {
  answered: Answered;
  shipment: ShipmentResult;
  shown: NamedChain;
  /** Pixels; 0 for no map. */
  mapHeight: number;
}

function Sheet({ answered, shipment, shown, mapHeight }: SheetProps): VNode {
  const store = useStore();
  const words = useWords();
  const { m, t, language } = words;
  const sheet = useMessages(sheetWords);
  const { made, perVehicle } = useMessages(takeawayWords);
  const { chain } = shown;
  const catalogue = store.catalogue.value;
  const name = (id: string) => placeName(catalogue, id, words, false);
  const cargo = catalogue?.cargos.find((c) => c.id === shipment.cargo);
  const assumptions = store.adjustments.value;
  const scene = catalogue === undefined ? undefined : sceneOf(shown, answered.chains, answered.lines, catalogue);
  const projection = fitProjection(
    [...(scene?.routes ?? []), ...(scene?.others ?? [])].map((r) => r.line).filter((line) => line.length > 1),
    width,
    mapHeight,
    { left: 60, right: 60, top: 24, bottom: 18 },
  );
  const shares = evidenceOrder
    .filter((basis) => chain.evidence.cost[basis] > 0)
    .map((basis) => `${basisWords[basis][language]} ${percent(chain.evidence.cost[basis])}`);
  const { count, chief } = chiefSources(answered, chain, store);
  const facts = [
    language === "zh"
      ? `${whole(shipment.quantity, language)} ${sheet.vehicles}`
      : `${whole(shipment.quantity, language)} ${sheet.vehicles}`,
    cargo === undefined ? shipment.cargo : t(cargo.name),
    `${sheet.ready} ${date(shipment.ready, language)}`,
    ...(shipment.due === undefined ? [] : [`${sheet.due} ${date(shipment.due, language)}`]),
    shipment.terms,
    perVehicle,
  ];
  return (
    <div class="sheet">
      <header>
        <p class="sheet-made">{made}</p>
        <h1>{`${name(shipment.from)} → ${name(shipment.to)}`}</h1>
        <p>{facts.join(m.dot)}</p>
      </header>
      <Options shipment={shipment} answered={answered} />
      <h2>{sheet.chain([optionWords[shown.option][language], m.table.via(placeName(catalogue, chain.gateway, words))].join(m.dot))}</h2>
      <div class="sheet-columns">
        <Steps chain={chain} />
        <Lines chain={chain} />
      </div>
      {scene !== undefined && mapHeight > 0 && (
        <div class="sheet-map">
          {mapPicture({
            scene,
            land: coarseLand,
            projection,
            width,
            height: mapHeight,
            pan: { k: 1, x: 0, y: 0 },
            label: m.map.heading,
            say: t,
          })}
        </div>
      )}
      <footer>
        {assumptions.length > 0 && (
          <p>
            <strong>{sheet.assumptions}</strong>
            {m.clause}
            {assumptions
              .slice(0, mostAssumptions)
              .map(({ change, set }) => `${change} ${JSON.stringify(set)}`.slice(0, 110))
              .join(m.clause)}
          </p>
        )}
        <p>{sheet.evidence(shares.join(m.comma))}</p>
        <p>
          {sheet.sources(count)} {chief.map((text) => text.slice(0, 90)).join(m.clause)}
        </p>
        <p>{m.map.note}</p>
      </footer>
    </div>
  );
}

function PrintSheet({ mapHeight }: { mapHeight: number }): VNode | null {
  const store = useStore();
  const answer = store.answered.value;
  const shipment = answer?.result.shipments[0];
  const chain = takenChain(store);
  return answer === undefined || shipment === undefined || chain === undefined ? null : (
    <Sheet answered={answer} shipment={shipment} shown={chain} mapHeight={mapHeight} />
  );
}

/**
 * From now on what is printed of an answer is one sheet of A4 instead of the page. Before each printing it is drawn anew, at once, because the browser
 * does not wait. Returns how to end it.
 */
export function followPrinting(store: Store): () => void {
  const root = document.documentElement;
  let place: HTMLElement | undefined;
  const begin = () => {
    if (store.page.peek() !== "compare" || takenChain(store) === undefined || place !== undefined) return;
    const made = document.createElement("div");
    made.id = "print-sheet";
    document.body.append(made);
    place = made;
    const draw = (mapHeight: number) =>
      render(
        <StoreContext.Provider value={store}>
          <PrintSheet mapHeight={mapHeight} />
        </StoreContext.Provider>,
        made,
      );
    // What the words leave of the page goes to the map.
    made.classList.add("measured");
    draw(0);
    const words = [...(made.firstElementChild?.children ?? [])].reduce((sum, part) => sum + part.getBoundingClientRect().height + gap, 0);
    made.classList.remove("measured");
    const rest = Math.floor(pageHeight - words - gap);
    draw(rest < leastMap ? 0 : Math.min(mostMap, rest));
    root.classList.add("has-sheet");
  };
  const end = () => {
    if (place === undefined) return;
    render(null, place);
    place.remove();
    place = undefined;
    root.classList.remove("has-sheet");
  };
  // The sheet names its sources; they are a file of their own.
  if (store.sources.peek() === undefined)
    builtinSources().then(
      (known) => (store.sources.value ??= known),
      () => undefined,
    );
  addEventListener("beforeprint", begin);
  addEventListener("afterprint", end);
  return () => {
    removeEventListener("beforeprint", begin);
    removeEventListener("afterprint", end);
    end();
  };
}

/** Asks the browser to print the sheet. */
export async function printOnce(store: Store): Promise<void> {
  if (store.sources.peek() === undefined) store.sources.value = await builtinSources();
  print();
}
