/** Formats and parses parameter values. Pure. */
import type { Param, ParamType } from "../../../src/vehicle/params.js";

type Bounds = readonly [min: number, max: number];
const WHOLE_BOUNDS: Readonly<Record<Exclude<ParamType, "real32">, Bounds>> = {
  uint8: [0, 255],
  int8: [-128, 127],
  uint16: [0, 65_535],
  int16: [-32_768, 32_767],
  uint32: [0, 4_294_967_295],
  int32: [-2_147_483_648, 2_147_483_647],
};

/** The wire carries 32-bit floats: two values that make the same float are the same. */
export const isSameValue = (a: number, b: number): boolean => Math.fround(a) === Math.fround(b);

/** The shortest number that makes the same 32-bit float: 0.1, not 0.10000000149. */
function numberOf(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const float = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const text = float.toPrecision(digits);
    if (Math.fround(Number(text)) === float) return String(Number(text));
  }
  return String(float);
}

export const numberText = (value: number, mark: "." | ","): string => numberOf(value).replace(".", mark);

/** A typed value, with point or comma, exponents allowed; undefined for anything else. */
export function readValue(text: string): number | undefined {
  const plain = text.trim().replace(",", ".").replace("−", "-");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(Math.fround(value)) ? value : undefined;
}

type ValueProblem =
  | { readonly kind: "whole" }
  | { readonly kind: "type"; readonly type: ParamType; readonly min: number; readonly max: number }
  /** Outside the metadata's range; the user may force it. */
  | { readonly kind: "range"; readonly min: number | undefined; readonly max: number | undefined };

export function valueProblem({ type, metadata }: Param, value: number): ValueProblem | undefined {
  if (type !== "real32") {
    if (!Number.isInteger(value)) return { kind: "whole" };
    const [min, max] = WHOLE_BOUNDS[type];
    if (value < min || value > max) return { kind: "type", type, min, max };
  }
  const { min, max } = metadata ?? { min: undefined, max: undefined };
  const isOutside = (min !== undefined && value < min) || (max !== undefined && value > max);
  return isOutside ? { kind: "range", min, max } : undefined;
}

const TWO_32 = 2 ** 32;
const unsigned = (value: number): number => (value < 0 ? value + TWO_32 : value);

export const isBitSet = (value: number, bit: number): boolean => Math.floor(unsigned(value) / 2 ** bit) % 2 === 1;

/** The value with one bit inverted; all other bits stay. */
export function withBit(value: number, bit: number, type: ParamType): number {
  const turned = unsigned(value) + (isBitSet(value, bit) ? -1 : 1) * 2 ** bit;
  return type === "int32" && turned > WHOLE_BOUNDS.int32[1] ? turned - TWO_32 : turned;
}

/** The label of the value, for enumerations. */
export const choiceOf = ({ metadata }: Param, value: number): string | undefined =>
  metadata?.choices.find((choice) => isSameValue(choice.value, value))?.label;

export const isChanged = ({ value, metadata }: Param): boolean =>
  metadata?.defaultValue !== undefined && !isSameValue(value, metadata.defaultValue);
