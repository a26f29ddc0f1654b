import type { Figure } from "../../src/model/index.ts";

/** Where a figure is to be found: in the shared ones, or where it stands. */
export const figureAddressOf = (figure: Figure, own: string): string =>
  typeof figure === "object" && "use" in figure ? `figures/${figure.use}` : own;
