import type { Contact } from "../track/contact.js";

/** SHA-256 as 64 lower-case hex digits; passed in because the pure rooms have no crypto. */
export type Sha256 = (content: string | Uint8Array) => string;

type Facts = Readonly<Record<string, unknown>>;

/** A line of `events.jsonl`: `facts` are plain JSON and stand beside the other three keys, whose names they must not use. */
export type SortieEvent = { readonly unixTimeUs: number; readonly kind: string; readonly facts: Facts };

const NO_LINE_BEFORE = "0".repeat(64);

/** Appends events as lines, each with the SHA-256 of the line before (without its newline). */
export type EventChain = {
  /** The line to write, newline included. */
  readonly next: (event: SortieEvent) => string;
  readonly lastSha256: () => string;
};

export function createEventChain(sha256: Sha256): EventChain {
  let last = NO_LINE_BEFORE;
  return {
    next: (event) => {
      const { unixTimeUs, kind, facts } = event;
      const line = JSON.stringify({ previousSha256: last, unixTimeUs, kind, ...facts });
      last = sha256(line);
      return `${line}\n`;
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
  const lines = text.split("\n");
  const tail = lines.pop() ?? "";
  const events: SortieEvent[] = [];
  let last = NO_LINE_BEFORE;
  let firstBrokenLine: number | undefined;
  lines.forEach((line, index) => {
    const parsed = parseLine(line);
    if (parsed?.previousSha256 !== last) firstBrokenLine ??= index + 1;
    if (parsed) events.push(parsed.event);
    last = sha256(line);
  });
  return { events, firstBrokenLine, isTruncated: tail !== "", lastSha256: last };
}

function parseLine(line: string): { readonly previousSha256: string; readonly event: SortieEvent } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null) return undefined;
    const { previousSha256, unixTimeUs, kind, ...facts } = value as Record<string, unknown>;
    const isEvent = typeof previousSha256 === "string" && typeof unixTimeUs === "number" && typeof kind === "string";
    return isEvent ? { previousSha256, event: { unixTimeUs, kind, facts } } : undefined;
  } catch {
    // Not JSON: the caller reports the line.
    return undefined;
  }
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
