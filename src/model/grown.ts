type Numbers = Int32Array | Float64Array | Int16Array | Uint8Array;

/** A copy of a typed array with room for twice as much, or for `least` if that is more. */
export function grown<T extends Numbers>(array: T, least = 0): T {
  const larger = new (array.constructor as new (length: number) => T)(Math.max(2 * array.length, least));
  larger.set(array);
  return larger;
}
