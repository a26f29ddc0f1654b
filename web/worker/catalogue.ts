import type { Cargo, Location, Text } from "../../src/model/index.ts";
import type { NetworkData } from "../../src/network/index.ts";

/** A location as the form and the map need it. */
export interface Place {
  id: string;
  name: Text;
  aliases: string[];
  kind: Location["kind"];
  country: string;
  /** [longitude, latitude]; absent where the network does not know it. */
  at?: [number, number];
}

export interface CargoEntry {
  id: string;
  name: Text;
  aliases: string[];
  example?: Text;
  kind: Cargo["kind"];
  powertrain: Cargo["powertrain"];
  /** Length, width, height. */
  sizeM?: [number, number, number];
  valueCny?: number;
  massT?: number;
  volumeM3?: number;
}

/** Names and positions of the network: what the page shows beside an answer. */
export interface Catalogue {
  places: Place[];
  cargos: CargoEntry[];
  corridors: { id: string; name: Text }[];
  rules: { id: string; title: Text }[];
}

const valueOf = (figure: unknown): number | undefined => {
  if (typeof figure === "number") return figure;
  const value = figure !== null && typeof figure === "object" && "value" in figure ? figure.value : undefined;
  return typeof value === "number" ? value : undefined;
};

/** Only whole: a length without a height is no size. */
function sizeOf({ lengthM, widthM, heightM }: Cargo): [number, number, number] | undefined {
  const [length, width, height] = [valueOf(lengthM), valueOf(widthM), valueOf(heightM)];
  return length === undefined || width === undefined || height === undefined ? undefined : [length, width, height];
}

const when = <K extends string, V>(key: K, value: V | undefined) => (value === undefined ? {} : ({ [key]: value } as Record<K, V>));

export function catalogueOf(data: NetworkData): Catalogue {
  return {
    places: data.locations.map((l) => ({
      id: l.id,
      name: l.name,
      aliases: l.aliases ?? [],
      kind: l.kind,
      country: l.country ?? "",
      ...(l.lon === undefined || l.lat === undefined ? {} : { at: [l.lon, l.lat] as [number, number] }),
    })),
    cargos: data.cargos.map((c) => ({
      id: c.id,
      name: c.name,
      aliases: c.aliases ?? [],
      ...when("example", c.example),
      kind: c.kind,
      powertrain: c.powertrain,
      ...when("sizeM", sizeOf(c)),
      ...when("valueCny", valueOf(c.valueCny)),
      ...when("massT", valueOf(c.massT)),
      ...when("volumeM3", valueOf(c.volumeM3)),
    })),
    corridors: data.corridors.map((c) => ({ id: c.id, name: c.name })),
    rules: data.rules.map((r) => ({ id: r.id, title: r.title })),
  };
}
