import "./styles/index.css";
import { render } from "preact";
import { keepForOffline } from "./offline/register.ts";
import { preferredLanguage } from "./state/address.ts";
import { builtinSources } from "./state/sources.ts";
import { createStore } from "./state/store.ts";
import { App } from "./views/app.tsx";
import { startEngine } from "./worker/client.ts";

/** Changes closer together than this (ms) are one edit, and one step of the Back button. */
const oneEdit = 1500;
let pushed = Number.NEGATIVE_INFINITY;

let stop: (message: string) => void = () => undefined;
const engine = startEngine((message) => stop(message));
const store = createStore(engine, {
  search: () => location.search,
  write: (address, isNewQuestion) => {
    const now = performance.now();
    if (isNewQuestion && now - pushed > oneEdit) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    if (isNewQuestion) pushed = now;
  },
  onReturn: (listener) => addEventListener("popstate", listener),
  language: preferredLanguage(navigator.languages),
  sources: builtinSources,
});
stop = (message) => {
  store.failure.value = message;
  store.isBusy.value = false;
};

const root = document.getElementById("app");
if (root !== null) render(<App store={store} />, root);
keepForOffline(store.isBusy);
