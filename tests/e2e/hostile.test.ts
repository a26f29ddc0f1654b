import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Dialog, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fields } from "../../web/state/shipment.ts";
import { type BuiltPage, settled, startPage } from "./page.ts";

let site: BuiltPage;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yuche-hostile-"));
  site = await startPage();
}, 300_000);
afterAll(async () => {
  await site?.close();
  await rm(folder, { recursive: true, force: true });
});

const call = "globalThis.harmed=1";
/** What has run as a script or broken out of its place somewhere before. */
const payloads: readonly string[] = [
  `<script>${call}</script>`,
  `"><script>${call}</script>`,
  `'><script>${call}</script>`,
  `</script><script>${call}</script>`,
  `</textarea><script>${call}</script>`,
  `</title><script>${call}</script>`,
  `</style><script>${call}</script>`,
  `--><script>${call}</script>`,
  `]]><script>${call}</script>`,
  `<ScRiPt>${call}</sCrIpT>`,
  `<scr<script>ipt>${call}</scr</script>ipt>`,
  `<script src="data:text/javascript,${call}"></script>`,
  `<script src=//example.invalid/x.js></script>`,
  `<img src=x onerror="${call}">`,
  `<img src=x onerror=${call}//`,
  `"><img src=x onerror="${call}">`,
  `<IMG """><SCRIPT>${call}</SCRIPT>">`,
  `<svg onload="${call}">`,
  `<svg/onload=${call}>`,
  `<svg><script>${call}</script></svg>`,
  `<svg><animate onbegin="${call}" attributeName=x dur=1s>`,
  `<svg><a xlink:href="javascript:${call}"><text>x</text></a></svg>`,
  `<svg><foreignObject><iframe srcdoc="<script>parent.harmed=1</script>"></foreignObject></svg>`,
  `<math><mtext><img src=x onerror="${call}"></mtext></math>`,
  `<body onload="${call}">`,
  `<iframe src="javascript:${call}"></iframe>`,
  `<iframe srcdoc="<script>parent.harmed=1</script>"></iframe>`,
  `<object data="javascript:${call}"></object>`,
  `<embed src="javascript:${call}">`,
  `<link rel=stylesheet href="//example.invalid/x.css">`,
  `<style>@import "//example.invalid/x.css"; * { display: none }</style>`,
  `<base href="//example.invalid/">`,
  `<meta http-equiv=refresh content="0;url=//example.invalid/">`,
  `<form action="//example.invalid/"><button autofocus>x</button></form>`,
  `<input autofocus onfocus="${call}">`,
  `<select autofocus onfocus="${call}">`,
  `<textarea autofocus onfocus="${call}">`,
  `<details open ontoggle="${call}">`,
  `<video><source onerror="${call}"></video>`,
  `<audio src=x onerror="${call}">`,
  `<marquee onstart="${call}">`,
  `<div style="background:url(//example.invalid/x)">`,
  `<a href="javascript:${call}" autofocus>x</a>`,
  `<template><script>${call}</script></template>`,
  `<noscript><p title="</noscript><img src=x onerror='${call}'>">`,
  `" onmouseover="${call}" x="`,
  `' onfocus='${call}' autofocus '`,
  `javascript:${call}`,
  `data:text/html,<script>${call}</script>`,
  `vbscript:${call}`,
  "${globalThis.harmed=1}",
  "{{constructor.constructor('globalThis.harmed=1')()}}",
  "__proto__",
  "constructor",
  "toString",
  `=HYPERLINK("http://example.invalid","x")`,
  `=cmd|' /C calc'!A0`,
  `@SUM(1+1)*cmd|' /C calc'!A0`,
  "\u202e重庆\u0000\u001b[31m\ud800",
  "%00%0d%0aSet-Cookie:x=1",
  "x".repeat(5000),
  `\u2028\u2029${"👩‍👩‍👧‍👦".repeat(60)}`,
];

