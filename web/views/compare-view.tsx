import type { VNode } from "preact";
import { useStore, useWords } from "./context.ts";
import { FrontView } from "./front-view.tsx";
import { MapView } from "./map-view.tsx";
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

/** The first page: one shipment, every sensible way side by side. */
export function CompareView(): VNode {
  const store = useStore();
  return (
    <>
      <ShipmentForm />
      <div class={`progress${store.isBusy.value ? " busy" : ""}`} role="presentation" />
      <div id="answer" tabIndex={-1} aria-busy={store.isBusy.value} data-busy={store.isBusy.value}>
        <Body />
      </div>
    </>
  );
}
