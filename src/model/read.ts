import { type ParseError, printParseErrorCode, visit } from "jsonc-parser";
import * as z from "zod/mini";
import { InputError, type Problem, nearest, problem } from "./problems.ts";
import { years } from "./time.ts";

/** Limits before any work is done. */
export const limits = { fileBytes: 64 * 1024 * 1024, depth: 64, stringLength: 10_000, problems: 200 } as const;

export interface Read<T> {
  value: T | undefined;
  problems: Problem[];
}

const forbiddenKeys = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Parses JSON text strictly: positions in errors, duplicate keys, prototype words as keys, depth and string length are all checked.
 * A byte-order mark is accepted. Never throws.
 */
export function readJson(source: string, file?: string): Read<unknown> {
  const content = source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
  const problems: Problem[] = [];
  const at = file === undefined ? {} : { file };
  const lineStarts: number[] = [0];
  for (let i = content.indexOf("\n"); i >= 0; i = content.indexOf("\n", i + 1)) lineStarts.push(i + 1);
  const place = (offset: number) => {
    let low = 0;
    let high = lineStarts.length - 1;
    while (low < high) {
      const mid = (low + high + 1) >> 1;
      if (lineStarts[mid]! <= offset) low = mid;
      else high = mid - 1;
    }
    return { ...at, line: low + 1, column: offset - lineStarts[low]! + 1 };
  };
  if (content.length > limits.fileBytes) {
    const megabytes = Math.ceil(content.length / 1024 / 1024);
    problems.push({
      ...problem(
        "",
        "too-large",
        { zh: `文件有 ${megabytes} MB，超过 64 MB 的上限`, en: `the file has ${megabytes} MB, more than the limit of 64 MB` },
        { zh: "请拆成多个场景文件", en: "split it into several scenario files" },
      ),
      ...at,
    });
    return { value: undefined, problems };
  }
  const keys: Set<string>[] = [];
  const errors: ParseError[] = [];
  let depth = 0;
  let tooDeep = false;
  const enter = (offset: number) => {
    depth++;
    if (depth > limits.depth && !tooDeep) {
      tooDeep = true;
      problems.push({
        ...problem("", "limit", { zh: `嵌套超过 ${limits.depth} 层`, en: `nested deeper than ${limits.depth} levels` }),
        ...place(offset),
      });
    }
    return !tooDeep;
  };
  try {
    visit(
      content,
      {
        onObjectBegin: (offset) => {
          keys.push(new Set());
          return enter(offset);
        },
        onArrayBegin: (offset) => enter(offset),
        onObjectEnd: () => {
          keys.pop();
          depth--;
        },
        onArrayEnd: () => {
          depth--;
        },
        onObjectProperty: (key, offset) => {
          const known = keys.at(-1);
          if (known?.has(key))
            problems.push({
              ...problem(
                "",
                "duplicate-key",
                { zh: `键“${key.slice(0, 80)}”出现了两次`, en: `the key '${key.slice(0, 80)}' stands twice` },
                { zh: "删去其中一个", en: "remove one of them" },
              ),
              ...place(offset),
            });
          if (forbiddenKeys.has(key))
            problems.push({
              ...problem("", "unknown-key", { zh: `键“${key}”不允许使用`, en: `the key '${key}' is not allowed` }),
              ...place(offset),
            });
          known?.add(key);
        },
        onLiteralValue: (value, offset) => {
          if (typeof value === "string" && value.length > limits.stringLength)
            problems.push({
              ...problem("", "limit", {
                zh: `文字超过 ${limits.stringLength} 个字符`,
                en: `a text longer than ${limits.stringLength} characters`,
              }),
              ...place(offset),
            });
          if (typeof value === "number" && !Number.isFinite(value))
            problems.push({ ...problem("", "bad-value", { zh: "数字太大", en: "a number too large to be held" }), ...place(offset) });
        },
        onError: (error, offset, length) => errors.push({ error, offset, length }),
      },
      { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false },
    );
  } catch {
    problems.push({ ...problem("", "limit", { zh: "嵌套太深，无法读取", en: "nested too deep to be read" }), ...at });
  }
  const hint = { zh: "用编辑器的 JSON 检查功能查看此处", en: "look at this place with your editor's JSON check" };
  for (const error of errors.slice(0, 10)) {
    const name = printParseErrorCode(error.error);
    problems.push({
      ...problem("", "syntax", { zh: `不是合法的 JSON（${name}）`, en: `not valid JSON (${name})` }, hint),
      ...place(error.offset),
    });
  }
  if (problems.length > 0) return { value: undefined, problems: problems.slice(0, limits.problems) };
  try {
    return { value: JSON.parse(content), problems };
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 120) : "";
    problems.push({ ...problem("", "syntax", { zh: `不是合法的 JSON（${reason}）`, en: `not valid JSON (${reason})` }, hint), ...at });
    return { value: undefined, problems };
  }
}

