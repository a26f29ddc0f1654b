import type { Problem, Text } from "../model/index.ts";
import type { NetworkData } from "../network/index.ts";
import { findNamed, isCalled } from "../scenario/index.ts";

export type Subject =
  | {
      kind:
        | "location"
        | "service"
        | "operation"
        | "pool"
        | "gate"
        | "yard"
        | "cargo"
        | "rule"
        | "corridor"
        | "customs"
        | "factor"
        | "source";
      index: number;
    }
  /** Address of a figure: `figures/x` or `services/y/stops/z/hours`. */
  | { kind: "figure"; address: string };

type MemberKind = Exclude<Subject["kind"], "figure">;

interface Entry {
  id: string;
  name: Text;
  aliases?: string[] | undefined;
  subject: Subject;
}

/** Lists of the network's data by what their members are. */
export const listNames = {
  location: "locations",
  service: "services",
  operation: "operations",
  pool: "pools",
  gate: "gates",
  yard: "yards",
  cargo: "cargos",
  rule: "rules",
  corridor: "corridors",
  customs: "customs",
  factor: "factors",
  source: "sources",
} as const satisfies Record<MemberKind, keyof NetworkData>;

function entries(data: NetworkData): Entry[] {
  const list = <T extends { id: string }>(
    members: readonly T[],
    kind: MemberKind,
    name: (member: T) => Text,
    aliases?: (member: T) => string[] | undefined,
  ): Entry[] => members.map((m, index) => ({ id: m.id, name: name(m), aliases: aliases?.(m), subject: { kind, index } }));
  return [
    ...list(
      data.locations,
      "location",
      (m) => m.name,
      (m) => m.aliases,
    ),
    ...list(
      data.cargos,
      "cargo",
      (m) => m.name,
      (m) => m.aliases,
    ),
    ...list(data.services, "service", (m) => m.name ?? m.id),
    ...list(data.operations, "operation", (m) => m.name ?? m.id),
    ...list(data.pools, "pool", (m) => m.name),
    ...list(data.gates, "gate", (m) => m.name),
    ...list(data.yards, "yard", (m) => m.name ?? m.id),
    ...list(data.rules, "rule", (m) => m.title),
    ...list(data.corridors, "corridor", (m) => m.name),
    ...list(data.customs, "customs", (m) => m.name),
    ...list(data.factors, "factor", (m) => m.name),
    ...Object.keys(data.figures).map((id): Entry => ({ id, name: id, subject: { kind: "figure", address: `figures/${id}` } })),
    ...list(data.sources, "source", (m) => m.id),
  ];
}

const addressOf = ({ id, subject }: Entry): string => `${subject.kind === "figure" ? "figures" : listNames[subject.kind]}/${id}`;

/**
 * What a word means: an id, an address such as `figures/x` or `services/y`, a Chinese or English name or alias. Otherwise the problem names the nearest. `also`: addresses
 * of what else has the word for an id.
 */
export function findSubject(
  data: NetworkData,
  word: string,
  isFigure: (address: string) => boolean,
): { subject?: Subject; also?: string[]; problem?: Problem } {
  const all = entries(data);
  const wanted = word.trim();
  if (isFigure(wanted)) return { subject: { kind: "figure", address: wanted } };
  const slash = wanted.indexOf("/");
  if (slash > 0) {
    const [list, id] = [wanted.slice(0, slash), wanted.slice(slash + 1)];
    const owner = all.find((e) => e.id === id && (e.subject.kind === "figure" ? list === "figures" : listNames[e.subject.kind] === list));
    if (owner !== undefined) return { subject: owner.subject };
    // A longer path such as `services/x/departures`: explain what it belongs to.
    const outer = all.find((e) => e.subject.kind !== "figure" && listNames[e.subject.kind] === list && id.startsWith(`${e.id}/`));
    if (outer !== undefined) return { subject: outer.subject };
  }
  // People mostly ask for places: one that has this very name comes before whatever has it for an id, and one that has it as a part of its name before what is left.
  const places = all.filter((e) => e.subject.kind === "location" || e.subject.kind === "cargo");
  const called = places.filter((e) => isCalled(e, wanted));
  const sameId = all.filter((e) => e.id.toLowerCase() === wanted.toLowerCase());
  const exact = called.length === 1 ? called[0] : sameId[0];
  if (exact !== undefined) {
    const also = sameId.filter((e) => e !== exact).map(addressOf);
    return { subject: exact.subject, ...(also.length === 0 ? {} : { also }) };
  }
  const place = findNamed(places, wanted, "", { zh: "地点或货物", en: "place or cargo" });
  if (place.index >= 0) return { subject: places[place.index]!.subject };
  const found = findNamed(all, wanted.includes("/") ? wanted.slice(wanted.lastIndexOf("/") + 1) : wanted, "", { zh: "条目", en: "item" });
  if (found.index >= 0) return { subject: all[found.index]!.subject };
  return found.problem === undefined ? {} : { problem: found.problem };
}
