import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { optionWords } from "../../src/report/index.ts";
import type { FileKind } from "../export/take.ts";
import { takenChain } from "../export/taken.ts";
import { whole } from "../i18n/format.ts";
import { takeawayWords } from "../i18n/takeaway.ts";
import { useMessages, useStore, useWords } from "./context.ts";
import { placeName } from "./names.ts";
import { MenuButton } from "./takeaway-menu.tsx";

/** Links beyond this are cut by some programs. */
const longLink = 2000;
/** After the first answer, before the print sheet is fetched (ms): Ctrl+P then finds it. */
const idle = 1500;

const files: readonly string[] = ["json", "csv", "xlsx", "ics", "geojson"] satisfies FileKind[];
const isFile = (id: string): id is FileKind => files.includes(id);

const exporters = () => import("../export/take.ts");
const printSheet = () => import("./takeaway-sheet.tsx");

type Note = { kind: "word"; text: string; isBad?: boolean } | { kind: "link"; link: string; isLong: boolean };

/** Everything that can be taken from the answer: files, a link, a page of paper. */
export function TakeAway(): VNode {
  const store = useStore();
  const words = useWords();
  const { m, language } = words;
  const t = useMessages(takeawayWords);
  const [note, setNote] = useState<Note>();
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    let stop = () => {};
    let isGone = false;
    const timer = setTimeout(
      () =>
        void printSheet().then(
          ({ followPrinting }) => {
            if (!isGone) stop = followPrinting(store);
          },
          // Without it the page itself is printed.
          () => undefined,
        ),
      idle,
    );
    return () => {
      isGone = true;
      clearTimeout(timer);
      stop();
    };
  }, [store]);
  useEffect(() => {
    if (note?.kind === "link") field.current?.select();
  }, [note]);

  const say = (text: string, isBad = false) => setNote({ kind: "word", text, isBad });
  const failed = (error: unknown) =>
    say([t.failed, error instanceof Error ? error.message.slice(0, 200) : ""].filter((x) => x !== "").join(m.dot), true);
  const take = (kind: FileKind) =>
    exporters()
      .then(({ takeFile }) => takeFile(store, kind))
      .then((name) => (name === undefined ? say(t.failed, true) : say(t.saved(name))))
      .catch(failed);
  const copy = () => {
    const link = location.href;
    if (link.length > longLink) return setNote({ kind: "link", link, isLong: true });
    const byHand = () => setNote({ kind: "link", link, isLong: false });
    // Absent where the page is not served securely.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (clipboard === undefined) return byHand();
    clipboard.writeText(link).then(() => say(t.copied), byHand);
  };
  const print = () =>
    printSheet()
      .then(({ printOnce }) => printOnce(store))
      .catch(failed);
  const onPick = (id: string) => {
    setNote(undefined);
    if (isFile(id)) void take(id);
    else if (id === "link") copy();
    else void print();
  };
  const shown = takenChain(store);
  const nameOfChain =
    shown === undefined
      ? ""
      : [optionWords[shown.option][language], m.table.via(placeName(store.catalogue.value, shown.chain.gateway, words))].join(m.dot);
  return (
    <div class="takeaway">
      <MenuButton
        class="takeaway-button"
        onPick={onPick}
        onNear={() => void exporters().catch(() => undefined)}
        groups={[
          {
            title: t.scenario,
            items: [
              { id: "link", label: t.link, detail: t.linkWhat },
              { id: "json", label: t.json, detail: t.jsonWhat },
            ],
          },
          {
            title: t.table,
            items: [
              { id: "csv", label: t.csv, detail: t.csvWhat },
              { id: "xlsx", label: t.xlsx, detail: t.xlsxWhat },
            ],
          },
          ...(shown === undefined
            ? []
            : [
                {
                  title: t.chain(nameOfChain),
                  items: [
                    { id: "ics", label: t.calendar, detail: t.calendarWhat },
                    { id: "geojson", label: t.geojson, detail: t.geojsonWhat },
                  ],
                },
                { title: t.paper, items: [{ id: "print", label: t.print, detail: t.printWhat }] },
              ]),
        ]}
      >
        {t.button}
      </MenuButton>
      <div class="takeaway-note" role="status">
        {note?.kind === "word" && <p class={note.isBad === true ? "late" : ""}>{note.text}</p>}
        {note?.kind === "link" && (
          <>
            <p>{note.isLong ? t.longLink(whole(note.link.length, language)) : t.copyByHand}</p>
            {note.isLong && (
              <button type="button" class="plain-button" onClick={() => void take("json")}>
                {t.json}
              </button>
            )}
            <input
              ref={field}
              type="text"
              readOnly
              value={note.link}
              aria-label={t.linkField}
              onFocus={(event) => event.currentTarget.select()}
            />
          </>
        )}
      </div>
    </div>
  );
}
