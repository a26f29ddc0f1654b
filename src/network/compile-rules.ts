import type { NetworkData } from "./assemble.ts";
import type { Books } from "./books.ts";
import type { Network, RuleTerms } from "./network.ts";
import { dataId } from "./normalise.ts";
import { validDays } from "./timetable.ts";

export function compileRules(data: NetworkData, { figures, charges }: Books): RuleTerms[] {
  return data.rules
    .filter((r) => r.enabled !== false)
    .map((rule): RuleTerms => {
      const days = validDays(rule.valid);
      return {
        rule,
        group: charges.add(rule.charges, `rules/${rule.id}`, "handling"),
        addHours: figures.add(rule.addHours, `rules/${rule.id}`, "addHours"),
        from: days.from,
        until: days.until,
      };
    });
}

/** Which rules may act on which leg; cargo, form and date are looked at for each shipment. */
export function matchRules(
  rules: readonly RuleTerms[],
  network: Pick<Network, "services" | "locationIds" | "country" | "legService" | "legFrom" | "legTo" | "legTail">,
): Network["legRules"] {
  const found: Network["legRules"] = Array.from({ length: network.legService.length }, () => undefined);
  const ids = network.services.map((service) => dataId(service.id));
  rules.forEach(({ rule }, index) => {
    const { passing } = rule;
    const services = network.services.map(
      (service, s) => (rule.modes?.includes(service.mode) ?? true) && (rule.services?.includes(ids[s]!) ?? true),
    );
    const tails = network.locationIds.map(
      (id, i) => (rule.at?.includes(id) ?? true) && (rule.countries?.includes(network.country[i]!) ?? true),
    );
    for (let leg = 0; leg < found.length; leg++) {
      const service = network.legService[leg]!;
      if (!services[service]! || !tails[network.legTail[leg]!]!) continue;
      if (passing !== undefined) {
        const passed = network.services[service]!.stops.slice(network.legFrom[leg]! + 1, network.legTo[leg]!);
        if (!passed.some((stop) => passing.includes(stop.at))) continue;
      }
      (found[leg] ??= []).push(index);
    }
  });
  return found;
}
