/**
 * ULog, the log that PX4 writes on board. Each message has a size and a letter for its kind, but no checksum. Damage is
 * detected by size: a data message must have the size of its topic's definition.
 * https://docs.px4.io/main/en/dev_log/ulog_file_format.html
 */
import { type MessageDefinition, parseMessageDefinition } from "@foxglove/ulog";
import { PROBLEMS_MAX } from "../logWalk.js";
import { numberAt, type TopicLayout, topicLayoutFrom, TopicReader } from "./topicLayout.js";

const MAGIC = [0x55, 0x4c, 0x6f, 0x67, 0x01, 0x12, 0x35];
const FILE_HEADER_BYTES = 16;
const HEADER_BYTES = 3;
/** After damage this many valid messages in a row, or the end, are needed before the data are trusted again. */
const CHAIN = 4;

const ANY = 0xffff;
/** Minimum and maximum bytes of each kind of message, without its header. */
const SIZES: Readonly<Record<string, readonly [least: number, most: number]>> = {
  B: [40, ANY],
  F: [2, ANY],
  I: [2, ANY],
  M: [3, ANY],
  P: [2, ANY],
  Q: [3, ANY],
  A: [4, ANY],
  R: [2, 2],
  D: [2, ANY],
  L: [9, ANY],
  C: [11, ANY],
  S: [8, 8],
  O: [2, 2],
};

/**
 * PX4 writes some 200 of each. The limit matters because every definition copies the table, so that a bookmark keeps
 * the one that applied there.
 */
const DEFINITIONS_MAX = 2000;
const SUBSCRIPTIONS_MAX = 4000;
const FIELD_CHARS_MAX = 256;

export const isUlog = (bytes: Uint8Array): boolean => MAGIC.every((byte, index) => bytes[index] === byte);

type Subscription = { readonly layout: TopicLayout; readonly multiId: number };

/** The definitions and subscriptions in the log so far; replaced when there are more. */
export type KnownTopics = {
  readonly definitions: ReadonlyMap<string, MessageDefinition>;
  readonly byId: ReadonlyMap<number, Subscription>;
};
const NO_TOPICS: KnownTopics = { definitions: new Map(), byId: new Map() };

export type UlogRecord =
  | { readonly kind: "data"; readonly topic: TopicReader; readonly multiId: number }
  | { readonly kind: "text"; readonly sinceBootUs: number; readonly severity: number; readonly text: string };

export class UlogScan {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly problems: string[] = [];
  at: number;
  topics: KnownTopics;
  unknownMessages = 0;
  droppedMs = 0;

