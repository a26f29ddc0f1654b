import "../../styles/data.css";
import "../../styles/figure.css";
import "../../styles/print.css";
import { batch } from "@preact/signals";
import type { VNode } from "preact";
import { dataTabs } from "../../state/address.ts";
import { Failure } from "../states.tsx";
import { ChangesBar } from "./changes-bar.tsx";
import { FigureDetail } from "./figure-detail.tsx";
import { FigureTable } from "./figure-table.tsx";
import { Filters } from "./filters.tsx";
import { Moves } from "./moves.tsx";
import { NetworkView } from "./network-view.tsx";
import { useData } from "./use-data.ts";

/** All figures in one table, and the one that is open. */
function FiguresView(): VNode {
  const { store, data, w } = useData();
  const row = data.opened.value;
  return (
    <div class={`data-split${row === undefined ? "" : " has-open"}`}>
      <section class="panel figures-panel" aria-label={w.tabs.figures}>
        <Filters />
        {data.found.value.length === 0 ? (
          <div class="notice notice-empty" role="status">
            <h2>{w.none}</h2>
            <p>{w.noneHint}</p>
          </div>
        ) : (
          <FigureTable />
        )}
      </section>
      <aside class="data-detail">
        <div class="panel">
          {row === undefined ? (
            <div class="choose">
              <h2>{w.choose}</h2>
              <p class="quiet">{w.chooseHint}</p>
              {store.adjustments.value.length > 0 && <Moves />}
            </div>
          ) : (
            <FigureDetail row={row} />
          )}
        </div>
      </aside>
    </div>
  );
}

/** The data page: every figure with range, basis and source; change one and see what moves; the network on the map. */
export function DataView(): VNode {
  const { store, data, w } = useData();
  const network = data.network.value;
  const reason = store.failure.value ?? data.failure.value;
  return (
    <div id="answer" class="data-page" tabIndex={-1} data-ready={data.isReady.value} data-busy={store.isBusy.value}>
      <header class="panel data-head">
        <div>
          <div class="switch" role="group" aria-label={w.tabsLabel}>
            {dataTabs.map((tab) => (
              <button
                key={tab}
                type="button"
                aria-pressed={store.tab.value === tab}
                onClick={() =>
                  batch(() => {
                    if (store.tab.value !== tab) store.see.value = "";
                    store.tab.value = tab;
                  })
                }
              >
                {w.tabs[tab]}
              </button>
            ))}
          </div>
          <p class="quiet data-intro">{w.intro}</p>
        </div>
        <ChangesBar />
      </header>
      {reason !== undefined ? (
        <Failure reason={reason} />
      ) : network === undefined || !data.isReady.value ? (
        <div class="loading" role="status">
          <p>{w.loading}</p>
          <div class="bone" />
          <div class="bone" />
          <div class="bone" />
        </div>
      ) : store.tab.value === "figures" ? (
        <FiguresView />
      ) : (
        <NetworkView network={network} />
      )}
    </div>
  );
}