type JsonSchema = {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema | JsonSchema[];
  prefixItems?: JsonSchema[];
  additionalProperties?: JsonSchema | boolean;
  anyOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  type?: string | string[];
  pattern?: string;
};

const published = new WeakMap<object, JsonSchema>();

/** The JSON Schema (2020-12) of a schema, made once. */
export function jsonSchema(schema: z.ZodMiniType): JsonSchema {
  let made = published.get(schema);
  if (made === undefined) published.set(schema, (made = z.toJSONSchema(schema, { target: "draft-2020-12", io: "input" }) as JsonSchema));
  return made;
}

function descend(schema: JsonSchema | undefined, path: readonly PropertyKey[]): JsonSchema[] {
  let now: JsonSchema[] = schema === undefined ? [] : [schema];
  const spread = (list: JsonSchema[]): JsonSchema[] => list.flatMap((s) => (s.anyOf === undefined ? [s] : spread(s.anyOf)));
  now = spread(now);
  for (const step of path) {
    const next: JsonSchema[] = [];
    for (const s of now) {
      if (typeof step === "number") {
        const item = s.prefixItems?.[step] ?? (Array.isArray(s.items) ? s.items[step] : s.items);
        if (item !== undefined) next.push(item);
      } else {
        const property = s.properties !== undefined && Object.hasOwn(s.properties, step) ? s.properties[step as string] : undefined;
        if (property !== undefined) next.push(property);
        else if (typeof s.additionalProperties === "object") next.push(s.additionalProperties);
      }
    }
    now = spread(next);
  }
  return now;
}

/** Path with list members named by their id where they have one. */
export function namePath(value: unknown, path: readonly PropertyKey[]): string {
  const parts: string[] = [];
  let here: unknown = value;
  for (const step of path) {
    here = here !== null && typeof here === "object" ? (here as Record<PropertyKey, unknown>)[step] : undefined;
    const member = typeof step === "number" && here !== null && typeof here === "object" ? (here as Record<string, unknown>) : undefined;
    const name = member?.["id"] ?? member?.["at"];
    parts.push(typeof name === "string" ? name.slice(0, 80) : String(step).slice(0, 80));
  }
  return parts.join("/");
}

type Issue = z.core.$ZodIssue;

function typeName(value: unknown): { zh: string; en: string } {
  if (value === undefined) return { zh: "没有填写", en: "nothing" };
  if (value === null) return { zh: "空值 null", en: "null" };
  if (Array.isArray(value)) return { zh: "列表", en: "a list" };
  if (typeof value === "object") return { zh: "对象", en: "an object" };
  if (typeof value === "string") return { zh: `文字“${value.slice(0, 40)}”`, en: `the text '${value.slice(0, 40)}'` };
  return { zh: String(value), en: String(value) };
}