  constructor(bytes: Uint8Array, at = FILE_HEADER_BYTES, topics = NO_TOPICS) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
    this.topics = topics;
  }

  /** The next message about the flight itself, undefined at the end. */
  next(): UlogRecord | undefined {
    while (this.at < this.#bytes.length) {
      const { at } = this;
      const length = this.#lengthAt(at);
      if (length === undefined) {
        this.#skipDamage();
        continue;
      }
      this.at = at + length;
      const record = this.#read(at, length);
      if (record) return record;
    }
    return undefined;
  }

  #read(at: number, length: number): UlogRecord | undefined {
    const body = at + HEADER_BYTES;
    switch (String.fromCharCode(this.#bytes[at + 2] ?? 0)) {
      case "D":
        return this.#data(body);
      case "L":
        return this.#text(body, 9, at + length);
      case "C":
        return this.#text(body, 11, at + length);
      case "F":
        this.#learnDefinition(this.#string(body, at + length));
        return undefined;
      case "A":
        this.#learnSubscription(body, at + length);
        return undefined;
      case "O":
        this.droppedMs += this.#view.getUint16(body, true);
        return undefined;
      default:
        return undefined; // parameters, information, sync marks: not about the flight itself
    }
  }

  #data(body: number): UlogRecord | undefined {
    const known = this.topics.byId.get(this.#view.getUint16(body, true));
    if (!known) return undefined;
    return { kind: "data", topic: new TopicReader(this.#view, body + 2, known.layout), multiId: known.multiId };
  }

  /**
   * The level is a digit character or its number; `textFrom` is the offset after the timestamp, and after the tag where
   * there is one.
   */
  #text(body: number, textFrom: number, end: number): UlogRecord {
    const level = this.#bytes[body] ?? 0;
    const severity = level >= 48 ? level - 48 : level;
    const sinceBootUs = numberAt(this.#view, body + textFrom - 8);
    return { kind: "text", sinceBootUs, severity, text: this.#string(body + textFrom, end) };
  }

  #string(from: number, to: number): string {
    let text = "";
    for (let i = from; i < to; i++) text += String.fromCharCode(this.#bytes[i] ?? 0);
    return text;
  }

  #learnDefinition(format: string): void {
    // A field is a type and a name; the parser's run time grows with the square of its length, so long ones are
    // refused.
    const isSane = format.split(";").every((field) => field.length <= FIELD_CHARS_MAX);
    if (!isSane || this.topics.definitions.size >= DEFINITIONS_MAX) return;
    const definition = parseMessageDefinition(format);
    if (!definition) return;
    const definitions = new Map(this.topics.definitions).set(definition.name, definition);
    this.topics = { ...this.topics, definitions };
  }

  #learnSubscription(body: number, end: number): void {
    if (this.topics.byId.size >= SUBSCRIPTIONS_MAX) return;
    const multiId = this.#bytes[body] ?? 0;
    const id = this.#view.getUint16(body + 1, true);
    const definition = this.topics.definitions.get(this.#string(body + 3, end));
    // The library writes sizes into the definitions it is given; it changes nothing else.
    const layout = definition && topicLayoutFrom(definition, this.topics.definitions as Map<string, MessageDefinition>);
    if (layout) this.topics = { ...this.topics, byId: new Map(this.topics.byId).set(id, { layout, multiId }) };
  }

  /** Length in bytes of a valid message with its header, undefined for anything else. */
  #lengthAt(at: number): number | undefined {
    if (at + HEADER_BYTES > this.#bytes.length) return undefined;
    const size = this.#view.getUint16(at, true);
    const isWhole = at + HEADER_BYTES + size <= this.#bytes.length;
    return isWhole && this.#isSound(at, size) ? HEADER_BYTES + size : undefined;
  }

  #isSound(at: number, size: number): boolean {
    const letter = String.fromCharCode(this.#bytes[at + 2] ?? 0);
    const [least, most] = SIZES[letter] ?? [Infinity, 0];
    if (size < least || size > most) return false;
    const body = at + HEADER_BYTES;
    if (letter === "D") return this.#fitsTopic(this.#view.getUint16(body, true), size - 2);
    return (letter !== "L" && letter !== "C") || isLevel(this.#bytes[body]);
  }

  /** A message of a topic without a subscription can be neither checked nor read. */
  #fitsTopic(id: number, bytes: number): boolean {
    const known = this.topics.byId.get(id);
    return known !== undefined && bytes >= known.layout.leastBytes && bytes <= known.layout.mostBytes;
  }

  #skipDamage(): void {
    const from = this.at;
    const end = this.#bytes.length;
    let at = from + 1;
    while (at < end && !this.#isChainAt(at)) at++;
    this.at = at;
    this.unknownMessages++;
    const what = at >= end ? "the last message is cut off" : `damaged, ${at - from} bytes skipped`;
    if (this.problems.length < PROBLEMS_MAX) this.problems.push(`byte ${from}: ${what}`);
  }

  #isChainAt(from: number): boolean {
    let at = from;
    for (let i = 0; i < CHAIN && at < this.#bytes.length; i++) {
      const length = this.#lengthAt(at);
      if (length === undefined) return false;
      at += length;
    }
    return true;
  }
}

const isLevel = (byte: number | undefined): boolean => byte !== undefined && (byte <= 7 || (byte >= 48 && byte <= 55));
