import { type Location, forms } from "../model/index.ts";
import type { NetworkData } from "./assemble.ts";
import type { Books } from "./books.ts";
import type { ChargeGroup } from "./charges.ts";
import type { Network, StorageTerms } from "./network.ts";
import { type PassageTerms, passageTerms } from "./timetable.ts";

/** The locations and their customs territories as indices. */
export type Places = Pick<Network, "locationIds" | "locationIndex" | "country" | "territory" | "territoryNames" | "zone">;

export function indexLocations({ locations, customs }: NetworkData): Places {
  const locationIds = locations.map((l) => l.id);
  const country = locations.map((l) => l.country ?? "");
  const areaOf = new Map<string, string>();
  for (const area of customs) for (const code of area.countries) areaOf.set(code, area.id);
  const territoryNames: string[] = [];
  const territoryIndex = new Map<string, number>();
  const territory = Int32Array.from(country, (code) => {
    const name = areaOf.get(code) ?? code;
    let index = territoryIndex.get(name);
    if (index === undefined) {
      territoryIndex.set(name, (index = territoryNames.length));
      territoryNames.push(name);
    }
    return index;
  });
  return {
    locationIds,
    locationIndex: new Map(locationIds.map((id, i) => [id, i])),
    country,
    territory,
    territoryNames,
    zone: locations.map((l) => l.timeZone ?? "UTC"),
  };
}

/** A passage of a location, as the services that pass it need it. */
export interface LocationPassage {
  terms: PassageTerms;
  group: ChargeGroup;
}

/** Passages of every location, by their names there; undefined where it has none. */
export type Passages = (Map<string, LocationPassage> | undefined)[];

/** Passages and storage, which stand together at a location. */
export function compileLocations({ locations }: NetworkData, books: Books): { passages: Passages } & Pick<Network, "storage"> {
  const passages: Passages = [];
  const storage: Network["storage"] = [];
  for (const location of locations) {
    passages.push(compilePassages(location, books));
    storage.push(compileStorage(location, books));
  }
  return { passages, storage };
}

function compilePassages({ id, timeZone, passages }: Location, books: Books): Map<string, LocationPassage> | undefined {
  if (passages === undefined) return undefined;
  const byName = new Map<string, LocationPassage>();
  for (const [name, passage] of Object.entries(passages)) {
    const owner = `locations/${id}/passages/${name}`;
    byName.set(name, {
      terms: passageTerms(passage, timeZone ?? "UTC", books.figures, owner),
      group: books.charges.add(passage.charges, owner, "border"),
    });
  }
  return byName;
}

function compileStorage({ id, storage }: Location, { figures, currencies }: Books): Map<number, StorageTerms> | undefined {
  if (storage === undefined) return undefined;
  const byForm = new Map<number, StorageTerms>();
  for (const [form, terms] of Object.entries(storage)) {
    if (terms === undefined) continue;
    const owner = `locations/${id}/storage/${form}`;
    const perContainer = terms.perContainerDay !== undefined;
    byForm.set(forms.indexOf(form as (typeof forms)[number]), {
      freeDays: figures.add(terms.freeDays, owner, "freeDays"),
      rate: perContainer
        ? figures.add(terms.perContainerDay, owner, "perContainerDay")
        : figures.add(terms.perVehicleDay, owner, "perVehicleDay"),
      perContainer,
      currency: terms.currency === undefined ? -1 : (currencies.get(terms.currency) ?? -1),
    });
  }
  return byForm;
}
