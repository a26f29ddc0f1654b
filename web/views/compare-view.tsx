import type { VNode } from "preact";
import { useStore, useWords } from "./context.ts";
import { FrontView } from "./front-view.tsx";
import { LazyView } from "./lazy-view.tsx";
import { MapView } from "./map-view.tsx";
import { OptionsTable } from "./options-table.tsx";
import { PinNote, pinByKey } from "./pinned.tsx";
import { ShipmentForm } from "./shipment-form.tsx";
import { Empty, Failure, Loading, NoRoute, Problems } from "./states.tsx";
import { PictureButton } from "./takeaway-picture.tsx";
import { TakeAway } from "./takeaway.tsx";
import { WhatIf } from "./whatif.tsx";
import { WhenSeen } from "./whatif-offscreen.tsx";
import { Winners } from "./winners.tsx";

/** Loaded when the reader comes near. */
const later = {
  timeline: () => import("./timeline-view.tsx").then((m) => m.TimelineView),
  corridor: () => import("./corridor-view.tsx").then((m) => m.CorridorView),
};

/** The charts of what happens along the way; their room is kept while they load. */
function AlongTheWay(): VNode {
  return (
    <>
      <div class="timeline-room">
        <WhenSeen>
          <LazyView load={later.timeline} whenNear />
        </WhenSeen>
      </div>
      <div class="corridor-room">
        <WhenSeen>
          <LazyView load={later.corridor} whenNear />
        </WhenSeen>
      </div>
    </>
  );
}

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
      <div class="winners-room">{hasChains ? <Winners answered={answer} /> : <NoRoute shipment={shipment} />}</div>
      <section class="panel options-panel" aria-labelledby="options-heading">
        <div class="panel-head">
          <h2 id="options-heading">{m.table.heading}</h2>
          {hasChains && <PinNote />}
          <div class="panel-tools">
            <TakeAway />
            {hasChains && <PictureButton part="costs" title={m.table.bar} />}
          </div>
        </div>
        <OptionsTable shipment={shipment} answered={answer} />
      </section>
      {hasChains && (
        <>
          <div class="map-room">
            <WhenSeen>
              <MapView />
            </WhenSeen>
          </div>
          <div class="front-room">
            <FrontView shipment={shipment} answered={answer} />
          </div>
          <AlongTheWay />
        </>
      )}
    </div>
  );
}

/** The first page: one shipment, every sensible way side by side. */
export function CompareView(): VNode {
  const store = useStore();
  return (
    <div class="compare">
      <ShipmentForm />
      <WhatIf />
      <div class={`progress${store.isBusy.value ? " busy" : ""}`} role="presentation" />
      <div
        id="answer"
        tabIndex={-1}
        aria-busy={store.isBusy.value}
        data-busy={store.isBusy.value}
        onKeyDown={(event) => pinByKey(event, store)}
      >
        <Body />
      </div>
    </div>
  );
}
