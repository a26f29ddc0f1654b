import type { CommandSpec, OptionSpec } from "./command.ts";

/** Options that every command takes. */
export const commonOptions: readonly OptionSpec[] = [
  {
    name: "lang",
    value: "zh|en",
    choices: ["zh", "en"],
    help: { zh: "界面语言，默认按系统区域", en: "language of the text; default from LC_ALL, LC_MESSAGES or LANG" },
  },
  { name: "json", help: { zh: "在标准输出给出 JSON", en: "JSON on standard output" } },
  { name: "help", help: { zh: "显示本帮助", en: "show this help" } },
];

const networkOption: OptionSpec = {
  name: "network",
  value: "FOLDER",
  help: { zh: "改用该文件夹里的网络（全部 *.json）", en: "use the network in this folder (all *.json)" },
};
const strictOption: OptionSpec = {
  name: "strict",
  help: { zh: "有货物无路可走时以 4 退出", en: "exit with 4 when a shipment has no way at all" },
};

/** The one table of commands: parsing, help and completion all read it. */
export const commands: readonly CommandSpec[] = [
  {
    name: "compare",
    summary: {
      zh: "一票货的所有走法：成本、时间、碳排与数据依据",
      en: "every way to send one shipment: cost, time, CO2e and the evidence",
    },
    options: [
      { name: "from", value: "PLACE", help: { zh: "起点：编号、中文名或英文名", en: "origin: code, Chinese or English name" } },
      { name: "to", value: "PLACE", help: { zh: "终点", en: "destination" } },
      { name: "cargo", value: "CARGO", help: { zh: "货物，如 bev-suv、重卡", en: "cargo, for instance bev-suv" } },
      { name: "quantity", value: "N", help: { zh: "数量", en: "how many vehicles or kits" } },
      { name: "ready", value: "DATE", help: { zh: "备车日 2027-03-02", en: "ready date, 2027-03-02" } },
      { name: "due", value: "DATE", help: { zh: "交付期限", en: "due date" } },
      {
        name: "terms",
        value: "DDP|DAP",
        choices: ["DDP", "DAP"],
        help: { zh: "DDP（默认）含关税规费，DAP 不含", en: "DDP (default) with duty and fees, DAP without" },
      },
      { name: "max-days", value: "N", help: { zh: "最长天数，默认 150", en: "longest journey looked for, default 150" } },
      {
        name: "alternatives",
        value: "N",
        help: { zh: "每个方案和通道列出几条链，默认 3", en: "chains listed for each option and corridor, default 3" },
      },
      {
        name: "set",
        value: "PATH=VALUE",
        many: true,
        help: {
          zh: "改一个数再比较，可重复：rules/ID/enabled=false、figures/ID=5",
          en: "compare with one thing changed, may be repeated: rules/ID/enabled=false, figures/ID=5",
        },
      },
      networkOption,
      {
        name: "out",
        value: "DIR",
        help: {
          zh: "把结果写入文件夹（JSON、CSV、XLSX、日历、GeoJSON）",
          en: "also write the results there (JSON, CSV, XLSX, calendar, GeoJSON)",
        },
      },
      strictOption,
    ],
    examples: [
      {
        command: "yuche compare",
        what: {
          zh: "内置的一票货：300 辆纯电 SUV，赛力斯到泽布吕赫",
          en: "the built-in shipment: 300 battery-electric SUVs, Seres to Zeebrugge",
        },
      },
      {
        command: "yuche compare --from Seres --to Zeebrugge --cargo bev-suv --quantity 300 --ready 2027-03-02 --due 2027-05-15",
        what: { zh: "同样的一票货，写全", en: "the same, written out" },
      },
      {
        command: "yuche compare --to Tashkent --set finance/capitalPercentPerYear=5",
        what: { zh: "换终点，并把资金成本改为 5%", en: "another destination, money at 5 percent" },
      },
    ],
    load: async () => (await import("./compare.ts")).compareCommand,
  },
  {
    name: "run",
    words: "FILE…",
    summary: {
      zh: "批量运行场景文件，每个写出一份结果，另有汇总表",
      en: "run any number of scenario files: a result each and one summary table",
    },
    options: [
      { name: "out", value: "DIR", help: { zh: "结果文件夹，默认 results", en: "folder for the results, default results" } },
      { name: "jobs", value: "N", help: { zh: "并行进程数，默认 1", en: "processes at work, default 1" } },
      { name: "force", help: { zh: "已是最新的也重算", en: "run again what is up to date" } },
      { name: "dry-run", help: { zh: "只列出会算什么、为什么", en: "only say what would run, and why" } },
      strictOption,
    ],
    examples: [
      {
        command: "yuche run scenarios --out results --jobs 2",
        what: { zh: "文件夹里的全部场景，两个进程", en: "every scenario of a folder, two processes" },
      },
      {
        command: 'yuche run "scenarios/*.json" --out results',
        what: { zh: "通配符；再运行一次会从中断处继续", en: "a pattern; run it again to go on where it stopped" },
      },
      {
        command: "yuche run scenarios/sweep-suez-by-week.json --out results --jobs 2",
        what: { zh: "一次扫描：每个取值一份结果，另有对照表", en: "a sweep: a result for each value and a table of them all" },
      },
      {
        command: "yuche run - --out results < scenarios/tashkent.json",
        what: { zh: "从标准输入读一个场景", en: "one scenario from standard input" },
      },
    ],
    load: async () => (await import("./run.ts")).runCommand,
  },
  {
    name: "check",
    words: "[FILE…]",
    summary: {
      zh: "检查场景、网络或结果文件；不带参数则检查内置网络",
      en: "check scenario, network and result files; without any, the built-in network",
    },
    options: [],
    examples: [
      {
        command: "yuche check",
        what: { zh: "内置网络：数据依据、地点、班线与可达性", en: "the built-in network: evidence, places, services and reachability" },
      },
      { command: "yuche check scenarios", what: { zh: "文件夹里的全部文件", en: "every file of a folder" } },
    ],
    load: async () => (await import("./check.ts")).checkCommand,
  },
  {
    name: "explain",
    words: "[WORD]",
    summary: {
      zh: "解释地点、班线、数据、货物、规则或结果里的一条链：数字从哪里来",
      en: "explain a place, service, figure, cargo, rule, or a chain of a result: where its numbers come from",
    },
    options: [
      {
        name: "in",
        value: "FILE",
        help: {
          zh: "结果文件；WORD 为链编号、方案，或 cheapest、fastest、greenest",
          en: "a result file; WORD is a chain id, an option, or cheapest, fastest, greenest",
        },
      },
      { name: "date", value: "DATE", help: { zh: "班期从哪天列起，默认今天", en: "first day of the departures listed, default today" } },
      networkOption,
    ],
    examples: [
      { command: "yuche explain Guoyuan", what: { zh: "一个地点", en: "a place" } },
      { command: "yuche explain figures/duty-eu-cvd", what: { zh: "一个数据", en: "a figure" } },
      {
        command: "yuche explain cheapest --in results/compare.result.json",
        what: { zh: "结果里成本最低的链，逐项到来源", en: "the cheapest chain of a result, down to the sources" },
      },
    ],
    load: async () => (await import("./explain.ts")).explainCommand,
  },
  {
    name: "levers",
    words: "[ID…]",
    summary: {
      zh: "政策措施：出处、参数、范围与来源；写编号看全文",
      en: "the policy levers: where they stand, parameters, ranges and sources; an id shows one in full",
    },
    options: [],
    examples: [
      { command: "yuche levers", what: { zh: "全部措施", en: "all of them" } },
      { command: "yuche levers guoyuan-fast-clearance", what: { zh: "一项措施的全文", en: "one in full" } },
    ],
    load: async () => (await import("./levers.ts")).leversCommand,
  },
  {
    name: "rank",
    words: "SCENARIO",
    summary: {
      zh: "场景里每项措施值多少：单独使用、在组合中、参数范围两端",
      en: "what each lever of a scenario is worth: alone, within the bundle, at the ends of its range",
    },
    options: [
      {
        name: "dates",
        value: "N",
        help: { zh: "每票货按几个备车日平均（相隔一周），默认 4", en: "ready dates to take the mean of, a week apart, default 4" },
      },
      {
        name: "weeks",
        value: "N",
        help: {
          zh: "有需求的场景只按时段的前几周计划，默认依场景",
          en: "for a scenario with a demand: plan only so many first weeks, default as the scenario says",
        },
      },
      {
        name: "jobs",
        value: "N",
        help: {
          zh: "运力计划：同时求解几个，默认按处理器核数，至多 4",
          en: "plans solved at a time, default as there are cores, at most 4",
        },
      },
      { name: "no-ranges", help: { zh: "不算参数范围两端，快两三倍", en: "leave the ends of the ranges out: two to three times quicker" } },
      { name: "csv", value: "FILE", help: { zh: "写出 CSV 表", en: "write the table as CSV" } },
      { name: "out", value: "DIR", help: { zh: "把 JSON、CSV 和图（SVG）写入文件夹", en: "write JSON, CSV and a picture (SVG) there" } },
    ],
    examples: [
      {
        command: "yuche rank scenarios/levers/guoyuan-fast-clearance.json --out results",
        what: { zh: "一项措施对八票参考货物的作用", en: "what one lever does for eight reference shipments" },
      },
      {
        command: "yuche rank scenarios/levers/document-b.json --dates 1 --no-ranges --out results",
        what: { zh: "行动计划全部措施的排序，粗算", en: "all measures of the action plan, a quick look" },
      },
      {
        command: "yuche rank scenarios/2027-target.json --weeks 4 --no-ranges",
        what: { zh: "各项措施对 2027 年运力计划值多少，粗算", en: "what each measure is worth to the capacity plan of 2027, a quick look" },
      },
    ],
    load: async () => (await import("./rank.ts")).rankCommand,
  },
  {
    name: "diff",
    words: "A B",
    summary: {
      zh: "两个场景差在哪里，每项差异对每个结果做了什么（份额之和恰为总变化）；也可比较两个结果文件",
      en: "what differs between two scenarios, and what each difference did to each result, in parts that add up; or two result files",
    },
    options: [],
    examples: [
      {
        command: "yuche diff scenarios/levers/baseline.json scenarios/levers/guoyuan-fast-clearance.json",
        what: { zh: "一项措施与基准", en: "one lever against the baseline" },
      },
      {
        command: "yuche diff scenarios/red-sea-closed.json scenarios/suez-open-again.json --json",
        what: { zh: "两种海况，给出 JSON", en: "two states of the sea, as JSON" },
      },
    ],
    load: async () => (await import("./diff.ts")).diffCommand,
  },
  {
    name: "network",
    summary: { zh: "把网络输出为地图、图或统计", en: "the network as a map, a graph or statistics" },
    options: [
      { name: "geojson", help: { zh: "GeoJSON（RFC 7946）", en: "GeoJSON (RFC 7946)" } },
      { name: "dot", help: { zh: "Graphviz DOT", en: "Graphviz DOT" } },
      { name: "stats", help: { zh: "统计（默认）", en: "statistics (default)" } },
      networkOption,
      { name: "out", value: "FILE", help: { zh: "写入文件", en: "write to a file" } },
    ],
    examples: [
      { command: "yuche network --geojson --out chongqing.geojson", what: { zh: "在 QGIS 等软件里查看", en: "to look at in QGIS" } },
      { command: "yuche network --stats", what: { zh: "统计", en: "statistics" } },
    ],
    load: async () => (await import("./network.ts")).networkCommand,
  },
  {
    name: "schema",
    words: "scenario|network|result|plan",
    summary: { zh: "输出文件格式的 JSON Schema（2020-12）", en: "the JSON Schema (2020-12) of a kind of file" },
    options: [],
    examples: [{ command: "yuche schema scenario", what: { zh: "供编辑器补全和检查", en: "for completion and checks in an editor" } }],
    load: async () => (await import("./schema.ts")).schemaCommand,
  },
  {
    name: "completion",
    words: "bash|zsh|fish",
    summary: { zh: "输出命令补全脚本", en: "a script that completes commands in the shell" },
    options: [],
    examples: [
      {
        command: "yuche completion bash > ~/.local/share/bash-completion/completions/yuche",
        what: { zh: "安装到 bash", en: "install for bash" },
      },
    ],
    load: async () => (await import("./completion.ts")).completionCommand,
  },
];
