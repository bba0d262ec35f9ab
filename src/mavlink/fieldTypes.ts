/** The fields and lengths of a message, whether the package or this program defines it. */
export type ScalarType =
  | "char"
  | "int8_t"
  | "uint8_t"
  | "int16_t"
  | "uint16_t"
  | "int32_t"
  | "uint32_t"
  | "int64_t"
  | "uint64_t"
  | "float"
  | "double";

export type FieldDefinition = {
  /** MAVLink's own name (snake_case). */
  readonly name: string;
  readonly type: ScalarType;
  readonly offset: number;
  /** Number of elements of an array; 0 for a single value. */
  readonly arrayLength: number;
  readonly isExtension: boolean;
};

export type MessageDefinition = {
  readonly id: number;
  readonly name: string;
  readonly crcExtra: number;
  /**
   * Payload bytes with extension fields (without them: `baseLength`). pymavlink sends extension fields in MAVLink 1
   * frames too.
   */
  readonly fullLength: number;
  readonly baseLength: number;
  /** In the order of the dialect's XML file; wire order is by offset. */
  readonly fields: readonly FieldDefinition[];
};

export const SCALAR_BYTES: Readonly<Record<ScalarType, number>> = {
  char: 1,
  int8_t: 1,
  uint8_t: 1,
  int16_t: 2,
  uint16_t: 2,
  int32_t: 4,
  uint32_t: 4,
  int64_t: 8,
  uint64_t: 8,
  float: 4,
  double: 8,
};

/**
 * The plain type of a field: without the array length or the marker of MAVLink's version field that a definition adds.
 */
export function scalarType(mappingType: string): ScalarType {
  const bare = mappingType.replace("[]", "").replace("uint8_t_mavlink_version", "uint8_t");
  if (bare in SCALAR_BYTES) return bare as ScalarType;
  throw new Error(`Invariant: no field has the type ${mappingType}`);
}
