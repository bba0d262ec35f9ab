import type { NamedValue, ParamFailure, ParamMetadata, ParamType } from "../../../vehicle/params.js";

const RANGES: Readonly<Record<ParamType, readonly [min: number, max: number]>> = {
  uint8: [0, 255],
  int8: [-128, 127],
  uint16: [0, 65_535],
  int16: [-32_768, 32_767],
  uint32: [0, 4_294_967_295],
  int32: [-2_147_483_648, 2_147_483_647],
  real32: [-3.4028234663852886e38, 3.4028234663852886e38],
};

/**
 * Why a value is not sent: it does not fit its type (it would wrap), or is outside the range in `metadata`. Without
 * metadata no range applies; a person may force a value past it.
 */
export function denialReasonOf(
  { name, value }: NamedValue,
  type: ParamType | undefined,
  metadata: ParamMetadata | undefined,
): ParamFailure | undefined {
  const [typeMin, typeMax] = RANGES[type ?? "real32"];
  if (!(value >= typeMin && value <= typeMax)) return { kind: "out-of-range", name, min: typeMin, max: typeMax };
  const { min, max } = metadata ?? {};
  // The metadata's range may have fewer digits than a 32-bit float.
  const slack = Math.abs(value) * 1e-6;
  const isBelow = min !== undefined && value < min - slack;
  const isAbove = max !== undefined && value > max + slack;
  // A named choice is allowed even outside the range (PX4's -1 for "off").
  const isChoice = metadata?.choices.some((choice) => choice.value === value) ?? false;
  return (isBelow || isAbove) && !isChoice ? { kind: "out-of-range", name, min, max } : undefined;
}
