import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import { evidencePatterns } from "../charts/evidence-bar.tsx";
import { StoreContext, useStore, useWords } from "./context.ts";
import type { Store } from "../state/store.ts";
import { FrontView } from "./front-view.tsx";
import { Header } from "./header.tsx";
import { MapView } from "./map-view.tsx";
import { placeName } from "./names.ts";
import { OptionsTable } from "./options-table.tsx";
import { ShipmentForm } from "./shipment-form.tsx";
import { Empty, Failure, Loading, NoRoute, Problems } from "./states.tsx";
import { Winners } from "./winners.tsx";

/** What stands below the form: one of the states, or the answer. */
function Body(): VNode {
  const { failure, open, problems, answered } = useStore();
  const { m } = useWords();
  if (failure.value !== undefined) return <Failure reason={failure.value} />;
  if (open.value.length > 0) return <Empty />;
  if (problems.value.length > 0) return <Problems />;
  const answer = answered.value;
  const shipment = answer?.result.shipments[0];
  if (answer === undefined || shipment === undefined) return <Loading />;
  const hasChains = answer.chains.length > 0;
  return (
    <div class="answer">
      <div class="answer-main">
        {hasChains ? <Winners answered={answer} /> : <NoRoute shipment={shipment} />}
        <section class="panel options-panel" aria-labelledby="options-heading">
          <h2 id="options-heading">{m.table.heading}</h2>
          <OptionsTable shipment={shipment} answered={answer} />
        </section>
      </div>
      {hasChains && (
        <div class="answer-side">
          <MapView />
          <FrontView shipment={shipment} answered={answer} />
        </div>
      )}
    </div>
  );
}

function Page(): VNode {
  const store = useStore();
  const words = useWords();
  const { m, language } = words;
  const theme = store.theme.value;
  const shipment = store.answered.value?.result.shipments[0];
  const route =
    shipment === undefined
      ? m.tagline
      : `${placeName(store.catalogue.value, shipment.from, words)} → ${placeName(store.catalogue.value, shipment.to, words)}`;
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = m.documentTitle(route);
  }, [language, m, route]);
  useEffect(() => {
    if (theme === "auto") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  return (
    <>
      {evidencePatterns()}
      <Header />
      <main>
        <ShipmentForm />
        <div class={`progress${store.isBusy.value ? " busy" : ""}`} role="presentation" />
        <div id="answer" tabIndex={-1} aria-busy={store.isBusy.value} data-busy={store.isBusy.value}>
          <Body />
        </div>
      </main>
      <footer>{m.footer}</footer>
    </>
  );
}

export function App({ store }: { store: Store }): VNode {
  return (
    <StoreContext.Provider value={store}>
      <Page />
    </StoreContext.Provider>
  );
}
