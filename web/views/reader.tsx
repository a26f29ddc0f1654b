import type { ComponentChildren, VNode } from "preact";
import { useId, useRef } from "preact/hooks";
import { pointIn } from "./use-size.ts";

interface ReaderProps {
  class: string;
  label: string;
  hint: string;
  /** What stands at the reading point now, in words. */
  text: string;
  /** Steps of what is read, and the one that is read; -1 for none. */
  count: number;
  at: number;
  onStep: (at: number) => void;
  /** To the chain before or after. */
  onTurn: (by: 1 | -1) => void;
  onOpen: () => void;
  /** Under the pointer, in pixels of the picture. */
  onPoint: (x: number, y: number) => void;
  onPick: () => void;
  onLeave: () => void;
  children: ComponentChildren;
}

/**
 * A picture that is read with the pointer or the arrow keys. To a screen reader it is a slider whose value is the words of the step that is read; a table
 * with everything stands beside.
 */
export function Reader(props: ReaderProps): VNode {
  const { label, hint, text, count, at, onStep, onTurn, onOpen, onPoint, onPick, onLeave, children } = props;
  const frame = useRef<HTMLDivElement>(null);
  const id = useId();
  const keys: Record<string, () => void> = {
    ArrowRight: () => onStep(Math.min(at + 1, count - 1)),
    ArrowLeft: () => onStep(Math.max(at - 1, 0)),
    Home: () => onStep(0),
    End: () => onStep(count - 1),
    ArrowDown: () => onTurn(1),
    ArrowUp: () => onTurn(-1),
    Enter: onOpen,
    Escape: onLeave,
  };
  return (
    <>
      <div
        ref={frame}
        class={`reader ${props.class}`}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-describedby={id}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, count - 1)}
        aria-valuenow={Math.max(0, at)}
        aria-valuetext={text}
        onFocus={() => at < 0 && frame.current?.matches(":focus-visible") === true && onStep(0)}
        onBlur={onLeave}
        onKeyDown={(event) => {
          const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
          if (act === undefined) return;
          event.preventDefault();
          act();
        }}
        onPointerMove={(event) => {
          onPoint(...pointIn(frame.current, event));
        }}
        onPointerLeave={onLeave}
        onClick={onPick}
      >
        {children}
      </div>
      <span id={id} class="visually-hidden">
        {hint}
      </span>
    </>
  );
}
