import { parseBoundedJson, SMALL_FILE_LIMITS } from "../core/boundedJson.js";
import type { Contact } from "../track/contact.js";

/** SHA-256 as 64 lower-case hex digits; passed in because the pure rooms have no crypto. */
export type Sha256 = (content: string | Uint8Array) => string;

type Facts = Readonly<Record<string, unknown>>;

/**
 * A line of `events.jsonl`: `facts` are plain JSON, written beside the keys `previousSha256`, `unixTimeUs` and `kind`,
 * which they must not use.
 */
export type SortieEvent = { readonly unixTimeUs: number; readonly kind: string; readonly facts: Facts };

const NO_LINE_BEFORE = "0".repeat(64);

/**
 * Writes events as lines, each with the SHA-256 of the line before (without its newline), so that no line can be
 * changed unnoticed.
 */
export type EventChain = {
  /** The line for the next event, with its newline. It belongs to the chain only after `accept`. */
  readonly lineOf: (event: SortieEvent) => string;
  /** To be called when that line is completely on the disk. */
  readonly accept: (line: string) => void;
  /** `lineOf` and `accept` in one, for a log that cannot fail. */
  readonly next: (event: SortieEvent) => string;
  readonly lastSha256: () => string;
};

export function createEventChain(sha256: Sha256): EventChain {
  let last = NO_LINE_BEFORE;
  const lineOf: EventChain["lineOf"] = ({ unixTimeUs, kind, facts }) =>
    `${JSON.stringify({ previousSha256: last, unixTimeUs, kind, ...facts })}\n`;
  const accept: EventChain["accept"] = (line) => {
    last = sha256(line.slice(0, -1));
  };
  return {
    lineOf,
    accept,
    next: (event) => {
      const line = lineOf(event);
      accept(line);
      return line;
    },
    lastSha256: () => last,
  };
}

export type EventLog = {
  readonly events: readonly SortieEvent[];
  /** 1-based number of the first line that is no event or whose hash of the line before is wrong. */
  readonly firstBrokenLine: number | undefined;
  /** The last line is incomplete or has no newline: the sign of a crash, not of tampering. */
  readonly isTruncated: boolean;
  readonly lastSha256: string;
};

/** Reads all it can: events after a broken line are included too, so that a damaged sortie can still be opened. */
export function readEventLog(text: string, sha256: Sha256): EventLog {
  const reader = new EventLogReader(sha256);
  reader.push(text);
  return reader.finish();
}

/** Upper limit: no line that this station writes is nearly as long; a longer one is damage and is not stored. */
const LINE_MAX = 4_000_000;

/** Reads a log of any length in parts; a part may end anywhere in a line. */
export class EventLogReader {
  readonly #sha256: Sha256;
  readonly #events: SortieEvent[] = [];
  #last = NO_LINE_BEFORE;
  #countOfLines = 0;
  #firstBrokenLine: number | undefined;
  #tail = "";

  constructor(sha256: Sha256) {
    this.#sha256 = sha256;
  }

  push(text: string): void {
    const lines = `${this.#tail}${text}`.split("\n");
    this.#tail = lines.pop() ?? "";
    for (const line of lines) this.#onLine(line);
    if (this.#tail.length > LINE_MAX) {
      this.#firstBrokenLine ??= this.#countOfLines + 1;
      this.#tail = this.#tail.slice(0, 1);
    }
  }

  finish(): EventLog {
    return {
      events: this.#events,
      firstBrokenLine: this.#firstBrokenLine,
      isTruncated: this.#tail !== "",
      lastSha256: this.#last,
    };
  }

  #onLine(line: string): void {
    this.#countOfLines++;
    const parsed = parseLine(line);
    if (parsed?.previousSha256 !== this.#last) this.#firstBrokenLine ??= this.#countOfLines;
    if (parsed) this.#events.push(parsed.event);
    this.#last = this.#sha256(line);
  }
}

function parseLine(line: string): { readonly previousSha256: string; readonly event: SortieEvent } | undefined {
  const parsed = parseBoundedJson(line, SMALL_FILE_LIMITS);
  if (!parsed.ok || typeof parsed.value !== "object" || parsed.value === null) return undefined;
  const { previousSha256, unixTimeUs, kind, ...facts } = parsed.value as Record<string, unknown>;
  const isEvent = typeof previousSha256 === "string" && typeof unixTimeUs === "number" && typeof kind === "string";
  return isEvent ? { previousSha256, event: { unixTimeUs, kind, facts } } : undefined;
}

/**
 * The event for a new contact, and for each later change of it. `appearedUnixUs` is the wall clock when it became
 * known.
 */
export const contactEvent = (contact: Contact, knownUnixUs: number, isNew: boolean): SortieEvent => ({
  unixTimeUs: knownUnixUs,
  kind: isNew ? "contact-new" : "contact-changed",
  facts: { contactId: contact.id, ...(isNew ? { appearedUnixUs: knownUnixUs } : {}), contact },
});

/** The contact in such an event; undefined for other events and for incomplete contacts. */
export function contactOfEvent(event: SortieEvent): Contact | undefined {
  if (event.kind !== "contact-new" && event.kind !== "contact-changed") return undefined;
  const contact = event.facts["contact"];
  const isContact = typeof contact === "object" && contact !== null && "id" in contact && "ellipse95" in contact;
  return isContact ? (contact as Contact) : undefined;
}
