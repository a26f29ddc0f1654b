import { jsonText, networkDot, networkGeoJson, networkStats, networkStatsText } from "../report/index.ts";
import type { Call } from "./command.ts";
import { UsageError } from "./exit.ts";
import { networkOf } from "./networks.ts";

export async function networkCommand(call: Call): Promise<void> {
  const { terminal } = call;
  const wanted = ["geojson", "dot", "stats"].filter((name) => call.has(name));
  if (wanted.length > 1) throw new UsageError({ zh: "--geojson、--dot、--stats 只能选一个", en: "only one of --geojson, --dot, --stats" });
  const data = await networkOf(call);
  const text = ((): string => {
    if (wanted[0] === "geojson") return `${jsonText(networkGeoJson(data), 0)}\n`;
    if (wanted[0] === "dot") return networkDot(data, terminal.language);
    const stats = networkStats(data);
    return terminal.json
      ? `${jsonText({ schemaVersion: 1, kind: "yuche-network-stats", ...stats })}\n`
      : networkStatsText(data, stats, terminal.reader);
  })();
  const out = call.value("out");
  if (out === undefined) {
    terminal.out(text);
    return;
  }
  const { writeAtomic } = await import("../batch/index.ts");
  await writeAtomic(out, text);
  terminal.say({ zh: `已写入 ${out}`, en: `written to ${out}` });
}
