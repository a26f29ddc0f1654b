import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Findable, type Readings, builtinReadings, findAll } from "../state/search.ts";
import { useWords } from "./context.ts";

export interface Choice extends Findable {
  /** Smaller words beside the name. */
  detail: string;
}

interface ComboboxProps {
  id: string;
  label: string;
  choices: readonly Choice[];
  /** Id of a choice, or whatever a link or a typist put there. */
  value: string;
  error: VNode | undefined;
  onPick: (value: string) => void;
}

/**
 * Search as you type over Chinese names, their pinyin, English names and aliases (ARIA combobox with a list). What was typed and not picked goes to the engine as it is:
 * it understands names too, and otherwise says which are near.
 */
export function Combobox({ id, label, choices, value, error, onPick }: ComboboxProps): VNode {
  const { m, t } = useWords();
  const [typed, setTyped] = useState<string>();
  const [readings, setReadings] = useState<Readings>({});
  const [active, setActive] = useState(-1);
  const list = useRef<HTMLUListElement>(null);
  const chosen = choices.find((c) => c.id === value);
  const text = typed ?? (chosen === undefined ? value : t(chosen.name));
  const isOpen = typed !== undefined;
  const isFresh = chosen !== undefined && typed === t(chosen.name);
  const found = useMemo(
    () => (isOpen ? findAll(choices, isFresh ? "" : typed, readings) : []),
    [choices, typed, isOpen, isFresh, readings],
  );

  useEffect(() => {
    if (active >= 0) list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const close = () => {
    setTyped(undefined);
    setActive(-1);
  };
  const pick = (next: string) => {
    close();
    if (next !== value) onPick(next);
  };
  const open = () => {
    if (isOpen) return;
    setTyped(text);
    setActive(-1);
  };
  /** Leaving the field takes the only match, else the text as it stands; nothing typed changes nothing. */
  const leave = () => {
    if (typed === undefined || typed === (chosen === undefined ? value : t(chosen.name))) return close();
    const only = typed.trim() === "" ? undefined : found.length === 1 ? found[0] : undefined;
    pick(only?.id ?? typed.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends a Chinese composition is not a choice.
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (!isOpen) return open();
      const last = found.length - 1;
      setActive(
        active < 0
          ? step > 0
            ? 0
            : last
          : Math.abs(step) > 1
            ? Math.min(last, Math.max(0, active + step))
            : (active + step + found.length) % Math.max(1, found.length),
      );
    } else if (event.key === "Enter" && isOpen) {
      event.preventDefault();
      const best = found[active] ?? (isFresh || typed.trim() === "" ? undefined : found[0]);
      if (best === undefined) leave();
      else pick(best.id);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      close();
      // What is typed next replaces the restored name, as on entering the field.
      const input = event.currentTarget as HTMLInputElement;
      requestAnimationFrame(() => input.select());
    }
  };
  const listId = `${id}-list`;
  return (
    <div class={`field field-${id}${error === undefined ? "" : " has-error"}`}>
      <label for={id}>{label}</label>
      <div class="combobox">
        <input
          id={id}
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck={false}
          value={text}
          title={text}
          aria-expanded={isOpen && found.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-invalid={error !== undefined}
          {...(error === undefined ? {} : { "aria-describedby": `${id}-error` })}
          {...(active >= 0 && isOpen ? { "aria-activedescendant": `${listId}-${active}` } : {})}
          onClick={open}
          onFocus={(event) => {
            event.currentTarget.select();
            // Without them names still match as they are written.
            builtinReadings().then(setReadings, () => undefined);
          }}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setActive(-1);
          }}
          onKeyDown={onKeyDown}
          onBlur={leave}
        />
        <ul id={listId} ref={list} role="listbox" aria-label={label} hidden={!isOpen || found.length === 0}>
          {found.map((choice, i) => (
            <li
              key={choice.id}
              id={`${listId}-${i}`}
              role="option"
              aria-selected={i === active}
              class={choice.id === value ? "current" : ""}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(choice.id)}
            >
              <span>{t(choice.name)}</span>
              <small>{choice.detail}</small>
            </li>
          ))}
        </ul>
        {isOpen && found.length === 0 && typed.trim() !== "" && <p class="no-match">{m.form.noMatch}</p>}
        <span class="visually-hidden" role="status">
          {isOpen ? m.form.suggestions(found.length) : ""}
        </span>
      </div>
      {error}
    </div>
  );
}
