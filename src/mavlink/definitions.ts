import { REGISTRY as ARDUPILOTMEGA } from "mavlink-mappings/dist/lib/ardupilotmega.js";
import { REGISTRY as ASLUAV } from "mavlink-mappings/dist/lib/asluav.js";
import { REGISTRY as COMMON } from "mavlink-mappings/dist/lib/common.js";
import { REGISTRY as DEVELOPMENT } from "mavlink-mappings/dist/lib/development.js";
import { REGISTRY as ICAROUS } from "mavlink-mappings/dist/lib/icarous.js";
import { REGISTRY as MINIMAL } from "mavlink-mappings/dist/lib/minimal.js";
import { REGISTRY as STANDARD } from "mavlink-mappings/dist/lib/standard.js";
import { REGISTRY as STORM32 } from "mavlink-mappings/dist/lib/storm32.js";
import { REGISTRY as UALBERTA } from "mavlink-mappings/dist/lib/ualberta.js";
import { REGISTRY as UAVIONIX } from "mavlink-mappings/dist/lib/uavionix.js";

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
  /** Elements of an array; 0 for a single value. */
  readonly arrayLength: number;
  readonly isExtension: boolean;
};

export type MessageDefinition = {
  readonly id: number;
  readonly name: string;
  readonly crcExtra: number;
  /** Payload bytes with and without extension fields; MAVLink 1 carries the latter. */
  readonly fullLength: number;
  readonly baseLength: number;
  /** In the order of the dialect's file: wire order is by offset. */
  readonly fields: readonly FieldDefinition[];
};

const SCALAR_BYTES: Readonly<Record<ScalarType, number>> = {
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

type Mapping = (typeof COMMON)[number];
type MappingField = Mapping["FIELDS"][number];

function scalarType(mappingType: string): ScalarType {
  const bare = mappingType.replace("[]", "").replace("uint8_t_mavlink_version", "uint8_t");
  if (bare in SCALAR_BYTES) return bare as ScalarType;
  throw new Error(`Invariant: mavlink-mappings has a field type ${mappingType}`);
}

const fieldFrom = (field: MappingField): FieldDefinition => ({
  name: field.source,
  type: scalarType(field.type),
  offset: field.offset,
  arrayLength: field.length,
  isExtension: field.extension,
});

const endOf = (field: FieldDefinition): number =>
  field.offset + SCALAR_BYTES[field.type] * Math.max(1, field.arrayLength);

function definitionFrom(mapping: Mapping): MessageDefinition {
  const fields = mapping.FIELDS.map(fieldFrom);
  const baseFields = fields.filter((field) => !field.isExtension);
  return {
    id: mapping.MSG_ID,
    name: mapping.MSG_NAME,
    crcExtra: mapping.MAGIC_NUMBER,
    fullLength: Math.max(0, ...fields.map(endOf)),
    baseLength: Math.max(0, ...baseFields.map(endOf)),
    fields,
  };
}

// Every dialect the package has, so that whatever flies past is known. Ids are unique across them (checked by a test).
export const REGISTRIES = [
  MINIMAL,
  COMMON,
  STANDARD,
  ARDUPILOTMEGA,
  UAVIONIX,
  ICAROUS,
  ASLUAV,
  DEVELOPMENT,
  UALBERTA,
  STORM32,
];

const byId = new Map<number, MessageDefinition>();
const byName = new Map<string, MessageDefinition>();
for (const mapping of REGISTRIES.flatMap((registry) => Object.values(registry))) {
  const definition = definitionFrom(mapping);
  byId.set(definition.id, definition);
  byName.set(definition.name, definition);
}

/** The definition of a message id; undefined when no dialect has it. */
export const definitionOfId = (id: number): MessageDefinition | undefined => byId.get(id);
export const definitionOfName = (name: string): MessageDefinition | undefined => byName.get(name);
