import { type ReadonlySignal, effect } from "@preact/signals";

/**
 * Has the browser keep the page's files, so that it opens without a network. It does so once the first answer stands, which reading all files a second time must not
 * hold up. Where it may not (a private window, a file address), nothing is lost.
 */
export function keepForOffline(isBusy: ReadonlySignal<boolean>): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator) || !location.protocol.startsWith("http")) return;
  const stop = effect(() => {
    if (isBusy.value) return;
    queueMicrotask(() => stop());
    void navigator.serviceWorker.register("./service-worker.js").catch(() => undefined);
  });
}
