import type { VNode } from "preact";
import type { Rule } from "../../../src/model/index.ts";
import { formWords, modeWords } from "../../../src/report/index.ts";
import { Charges, Facts, FigureAt, MemberLink, Section, cargoInWords, validityInWords } from "./facts.tsx";
import { useData } from "./use-data.ts";

/** What a rule says: for which cargo, mode and form, when, and what it forbids or costs. */
export function RuleFacts({ rule }: { rule: Rule }): VNode | null {
  const page = useData();
  const { w, language } = page;
  const { facts } = w.network;
  const own = `rules/${rule.id}`;
  const conditions = [
    cargoInWords(rule.cargo, page),
    (rule.modes ?? []).map((mode) => modeWords[mode][language]).join(w.listComma),
    (rule.forms ?? []).map((form) => formWords[form][language]).join(w.listComma),
    validityInWords(rule.valid, page),
  ].filter((text) => text !== "");
  return (
    <Facts
      items={[
        [facts.for, conditions.join(page.m.dot)],
        [facts.addHours, rule.addHours && <FigureAt figure={rule.addHours} own={`${own}/addHours`} />],
        [facts.charge, rule.charges && <Charges charges={rule.charges} owner={own} />],
      ]}
    />
  );
}

export function RuleList({ rules }: { rules: readonly Rule[] }): VNode {
  const { w, t } = useData();
  return (
    <Section title={w.network.sections.rules}>
      <ul class="plain rule-list">
        {rules.map((rule) => (
          <li key={rule.id}>
            {rule.forbid === true && <strong class="forbid">{w.network.facts.forbid}</strong>}
            <MemberLink member={`rules/${rule.id}`} text={t(rule.title)} />
            {rule.enabled === false && <small class="quiet"> {w.network.notRunning}</small>}
            <RuleFacts rule={rule} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
