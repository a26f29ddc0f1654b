import type { VNode } from "preact";
import { lineWords } from "../../src/report/index.ts";
import type { CostItem, TransportChain } from "../../src/routing/index.ts";
import { groupOfLine } from "../charts/cost-groups.ts";
import { fen } from "../i18n/format.ts";
import { useStore, useWords } from "./context.ts";
import { FigureView } from "./figure-view.tsx";
import { placeName } from "./names.ts";
import { costLines } from "./words.ts";

/** One amount with the figures it is made from, folded until asked for. */
function Item({ item, chain }: { item: CostItem; chain: TransportChain }): VNode {
  const { catalogue } = useStore();
  const words = useWords();
  const { m, t, language } = words;
  const element = chain.elements[item.element];
  const name = (id: string) => placeName(catalogue.value, id, words);
  const where =
    element === undefined
      ? m.chain.wholeChain
      : element.kind === "leg"
        ? `${name(element.from)} → ${name(element.to)}`
        : [name(element.at), t(element.name)].join(m.dot);
  return (
    <details class="cost-item">
      <summary>
        <span>{where}</span>
        <small>{item.figures.length === 0 ? m.chain.noFigure : m.chain.figures(item.figures.length)}</small>
        <data value={item.cny}>{fen(item.cny, language)}</data>
      </summary>
      {item.figures.map((address) => (
        <FigureView key={address} address={address} />
      ))}
    </details>
  );
}

/** Cost lines that add up to the total to the fen; each opens its amounts, each amount its figures. */
export function CostLines({ chain }: { chain: TransportChain }): VNode {
  const { m, language } = useWords();
  return (
    <div class="cost-lines">
      {costLines.flatMap((line) => {
        const cny = chain.cost.lines[line];
        if (cny === undefined) return [];
        return [
          <details key={line} class="cost-line" data-line={line}>
            <summary>
              <span class={`swatch group-${groupOfLine[line]}`} />
              <span>{lineWords[line][language]}</span>
              <data value={cny} data-of={`line-${line}`}>
                {fen(cny, language)}
              </data>
            </summary>
            {chain.costItems
              .filter((item) => item.line === line)
              .map((item, i) => (
                <Item key={i} item={item} chain={chain} />
              ))}
          </details>,
        ];
      })}
      <p class="cost-total">
        <span>{m.chain.total}</span>
        <data value={chain.cost.cny} data-of="total">
          {fen(chain.cost.cny, language)}
        </data>
      </p>
      <p class="cost-total quiet">
        <span>{m.chain.logistics}</span>
        <data value={chain.cost.logisticsCny} data-of="logistics">
          {fen(chain.cost.logisticsCny, language)}
        </data>
      </p>
    </div>
  );
}
