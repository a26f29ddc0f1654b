import type { BatchEvent } from "../batch/index.ts";
import type { Terminal } from "./terminal.ts";

/** What is at work between two updates: `2027-target: each lever 12/74 (pulp ships)`. */
export interface ProgressDetail {
  /** One name for one piece of work, from whose beginning its pace counts. */
  name: string;
  text: string;
  done?: number;
  total?: number;
}

export interface Progress {
  update(event: Pick<BatchEvent, "finished" | "failed" | "total">): void;
  /** Undefined: it is over. */
  detail(now: ProgressDetail | undefined): void;
  /** Prints talk above the progress line. */
  talk(text: string): void;
  end(): void;
}

const plainEveryMilliseconds = 10_000;
const drawEveryMilliseconds = 200;

function duration(seconds: number, zh: boolean): string {
  if (seconds < 90) return zh ? `${Math.ceil(seconds)} 秒` : `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120
    ? zh
      ? `${minutes} 分`
      : `${minutes} min`
    : zh
      ? `${Math.round(minutes / 60)} 小时`
      : `${Math.round(minutes / 60)} h`;
}

/** `412/1000 · 3 failed · 2.1/s · ETA 4 min`: one line drawn over on a terminal, a plain line every ten seconds elsewhere. */
export function makeProgress(terminal: Terminal, total: number): Progress {
  const zh = terminal.language === "zh";
  const began = performance.now();
  const erase = `\r${String.fromCharCode(27)}[K`;
  let state = { finished: 0, failed: 0, total };
  let detail: (ProgressDetail & { began: number; from: number }) | undefined;
  let drawn = 0;
  let ended = false;
  /** Seconds left at the pace so far; undefined where there is none yet. */
  const secondsLeft = (): number | undefined => {
    const since = (start: number) => (performance.now() - start) / 1000;
    const left = state.total - state.finished;
    if (detail?.total !== undefined && left <= 1) {
      const done = detail.done! - detail.from;
      return done > 0 && detail.total > detail.done! ? (since(detail.began) / done) * (detail.total - detail.done!) : undefined;
    }
    return state.finished > 0 && left > 0 ? (since(began) / state.finished) * left : undefined;
  };
  const line = () => {
    const seconds = (performance.now() - began) / 1000;
    const parts = [`${state.finished}/${state.total}`];
    if (state.failed > 0) parts.push(zh ? `${state.failed} 失败` : `${state.failed} failed`);
    if (state.finished > 0) parts.push(`${(state.finished / Math.max(seconds, 0.001)).toFixed(1)}/${zh ? "秒" : "s"}`);
    if (detail !== undefined) parts.push(detail.text);
    const left = secondsLeft();
    if (left !== undefined) parts.push(zh ? `约剩 ${duration(left, zh)}` : `ETA ${duration(left, zh)}`);
    return parts.join(" · ");
  };
  const draw = () => {
    if (ended) return;
    if (terminal.errorIsTerminal) process.stderr.write(`${erase}${line()}`);
    else terminal.error(line());
    drawn = performance.now();
  };
  const timer = setInterval(draw, terminal.errorIsTerminal ? 1000 : plainEveryMilliseconds);
  timer.unref();
  if (terminal.errorIsTerminal) draw();
  return {
    update: (event) => {
      state = { finished: event.finished, failed: event.failed, total: event.total };
      if (terminal.errorIsTerminal && performance.now() - drawn > drawEveryMilliseconds) draw();
    },
    detail: (now) => {
      const isSame = now !== undefined && detail?.name === now.name;
      detail =
        now === undefined
          ? undefined
          : { ...now, began: isSame ? detail!.began : performance.now(), from: isSame ? detail!.from : (now.done ?? 0) };
      if (terminal.errorIsTerminal && (!isSame || performance.now() - drawn > drawEveryMilliseconds)) draw();
    },
    talk: (text) => {
      if (terminal.errorIsTerminal) process.stderr.write(erase);
      terminal.error(text);
      if (terminal.errorIsTerminal) draw();
    },
    end: () => {
      if (ended) return;
      ended = true;
      clearInterval(timer);
      if (terminal.errorIsTerminal) process.stderr.write(erase);
    },
  };
}