const expectedNames: Record<string, { zh: string; en: string }> = {
  string: { zh: "文字", en: "a text" },
  number: { zh: "数字", en: "a number" },
  int: { zh: "整数", en: "a whole number" },
  boolean: { zh: "true 或 false", en: "true or false" },
  object: { zh: "对象 { … }", en: "an object { … }" },
  record: { zh: "对象 { … }", en: "an object { … }" },
  array: { zh: "列表 [ … ]", en: "a list [ … ]" },
  tuple: { zh: "列表 [ … ]", en: "a list [ … ]" },
};

/** What the schemas' own checks say, in Chinese. */
const reasons: Record<string, string> = {
  "no such date": "没有这一天",
  [`the year should be from ${years.first} to ${years.last}`]: `年份应在 ${years.first} 到 ${years.last} 之间`,
  "exactly one of set, scale and add": "set、scale、add 三者只能写一个",
};

const formats: [RegExp, { zh: string; en: string }][] = [
  [/\\d\{4\}.*T/, { zh: "日期时间格式为 2027-03-02T18:00", en: "a date and time reads 2027-03-02T18:00" }],
  [/\\d\{4\}/, { zh: "日期格式为 2027-03-02", en: "a date reads 2027-03-02" }],
  [/\^\\d\{2\}-\\d\{2\}/, { zh: "月日格式为 05-31", en: "a month and day reads 05-31" }],
  [/2\[0-3\]/, { zh: "时刻格式为 18:00", en: "a time of day reads 18:00" }],
  [/A-Za-z0-9/, { zh: "编号只用字母、数字、点、横线和下划线", en: "an id has letters, digits, dots, dashes and underscores only" }],
  [/\[A-Z\]\{2\}/, { zh: "国家用两位大写代码，如 CN", en: "a country is a code of two capitals such as CN" }],
  [/\[A-Z\]\{3\}/, { zh: "货币用三位大写代码，如 USD", en: "a currency is a code of three capitals such as USD" }],
];

function at(root: unknown, path: readonly PropertyKey[]): unknown {
  let here: unknown = root;
  for (const step of path) here = here !== null && typeof here === "object" ? (here as Record<PropertyKey, unknown>)[step] : undefined;
  return here;
}

