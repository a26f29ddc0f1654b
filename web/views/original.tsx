import type { VNode } from "preact";
import type { Text } from "../../src/model/index.ts";
import { useWords } from "./context.ts";

const han = /\p{Script=Han}/u;

/**
 * A note or the title of a source, which stands in its own language: it is marked where that is not the page's, so that it is read aloud and broken into lines as
 * what it is.
 */
export function Original({ text }: { text: Text }): VNode {
  const { t, language } = useWords();
  const words = t(text);
  const own = han.test(words) ? "zh" : "en";
  return own === language ? <>{words}</> : <span lang={own === "zh" ? "zh-CN" : "en"}>{words}</span>;
}
