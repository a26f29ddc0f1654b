import { networkPart } from "../../src/model/index.ts";
import type { Case } from "./random-network.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Every value with one member, key or size taken away; the largest parts first. */
function* smaller(value: Json): Generator<Json> {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) yield value.filter((_, k) => k !== i);
    for (let i = 0; i < value.length; i++) for (const less of smaller(value[i]!)) yield value.map((v, k) => (k === i ? less : v));
  } else if (value !== null && typeof value === "object") {
    for (const key of Object.keys(value)) {
      const { [key]: _, ...rest } = value;
      yield rest;
    }
    for (const [key, inner] of Object.entries(value)) for (const less of smaller(inner)) yield { ...value, [key]: less };
  }
}

/**
 * The smallest network that still fails, by taking members and keys away one by one for as long as `fails` says so.
 * Greedy; what breaks the schema or the test itself does not count as failing.
 */
export function shrink(start: Case, fails: (one: Case) => boolean, attempts = 20_000): Case {
  let best = start;
  let left = attempts;
  const stillFails = (one: Case) => {
    left--;
    if (!networkPart.safeParse(one.part).success) return false;
    try {
      return fails(one);
    } catch {
      return false;
    }
  };
  for (let better = true; better && left > 0;) {
    better = false;
    for (const part of smaller(best.part as Json)) {
      if (left <= 0) break;
      const candidate: Case = { ...best, part: part as Case["part"] };
      if (stillFails(candidate)) {
        best = candidate;
        better = true;
        break;
      }
    }
  }
  return best;
}
