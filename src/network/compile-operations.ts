import { type CostLine, type Operation, forms, modes, operationKinds } from "../model/index.ts";
import type { NetworkData } from "./assemble.ts";
import type { Books } from "./books.ts";
import type { Places } from "./compile-locations.ts";
import { type Network, type OperationTerms, handlingKey } from "./network.ts";
import { validDays } from "./timetable.ts";

/** The hub operations that are in force, and where each kind of them is found. */
export function compileOperations(
  data: NetworkData,
  { locationIds, locationIndex }: Places,
  books: Books,
): Pick<Network, "operations" | "operationsAt" | "handling" | "implicit"> {
  const operations = data.operations.filter((o) => o.enabled !== false).map((operation) => operationTerms(operation, books));
  const operationsAt: Network["operationsAt"] = Array.from({ length: locationIds.length }, () => undefined);
  const handling: Network["handling"] = new Map();
  operations.forEach(({ operation }, o) => {
    for (const id of operation.at) {
      const place = locationIndex.get(id);
      if (place === undefined) continue;
      if (operation.kind !== "load" && operation.kind !== "unload") {
        (operationsAt[place] ??= []).push(o);
        continue;
      }
      for (const key of handlingKeys(place, operation.kind, operation)) {
        const known = handling.get(key);
        if (known === undefined) handling.set(key, [o]);
        else known.push(o);
      }
    }
  });
  const modelled = new Set(data.operations.map((o) => o.kind));
  return { operations, operationsAt, handling, implicit: new Set(operationKinds.filter((kind) => !modelled.has(kind))) };
}

function operationTerms(operation: Operation, { figures, charges }: Books): OperationTerms {
  const owner = `operations/${operation.id}`;
  const days = validDays(operation.valid);
  return {
    operation,
    kind: operationKinds.indexOf(operation.kind),
    group: charges.add(operation.charges, owner, costLineOf(operation.kind)),
    hours: figures.add(operation.hours, owner, "hours"),
    dwellHours: figures.add(operation.dwellHours, owner, "dwellHours"),
    co2eKg: figures.add(operation.co2eKgPerVehicle, owner, "co2eKgPerVehicle"),
    from: days.from,
    until: days.until,
  };
}

/** The line that an operation's charges go to, unless they name another. */
function costLineOf(kind: Operation["kind"]): CostLine {
  if (kind === "stuff") return "stuffing";
  if (kind === "unstuff") return "import-handling";
  return kind.endsWith("clearance") ? "clearance" : "handling";
}

/** Keys of all modes and forms that a load or unload operation serves at a place; one for containers serves whatever comes in a box. */
function handlingKeys(place: number, kind: "load" | "unload", { mode, form }: Operation): number[] {
  const served = form === "container" ? (["container", "container-bare", "kit"] as const) : form === undefined ? forms : [form];
  return (mode === undefined ? modes : [mode]).flatMap((m) =>
    served.map((f) => handlingKey(place, kind, modes.indexOf(m), forms.indexOf(f))),
  );
}
