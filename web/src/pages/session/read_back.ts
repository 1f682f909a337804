// What somebody reads from a syringe or a pump, held against what was drawn up. A pump shows a tenth or a
// hundredth, so a number counts that is the wanted one rounded, or cut, to the decimals that were typed.
import { parsed } from "../../format/number";

const fine = 1_000_000; // as whole numbers of millionths, for tenths are not exact in binary

export function isReadAs(text: string, want: number): boolean {
  const read = parsed(text);
  if (read === null) return false;
  const [said, wanted] = [Math.round(read * fine), Math.round(want * fine)];
  if (said === wanted) return true;
  const decimals = /[.,](\d+)$/.exec(text.trim())?.[1]?.length ?? 0;
  if (decimals < 1 || decimals > 6) return false;
  const step = fine / 10 ** decimals;
  const cut = Math.floor(wanted / step) * step;
  return said === cut || said === Math.floor((wanted + step / 2) / step) * step;
}

// Whether two amounts are further apart than a tenth of the expected one; what rounding does is no
// difference.
export const isFarOff = (said: number, expected: number): boolean =>
  Math.abs(said - expected) > Math.abs(expected) * 0.1 + 0.05;
