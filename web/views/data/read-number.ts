/** A number as typed: with a comma or spaces between thousands, full-width digits, a real minus; undefined where it is none. */
export function readNumber(text: string): number | undefined {
  const plain = text
    .normalize("NFKC")
    .replaceAll(/[\s,，]/g, "")
    .replace("−", "-");
  return /^-?(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(plain) && Number.isFinite(Number(plain)) ? Number(plain) : undefined;
}
