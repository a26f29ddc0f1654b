import type { Cargo, CustomsArea, Finance } from "../model/index.ts";
import type { Books } from "./books.ts";
import type { FigureBook } from "./figures.ts";
import type { CargoTerms, DutyTerms, FinanceTerms } from "./network.ts";
import { validDays } from "./timetable.ts";

export function financeTerms(finance: Finance, figures: FigureBook): FinanceTerms {
  return {
    capital: figures.add(finance.capitalPercentPerYear, "finance", "capitalPercentPerYear"),
    cargoInsurance: figures.add(finance.cargoInsurancePercent, "finance", "cargoInsurancePercent"),
    insured: figures.add(finance.insuredPercent, "finance", "insuredPercent"),
    creditInsurance: figures.add(finance.creditInsurancePercent, "finance", "creditInsurancePercent"),
    hedgeShare: figures.add(finance.hedgeSharePercent, "finance", "hedgeSharePercent"),
    hedgeCost: figures.add(finance.hedgeCostPercentPerYear, "finance", "hedgeCostPercentPerYear"),
    rmbShare: figures.add(finance.rmbSharePercent, "finance", "rmbSharePercent"),
    rebate: figures.add(finance.rebatePercent, "finance", "rebatePercent"),
    rebateDays: figures.add(finance.rebateDays, "finance", "rebateDays"),
    carbon: figures.add(finance.carbonCnyPerTonne, "finance", "carbonCnyPerTonne"),
  };
}

export function cargoTerms(cargo: Cargo, figures: FigureBook): CargoTerms {
  const owner = `cargos/${cargo.id}`;
  const units = cargo.units;
  return {
    value: figures.add(cargo.valueCny, owner, "valueCny"),
    massT: figures.add(cargo.massT, owner, "massT"),
    volumeM3: figures.add(cargo.volumeM3, owner, "volumeM3"),
    ceu: figures.add(cargo.ceuModern, owner, "ceuModern"),
    container: figures.add(units?.container, `${owner}/units`, "container"),
    containerBare: figures.add(units?.containerBare, `${owner}/units`, "containerBare"),
    frame: figures.add(units?.frame, `${owner}/units`, "frame"),
    wagon: figures.add(units?.wagon, `${owner}/units`, "wagon"),
    truck: figures.add(units?.truck, `${owner}/units`, "truck"),
    kit: figures.add(units?.kit, `${owner}/units`, "kit"),
  };
}

export function dutyTerms(area: CustomsArea, { figures, charges }: Books): DutyTerms[] {
  return area.duties.map((duty): DutyTerms => {
    const owner = `customs/${area.id}/duties/${duty.id}`;
    const days = validDays(duty.valid);
    return {
      duty,
      rate: figures.add(duty.ratePercent, owner, "ratePercent"),
      group: charges.add(duty.charges, owner, duty.kind === "fee" ? "fees" : "duty"),
      from: days.from,
      until: days.until,
    };
  });
}