/** Everything that would show that a text was more than a text. */
async function expectUnharmed(page: Page, faults: string[], dialogs: string[], what: string): Promise<void> {
  const state = await page.evaluate(() => ({
    harmed: "harmed" in globalThis,
    strangers: [
      ...document.querySelectorAll(
        "script:not([src]), script[src^='data'], script[src*='//example'], img, iframe, object, embed, base, form[action], link[href*='example'], style:not([data-vite-dev-id]), [onerror], [onload], [onfocus]",
      ),
    ].map((element) => element.outerHTML.slice(0, 100)),
    links: [...document.querySelectorAll("a[href]")]
      .map((a) => a.getAttribute("href") ?? "")
      .filter((href) => !/^(?:https?:|#)/.test(href)),
    hasHeader: document.querySelector("h1")?.textContent !== "",
  }));
  expect({ what, ...state }).toEqual({ what, harmed: false, strangers: [], links: [], hasHeader: true });
  expect(dialogs, what).toEqual([]);
  expect(faults, what).toEqual([]);
}

async function watched(address: string) {
  const opened = await site.open(address);
  const dialogs: string[] = [];
  const onDialog = (dialog: Dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  };
  opened.page.on("dialog", onDialog);
  const handOn = async () => {
    await opened.handOn();
    opened.page.off("dialog", onDialog);
  };
  return { ...opened, dialogs, handOn };
}

const keys = [...fields, "lang", "theme", "cost", "chain", "pin", "page", "adjust", "brush", "axis", "map", "figure", "find", "unknown"];

/** Many questions one after the other, on a machine that may be busy. */
const long = 300_000;

describe("hostile texts", () => {
  test("in every key of the address do no harm, and the page goes on working", { timeout: long }, async () => {
    const { page, faults, dialogs, handOn } = await watched("?lang=en");
    for (const payload of payloads) {
      for (const address of [
        // All keys at once, then those that leave the shipment answered.
        new URLSearchParams(keys.map((key) => [key, payload])),
        new URLSearchParams([
          ...["theme", "cost", "chain", "pin", "brush", "axis", "map", "unknown"].map((key): [string, string] => [key, payload]),
          ["adjust", `finance/${payload}=1`],
          ["adjust", `figures/${payload}={"note":${JSON.stringify(payload)}}`],
        ]),
      ]) {
        // As the Back button brings an address back: no new load for each.
        await page.evaluate((search) => {
          history.replaceState(null, "", search);
          dispatchEvent(new PopStateEvent("popstate"));
        }, `?${address}`);
        await page.waitForSelector("main > *");
      }
      await expectUnharmed(page, faults, dialogs, payload.slice(0, 80));
    }
    await page.goto(new URL("?lang=en", page.url()).href);
    await settled(page);
    expect(await page.locator(".options .chain-row").count()).toBeGreaterThan(2);
    await handOn();
  });

  test.each(payloads.filter((_, i) => i % 9 === 0))("in a link that is opened afresh: %s", async (payload) => {
    const { page, faults, dialogs, handOn } = await watched(`?${new URLSearchParams(fields.map((key) => [key, payload]))}`);
    await expectUnharmed(page, faults, dialogs, payload);
    expect(await page.inputValue("#to")).toBe(payload.slice(0, 400).replaceAll(/[\r\n]/g, ""));
    await handOn();
  });

  test("typed into every field of the form are told as problems", { timeout: long }, async () => {
    const { page, faults, dialogs, handOn } = await watched("?lang=en");
    for (const payload of payloads.filter((text) => text.length < 1000)) {
      for (const field of ["cargo", "from", "to"]) {
        await page.fill(`#${field}`, payload);
        await page.keyboard.press("Enter");
      }
      await expectUnharmed(page, faults, dialogs, payload.slice(0, 80));
    }
    await handOn();
  });

  test("in a scenario file, in its name and in every text of it, do no harm", { timeout: long }, async () => {
    const { page, faults, dialogs, handOn } = await watched("?lang=zh");
    const shipment = { cargo: "bev-suv", quantity: 120, from: "CNCKG-SERES", to: "UZ-MARKET", ready: "2027-03-02" };
    const open = (name: string, text: string) =>
      page.evaluate(
        ([fileName, content]) => {
          const data = new DataTransfer();
          data.items.add(new File([content!], fileName!, { type: "application/json" }));
          document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        },
        [name, text],
      );
    const told = (start: string) =>
      page.waitForFunction((text) => document.querySelector(".open-note")?.textContent.includes(text) === true, start);
    // Titles become buttons, all at once.
    const titled = payloads.flatMap((title, i) => [
      { ...shipment, id: `a${i}`, title },
      { ...shipment, id: title, title: { zh: title, en: title } },
    ]);
    await open("titles.json", JSON.stringify({ id: "x", title: payloads[0], shipments: titled }));
    await told("titles.json");
    expect(await page.locator(".open-note button").count()).toBe(titled.length);
    await expectUnharmed(page, faults, dialogs, "titles");
    for (const [i, payload] of payloads.entries()) {
      const name = `#${i}: ${payload.slice(0, 100)}.json`;
      const file = {
        id: payload,
        [payload]: payload,
        shipments: [{ ...shipment, to: payload, [payload]: 1 }],
        levers: [{ change: payload, set: { [payload]: payload } }],
      };
      await open(name, JSON.stringify(file));
      await told(`#${i}: `);
      await expectUnharmed(page, faults, dialogs, payload.slice(0, 80));
    }
    expect(await page.inputValue("#to")).toContain("泽布吕赫");
    await handOn();
  });
});

describe("hostile files", () => {
  const write = async (name: string, content: string | Buffer) => {
    const file = join(folder, name);
    await writeFile(file, content);
    return file;
  };
  const deep = `${'{"a":'.repeat(3000)}1${"}".repeat(3000)}`;

  const files: [string, string | Buffer][] = [
    ["ten megabytes of numbers", `[${"1,".repeat(5_000_000)}1]`],
    ["ten megabytes of one text", JSON.stringify({ id: "x", title: "=".repeat(10_000_000), shipments: [] })],
    ["broken JSON", '{"id": "x", "shipments": [{]'],
    ["nothing at all", ""],
    ["a depth of 3,000", deep],
    ["a prototype's word", '{"id":"x","__proto__":{"harmed":1},"shipments":[]}'],
    ["a number too large", '{"id":"x","shipments":[{"quantity":1e400}]}'],
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 255, 254])],
    ["another encoding", Buffer.from('{"id":"x"}', "utf16le")],
    ["a page", "<!doctype html><script>globalThis.harmed=1</script>"],
  ];

  /** The page on which the files are opened, one after the other; a new one after a test that failed. */
  let standing: Awaited<ReturnType<typeof watched>> | undefined;

  test.each(files)("%s: a reason in words, and the answer stays", async (name, content) => {
    const opened = standing ?? (await watched("?lang=en"));
    standing = undefined;
    const { page, faults, dialogs } = opened;
    // Each under a name of its own, to know the word on it from the word on the one before.
    const file = `hostile ${files.findIndex((one) => one[0] === name)}.json`;
    await page.setInputFiles(".open-file input", await write(file, content));
    await page.waitForSelector(`.open-note .notice-problem:has(h2:text("${file}")) li`, { timeout: 50_000 });
    expect((await page.textContent(".open-note li"))!.length).toBeGreaterThan(10);
    expect(await page.locator(".open-note li").count()).toBeLessThanOrEqual(21);
    expect(await page.locator(".options .chain-row").count()).toBeGreaterThan(2);
    await expectUnharmed(page, faults, dialogs, name);
    standing = opened;
  });

  test("on the Capacity page too: a reason in words for each", { timeout: long }, async () => {
    const { page, faults, dialogs, handOn } = await watched("?page=capacity&plan=plan-small&lang=en");
    const input = ".capacity-head input[type=file]";
    for (const [i, [name, content]] of files.entries()) {
      await page.setInputFiles(input, await write(`hostile ${i}.json`, content));
      const told = await page.waitForSelector(
        `.capacity-head .refused:text("hostile ${i}.json"), .capacity-head:has(option:checked:text("hostile ${i}.json")) ~ .capacity-split .notice-problem li`,
        { timeout: 50_000 },
      );
      expect((await told.textContent())!.length, name).toBeGreaterThan(10);
      await expectUnharmed(page, faults, dialogs, name);
    }
    const problems: [string, object][] = payloads
      .filter((_, i) => i % 3 === 0)
      .map((text, i) => [
        `#${i}`,
        {
          id: `x${i}`,
          title: text,
          [text]: text,
          demand: [{ id: text, cargo: text, from: text, to: text, quantity: 1 }],
          plan: { [text]: 1 },
        },
      ]);
    for (const [name, file] of problems) {
      await page.setInputFiles(input, await write("texts.json", JSON.stringify(file)));
      await page.waitForSelector('#answer[data-busy="false"] .notice-problem li');
      await expectUnharmed(page, faults, dialogs, name);
    }
    await handOn();
  });

  test("hostile names in a plan that is solved stay texts, on the page and in its tables", { timeout: long }, async () => {
    const { page, faults, dialogs, handOn } = await watched("?page=capacity&plan=plan-small&lang=zh");
    const texts = payloads.filter((text) => text.length < 200);
    const plan = {
      id: "hostile",
      title: { zh: texts[0], en: texts[1] },
      description: texts[2],
      demand: [{ id: "d", cargo: "bev-suv", quantity: 60, from: "CNCKG-SERES", to: "UZ-MARKET", terms: "DAP" }],
      horizon: { from: "2027-03-01", weeks: 1 },
      plan: {
        contracts: texts.map((title, i) => ({
          id: `c${i}`,
          title,
          services: ["rail-container-yuzui-qinzhou"],
          weeklySlots: 0.1,
          shortfallCny: 1,
        })),
        investments: texts.slice(0, 20).map((title, i) => ({
          id: `i${i}`,
          title: { zh: title, en: title },
          slots: { services: ["rail-container-yuzui-qinzhou"], add: 1 },
          cost: { total: 0 },
        })),
        shares: texts.slice(0, 20).map((title, i) => ({ id: `s${i}`, title, of: { modes: ["rail"] }, mostPercent: 90 })),
      },
    };
    await page.setInputFiles(".capacity-head input[type=file]", await write("=names<b>.json", JSON.stringify(plan)));
    await page.waitForSelector('.capacity-head option:checked:text("=names<b>.json")', { state: "attached" });
    await page.waitForSelector('#answer[data-busy="false"]:has(.notice, .facts [data-of="carried"][value="60"])', { timeout: 120_000 });
    expect(await page.locator(".notice").allTextContents()).toEqual([]);
    await expectUnharmed(page, faults, dialogs, "names");
    await handOn();
  });
});
