import { spawn } from "node:child_process";
import { builtCli } from "./built.ts";

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

const plain: NodeJS.ProcessEnv = { PATH: process.env["PATH"], HOME: process.env["HOME"], LANG: "C.UTF-8" };

/** Runs the built command line as a child process. */
export async function yuche(
  args: readonly string[],
  more: { input?: string | Buffer; env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<Ran> {
  const cli = await builtCli();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], {
      env: { ...plain, ...more.env },
      ...(more.cwd === undefined ? {} : { cwd: more.cwd }),
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({
        code,
        out: Buffer.concat(out).toString("utf8"),
        err: Buffer.concat(err).toString("utf8"),
      }),
    );
    child.stdin.on("error", () => undefined);
    child.stdin.end(more.input ?? "");
  });
}

/** A whole network of two places and one line, for runs that take milliseconds. */
export const smallNetwork = {
  locations: [
    { id: "PLANT", name: { zh: "工厂", en: "Plant" }, kind: "plant", country: "CN" },
    { id: "MARKET", name: { zh: "市场", en: "Market" }, kind: "market", country: "KZ" },
  ],
  services: [
    {
      id: "line",
      mode: "rail",
      form: "wheels",
      stops: [{ at: "PLANT" }, { at: "MARKET", hours: 100, distanceKm: 3000 }],
      departures: { weekly: ["mon", "thu"] },
      charges: [{ perVehicle: 5000 }],
    },
  ],
  cargos: [{ id: "car", name: "Car", kind: "sedan", powertrain: "ice", valueCny: 100000 }],
};

export function smallScenario(id: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    network: smallNetwork,
    shipments: [{ cargo: "car", quantity: 10, from: "Plant", to: "MARKET", ready: "2027-03-02", due: "2027-04-01" }],
    ...more,
  };
}

export const escape = String.fromCharCode(27);
