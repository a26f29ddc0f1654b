import type { VNode } from "preact";
import { languages, pages, themes } from "../state/address.ts";
import { useStore, useWords } from "./context.ts";

const languageNames = { zh: "中文", en: "English" } as const;

export function Header(): VNode {
  const store = useStore();
  const { m } = useWords();
  return (
    <header class="page-header">
      <a class="skip" href="#answer">
        {m.skip}
      </a>
      <div class="brand">
        <svg class="brand-mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
          <rect class="brand-ground" width="32" height="32" rx="7" />
          <path class="brand-way" d="M5 21c5 0 5-9 11-9s6 6 11 6" />
          <circle class="brand-from" cx="5.6" cy="21" r="2.8" />
          <circle class="brand-to" cx="26.4" cy="18" r="2.8" />
        </svg>
        <h1>{m.title}</h1>
        <p>{m.tagline}</p>
      </div>
      <nav class="switch pages" aria-label={m.pagesLabel}>
        {pages.map((page) => (
          <button
            key={page}
            type="button"
            aria-pressed={store.page.value === page}
            aria-current={store.page.value === page ? "page" : undefined}
            onClick={() => (store.page.value = page)}
          >
            {m.pages[page]}
          </button>
        ))}
      </nav>
      <div class="switches">
        <div class="switch" role="group" aria-label={m.language}>
          {languages.map((language) => (
            <button
              key={language}
              type="button"
              lang={language === "zh" ? "zh-CN" : "en"}
              aria-pressed={store.language.value === language}
              onClick={() => (store.language.value = language)}
            >
              {languageNames[language]}
            </button>
          ))}
        </div>
        <div class="switch" role="group" aria-label={m.theme}>
          {themes.map((theme) => (
            <button key={theme} type="button" aria-pressed={store.theme.value === theme} onClick={() => (store.theme.value = theme)}>
              {m.themes[theme]}
            </button>
          ))}
        </div>
      </div>
    </header>
  );
}
