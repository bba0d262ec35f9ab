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
import { definitionBeside, MESSAGES_BESIDE } from "./definitionsBeside.js";
import { SCALAR_BYTES, scalarType, type FieldDefinition, type MessageDefinition } from "./fieldTypes.js";

export type { FieldDefinition, MessageDefinition, ScalarType } from "./fieldTypes.js";

type Mapping = (typeof COMMON)[number];
type MappingField = Mapping["FIELDS"][number];

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

// Every dialect the package has, so that any message on a link is decoded. Ids are unique across them (checked by a
// test).
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

// Where the package defines a message too, the package's definition is used.
for (const message of MESSAGES_BESIDE) {
  if (byId.has(message.id) || byName.has(message.name)) continue;
  const definition = definitionBeside(message);
  byId.set(definition.id, definition);
  byName.set(definition.name, definition);
}

/** The definition of a message id; undefined when no dialect has it. */
export const definitionOfId = (id: number): MessageDefinition | undefined => byId.get(id);
export const definitionOfName = (name: string): MessageDefinition | undefined => byName.get(name);
