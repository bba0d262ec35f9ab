import { type Field, fieldSize, type MessageDefinition, parseBasicFieldValue } from "@foxglove/ulog";

type PlacedField = { readonly field: Field; readonly offset: number };

/** Offsets of a topic's fields. Nested messages only count by their size; no topic that this station reads has any. */
export type TopicLayout = {
  readonly name: string;
  readonly fields: ReadonlyMap<string, PlacedField>;
  /** Minimum bytes of a record; padding at the end may be missing in the file. */
  readonly leastBytes: number;
  readonly mostBytes: number;
  readonly timeOffset: number;
};

/** Computed once for each definition: a log may subscribe to one topic thousands of times. */
const layouts = new WeakMap<MessageDefinition, { readonly layout: TopicLayout | undefined }>();

/** Undefined when the definition uses a type that the log does not define, or has no timestamp. */
export function topicLayoutFrom(
  definition: MessageDefinition,
  definitions: Map<string, MessageDefinition>,
): TopicLayout | undefined {
  const known = layouts.get(definition);
  if (known) return known.layout;
  const layout = makeLayout(definition, definitions);
  layouts.set(definition, { layout });
  return layout;
}

function makeLayout(
  definition: MessageDefinition,
  definitions: Map<string, MessageDefinition>,
): TopicLayout | undefined {
  const fields = new Map<string, PlacedField>();
  let offset = 0;
  let leastBytes = 0;
  for (const field of definition.fields) {
    const bytes = bytesOf(field, definitions);
    if (bytes === undefined) return undefined;
    const isPadding = field.name.startsWith("_");
    if (!isPadding && !field.isComplex) fields.set(field.name, { field, offset });
    offset += bytes;
    if (!isPadding) leastBytes = offset;
  }
  const time = fields.get("timestamp");
  if (time?.field.type !== "uint64_t") return undefined;
  return { name: definition.name, fields, leastBytes, mostBytes: offset, timeOffset: time.offset };
}

function bytesOf(field: Field, definitions: Map<string, MessageDefinition>): number | undefined {
  try {
    const bytes = fieldSize(field, definitions) * (field.arrayLength ?? 1);
    return Number.isFinite(bytes) ? bytes : undefined;
  } catch {
    return undefined; // a type without a definition, or one that contains itself
  }
}

/** A record of a topic; fields are decoded on request. Which fields exist depends on PX4's version. */
export class TopicReader {
  readonly #view: DataView;
  readonly #at: number;
  readonly layout: TopicLayout;

  constructor(view: DataView, at: number, layout: TopicLayout) {
    this.#view = view;
    this.#at = at;
    this.layout = layout;
  }

  get name(): string {
    return this.layout.name;
  }

  get sinceBootUs(): number {
    return numberAt(this.#view, this.#at + this.layout.timeOffset);
  }

  has(name: string): boolean {
    return this.layout.fields.has(name);
  }

  /** A finite number; undefined when the field is missing, or holds NaN (PX4's "unknown"). */
  number(name: string): number | undefined {
    const value = this.#value(name);
    const number = typeof value === "bigint" || typeof value === "boolean" ? Number(value) : value;
    return typeof number === "number" && Number.isFinite(number) ? number : undefined;
  }

  /** The value of the first of these field names that this version has. */
  firstOf(...names: readonly string[]): number | undefined {
    return names.map((name) => this.number(name)).find((value) => value !== undefined);
  }

  numbers(name: string): readonly number[] {
    const value = this.#value(name);
    return Array.isArray(value) ? value.filter((one) => typeof one === "number") : [];
  }

  #value(name: string): unknown {
    const placed = this.layout.fields.get(name);
    return placed && parseBasicFieldValue(placed.field, this.#view, this.#at + placed.offset);
  }
}

/** A 64-bit count of microseconds: exact as a number for 285 years. */
export const numberAt = (view: DataView, at: number): number =>
  view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