function issueProblems(issue: Issue, root: unknown, schema: z.ZodMiniType, prefix: readonly PropertyKey[]): Problem[] {
  const path = [...prefix, ...issue.path];
  const name = namePath(root, path);
  const found = at(root, path);
  const shapes = () => descend(jsonSchema(schema), path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        const valid = [...new Set(shapes().flatMap((s) => Object.keys(s.properties ?? {})))];
        const like = nearest(key, valid, 1)[0];
        const list = valid.slice(0, 14).join(", ");
        return problem(
          name === "" ? key.slice(0, 80) : `${name}/${key.slice(0, 80)}`,
          "unknown-key",
          { zh: `不认识的键“${key.slice(0, 80)}”`, en: `unknown key '${key.slice(0, 80)}'` },
          like === undefined
            ? { zh: `这里可以用：${list}`, en: `allowed here: ${list}` }
            : { zh: `是不是“${like}”？`, en: `did you mean '${like}'?` },
        );
      });
    case "invalid_union": {
      const branches = issue.errors.filter((e) => e.length > 0);
      const deep = branches.filter((e) => e.some((i) => i.path.length > 0 || i.code === "unrecognized_keys"));
      const best = (deep.length > 0 ? deep : branches).toSorted((a, b) => a.length - b.length)[0];
      if (best !== undefined && found !== null && typeof found === "object")
        return best.flatMap((i) => issueProblems(i, root, schema, path));
      const kinds = [
        ...new Set(shapes().map((s) => (s.const !== undefined ? `'${String(s.const)}'` : typeof s.type === "string" ? s.type : "object"))),
      ].join(" | ");
      const got = typeName(found);
      return [
        problem(
          name,
          "type",
          { zh: `这里不能是${got.zh}`, en: `${got.en} is not possible here` },
          { zh: `可以是：${kinds}`, en: `possible: ${kinds}` },
        ),
      ];
    }
    case "invalid_type": {
      const got = typeName(found);
      if (found === undefined && path.length > 0) {
        return [
          problem(
            name,
            "missing-key",
            { zh: "缺少必填的键", en: "a required key is missing" },
            {
              zh: `补上，类型为${expectedNames[issue.expected]?.zh ?? issue.expected}`,
              en: `add it: ${expectedNames[issue.expected]?.en ?? issue.expected}`,
            },
          ),
        ];
      }
      return [
        problem(name, "type", {
          zh: `应为${expectedNames[issue.expected]?.zh ?? issue.expected}，却是${got.zh}`,
          en: `should be ${expectedNames[issue.expected]?.en ?? issue.expected} but is ${got.en}`,
        }),
      ];
    }
    case "invalid_value": {
      if (found === undefined)
        return [
          problem(
            name,
            "missing-key",
            { zh: "缺少必填的键", en: "a required key is missing" },
            { zh: `可选值：${issue.values.join("、")}`, en: `one of: ${issue.values.join(", ")}` },
          ),
        ];
      const got = typeName(found);
      const like = typeof found === "string" ? nearest(found, issue.values.map(String), 1)[0] : undefined;
      return [
        problem(
          name,
          "bad-value",
          { zh: `${got.zh}不在可选值之内`, en: `${got.en} is not one of the possible values` },
          like === undefined
            ? { zh: `可选值：${issue.values.join("、")}`, en: `one of: ${issue.values.join(", ")}` }
            : { zh: `是不是“${like}”？`, en: `did you mean '${like}'?` },
        ),
      ];
    }
    case "too_small": {
      const isOver = issue.inclusive === false;
      return [
        problem(name, "bad-value", {
          zh: issue.origin === "array" ? "列表里的项目太少" : `太小，${isOver ? "应大于" : "至少为"} ${issue.minimum}`,
          en:
            issue.origin === "array" ? "the list has too few members" : `too small, ${isOver ? "more than" : "at least"} ${issue.minimum}`,
        }),
      ];
    }
    case "too_big":
      return [
        problem(name, "bad-value", {
          zh: issue.origin === "array" ? "列表里的项目太多" : `太大，至多为 ${issue.maximum}`,
          en: issue.origin === "array" ? "the list has too many members" : `too large, at most ${issue.maximum}`,
        }),
      ];
    case "invalid_format": {
      const pattern = "pattern" in issue ? String(issue.pattern) : "";
      const hint = formats.find(([p]) => p.test(pattern))?.[1];
      const got = typeName(found);
      return [problem(name, "bad-value", { zh: `${got.zh}的写法不对`, en: `${got.en} is not written as it should be` }, hint)];
    }
    default:
      return [
        problem(name, "bad-value", {
          zh: reasons[issue.message ?? ""] ?? `数值不合要求（${issue.message}）`,
          en: issue.message ?? "not as required",
        }),
      ];
  }
}

/** Checks a value against a schema; every problem is reported with its path, reason and hint. */
export function checkShape<T extends z.ZodMiniType>(value: unknown, schema: T, file?: string): Read<z.output<T>> {
  const result = schema.safeParse(value, { reportInput: false });
  if (result.success) return { value: result.data, problems: [] };
  const problems = result.error.issues.flatMap((issue) => issueProblems(issue, value, schema, []));
  return { value: undefined, problems: problems.slice(0, limits.problems).map((p) => (file === undefined ? p : { ...p, file })) };
}

/** The value in its checked shape. Throws InputError with every problem. */
export function shaped<T extends z.ZodMiniType>(value: unknown, schema: T): z.output<T> {
  const checked = checkShape(value, schema);
  if (checked.value === undefined) throw new InputError(checked.problems);
  return checked.value;
}
