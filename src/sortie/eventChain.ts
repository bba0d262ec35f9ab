import { parseBoundedJson, SMALL_FILE_LIMITS } from "../core/boundedJson.js";
import type { Contact } from "../track/contact.js";

/** SHA-256 as 64 lower-case hex digits; passed in because the pure rooms have no crypto. */
export type Sha256 = (content: string | Uint8Array) => string;

type Facts = Readonly<Record<string, unknown>>;

/** A line of `events.jsonl`: `facts` are plain JSON and stand beside the other three keys, whose names they must not use. */
export type SortieEvent = { readonly unixTimeUs: number; readonly kind: string; readonly facts: Facts };

const NO_LINE_BEFORE = "0".repeat(64);

/** Events as lines, each with the SHA-256 of the line before (without its newline). */
export type EventChain = {
  /** The line that would come next, newline included. It is part of the chain only once it was `accept`ed. */
  readonly lineOf: (event: SortieEvent) => string;
  /** That line is on the disk, whole. */
  readonly accept: (line: string) => void;
  /** `lineOf`, accepted at once: for a log that cannot fail. */
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
  /** 1-based number of the first line whose link to the line before is wrong, or that is no event. */
  readonly firstBrokenLine: number | undefined;
  /** The last line has no newline or is cut short: the sign of a crash, not of tampering. */
  readonly isTruncated: boolean;
  readonly lastSha256: string;
};

/** Reads what can be read: events after a broken line are still given, so that a damaged sortie opens. */
export function readEventLog(text: string, sha256: Sha256): EventLog {
  const reader = new EventLogReader(sha256);
  reader.push(text);
  return reader.finish();
}

/** No line of ours is near this; what is longer is noise, and no line is made of it. */
const LINE_MAX = 4_000_000;

/** Reads a log of any length piece by piece; a text may end anywhere in a line. */
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

/** A contact's first appearance and each later change of it. `appearedUnixUs` is the wall clock when it became known. */
export const contactEvent = (contact: Contact, knownUnixUs: number, isNew: boolean): SortieEvent => ({
  unixTimeUs: knownUnixUs,
  kind: isNew ? "contact-new" : "contact-changed",
  facts: { contactId: contact.id, ...(isNew ? { appearedUnixUs: knownUnixUs } : {}), contact },
});

/** The contact that such an event carries; undefined for other events and for contacts that were not written whole. */
export function contactOfEvent(event: SortieEvent): Contact | undefined {
  if (event.kind !== "contact-new" && event.kind !== "contact-changed") return undefined;
  const contact = event.facts["contact"];
  const isContact = typeof contact === "object" && contact !== null && "id" in contact && "ellipse95" in contact;
  return isContact ? (contact as Contact) : undefined;
}
