import { modes, serviceForms } from "../model/index.ts";

/** Families of chains by main leg: the leg that leaves the country of origin. */
export const options = ["ro-ro", "container", "pulp", "rail-auto-rack", "rail-container", "road"] as const;
export type Option = (typeof options)[number];

const table: Record<string, Option> = {
  "sea wheels": "ro-ro",
  "river wheels": "ro-ro",
  "sea container": "container",
  "river container": "container",
  "sea frame": "pulp",
  "river frame": "pulp",
  "rail wheels": "rail-auto-rack",
  "rail container": "rail-container",
  "rail frame": "rail-container",
  "road wheels": "road",
  "road container": "road",
  "road frame": "road",
};

/** Option index of a main leg by mode and carried form. */
export function optionOf(mode: number, form: number): number {
  // Forms are numbered wheels, container, container-bare, frame, kit; a service carries only three of them.
  const carried = serviceForms[form === 0 ? 0 : form === 3 ? 2 : 1];
  return options.indexOf(table[`${modes[mode]!} ${carried}`]!);
}
