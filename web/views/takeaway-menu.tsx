import type { VNode } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";

export interface MenuItem {
  id: string;
  label: string;
  /** What one gets, in small. */
  detail?: string;
}

export interface MenuGroup {
  title: string;
  items: readonly MenuItem[];
}

interface MenuButtonProps {
  /** What the button shows. */
  children: VNode | string;
  /** Its name for a screen reader, where it shows a sign only. */
  label?: string;
  class: string;
  groups: readonly MenuGroup[];
  onPick: (id: string) => void;
  /** Someone is about to open it: time to fetch what it needs. */
  onNear?: () => void;
}

/** A button that opens a menu (ARIA menu button): arrows, Home and End move, Enter picks, Escape and Tab close. */
export function MenuButton({ children, label, class: className, groups, onPick, onNear }: MenuButtonProps): VNode {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const items = groups.flatMap((group) => group.items);

  // Before the next key: whoever types quickly must not press the button again.
  useLayoutEffect(() => {
    if (!isOpen) return;
    frame.current?.querySelectorAll<HTMLElement>('[role="menuitem"]')[active]?.focus();
  }, [isOpen, active]);
  useEffect(() => {
    if (!isOpen) return;
    const outside = (event: Event) => {
      if (!(event.target instanceof Node) || frame.current?.contains(event.target) !== true) setOpen(false);
    };
    addEventListener("pointerdown", outside);
    return () => removeEventListener("pointerdown", outside);
  }, [isOpen]);

  const open = (at: number) => {
    onNear?.();
    setActive(at);
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const pick = (item: MenuItem) => {
    close();
    onPick(item.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = items.length - 1;
    if (!isOpen) {
      const at = { ArrowDown: 0, ArrowUp: last }[event.key];
      if (at === undefined) return;
      event.preventDefault();
      return open(at);
    }
    const next = { ArrowDown: active === last ? 0 : active + 1, ArrowUp: active === 0 ? last : active - 1, Home: 0, End: last }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setActive(next);
    } else if (event.key === "Escape") {
      event.preventDefault();
      // Not also what lies beneath.
      event.stopPropagation();
      close();
    } else if (event.key === "Tab") setOpen(false);
  };
  return (
    <div class="menu-frame" ref={frame} onKeyDown={onKeyDown}>
      <button
        ref={button}
        id={id}
        type="button"
        class={className}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        {...(label === undefined ? {} : { "aria-label": label, title: label })}
        onPointerEnter={onNear}
        onFocus={onNear}
        onClick={() => (isOpen ? close() : open(0))}
      >
        {children}
      </button>
      {isOpen && (
        <div class="menu" role="menu" aria-labelledby={id}>
          {groups.map((group) => (
            <div key={group.title} role="group" aria-label={group.title}>
              <p class="menu-title" aria-hidden="true">
                {group.title}
              </p>
              {group.items.map((item) => (
                <button
                  key={item.id}
                  type="button"
                  role="menuitem"
                  tabIndex={-1}
                  data-item={item.id}
                  onPointerMove={() => setActive(items.indexOf(item))}
                  onClick={() => pick(item)}
                >
                  <span>{item.label}</span>
                  {item.detail !== undefined && <small>{item.detail}</small>}
                </button>
              ))}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
