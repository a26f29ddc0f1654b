import type { NetworkPart, Scenario } from "../../src/model/index.ts";

/** A plant, a port, a border and a market: by truck, by truck and ship, by rail. Runs take milliseconds. */
export const twoWays: NetworkPart = {
  locations: [
    { id: "works", name: "Works", kind: "plant", country: "CN" },
    { id: "port", name: "Port", kind: "port", country: "CN" },
    { id: "dealer", name: "Dealer", kind: "market", country: "KZ" },
  ],
  cargos: [{ id: "car", name: "Car", kind: "sedan", powertrain: "ice", valueCny: 100_000, massT: 1.5, volumeM3: 12 }],
  finance: { capitalPercentPerYear: 4 },
  // What the lever `credit-terms` cites.
  sources: [
    { id: "wc-rate", title: "rate of working capital" },
    { id: "lpr1y-2026-01", title: "loan prime rate" },
  ],
  figures: { "ship-rate": 2600, "truck-rate": { value: 5200, low: 5000, high: 6000, basis: "assumed", note: "a quotation" } },
  services: [
    {
      id: "truck-to-port",
      mode: "road",
      form: "wheels",
      stops: [{ at: "works" }, { at: "port", hours: 6, co2eKgPerVehicle: 12.5 }],
      charges: [{ perVehicle: 180 }],
    },
    {
      id: "ship",
      mode: "sea",
      form: "wheels",
      departures: { weekly: ["fri"], time: "12:00" },
      stops: [
        { at: "port", cutoffHours: 24 },
        { at: "dealer", hours: 240, co2eKgPerVehicle: 90 },
      ],
      charges: [{ perVehicle: { use: "ship-rate" } }],
    },
    {
      id: "train",
      mode: "rail",
      form: "wheels",
      departures: { weekly: ["mon", "thu"], time: "08:00" },
      stops: [{ at: "works" }, { at: "dealer", hours: 150, co2eKgPerVehicle: 140 }],
      charges: [{ perShipment: 20_000 }, { perVehicle: 1900 }],
    },
    {
      id: "truck",
      mode: "road",
      form: "wheels",
      stops: [{ at: "works" }, { at: "dealer", hours: 96, co2eKgPerVehicle: 410 }],
      charges: [{ perVehicle: { use: "truck-rate" } }],
    },
  ],
};

/** Two shipments on it. */
export const twoWaysScenario: Scenario = {
  id: "two-ways",
  network: twoWays,
  shipments: [
    { id: "small", cargo: "car", quantity: 10, from: "works", to: "dealer", ready: "2027-03-02" },
    { id: "large", cargo: "car", quantity: 200, from: "works", to: "dealer", ready: "2027-03-04", due: "2027-04-01" },
  ],
};
