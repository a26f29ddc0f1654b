import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

export interface Size {
  width: number;
  height: number;
}

/** Size of the names on a map: it is read from further away on a wall screen. Other charts are magnified there as a whole. */
export const labelSize = (): number => (matchMedia("(min-width: 2000px)").matches ? 14 : 12);

/** Where the pointer is, in an element's own pixels; those of a magnified one are larger than the screen's. */
export function pointIn(element: HTMLElement | null, { clientX, clientY }: MouseEvent): [number, number] {
  if (element === null) return [0, 0];
  const { left, top, width } = element.getBoundingClientRect();
  const scale = element.offsetWidth / width || 1;
  return [(clientX - left) * scale, (clientY - top) * scale];
}

/** Inner size of an element in whole pixels, followed as it changes. */
export function useSize(element: RefObject<HTMLElement | null>, initial: Size): Size {
  const [size, setSize] = useState(initial);
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return;
    const measure = () => {
      const width = Math.floor(target.clientWidth);
      const height = Math.floor(target.clientHeight);
      if (width > 0 && height > 0) setSize((known) => (known.width === width && known.height === height ? known : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
