import type { VNode } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { evidencePatterns } from "../charts/evidence-bar.tsx";
import { StoreContext, useStore, useWords } from "./context.ts";
import type { Store } from "../state/store.ts";
import { CompareView } from "./compare-view.tsx";
import { Header } from "./header.tsx";
import { LazyView } from "./lazy-view.tsx";
import { placeName } from "./names.ts";

/** Loaded when first opened. */
const later = {
  capacity: () => import("./capacity/capacity-view.tsx").then((m) => m.CapacityView),
  data: () => import("./data/data-view.tsx").then((m) => m.DataView),
};

function Current(): VNode {
  const page = useStore().page.value;
  if (page === "compare") return <CompareView />;
  return <LazyView key={page} load={later[page]} />;
}

/** Title, language and theme of the document. Apart from the page, which need not be drawn again with every answer. */
function DocumentState(): null {
  const store = useStore();
  const words = useWords();
  const { m, language } = words;
  const theme = store.theme.value;
  const shipment = store.answered.value?.result.shipments[0];
  const route =
    shipment === undefined
      ? m.tagline
      : `${placeName(store.catalogue.value, shipment.from, words)} → ${placeName(store.catalogue.value, shipment.to, words)}`;
  useLayoutEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = m.documentTitle(route);
  }, [language, m, route]);
  useLayoutEffect(() => {
    if (theme === "auto") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  return null;
}

function Page(): VNode {
  const { m } = useWords();
  return (
    <>
      {evidencePatterns()}
      <DocumentState />
      <Header />
      <main>
        <Current />
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
