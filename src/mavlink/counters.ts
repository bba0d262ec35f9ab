/** What a link's reader has seen since it was made. Mutable, owned by the reader; read it, never write it. */
export type LinkCounters = {
  /** Frames handed on, unknown messages included. */
  messages: number;
  /** Frames the sequence numbers say were sent and never came; late arrivals are taken off again. */
  lost: number;
  /** Frames heard twice. */
  duplicates: number;
  /** Frames of known messages whose checksum failed. */
  badChecksums: number;
  /** Frames of messages without a definition: plausible, their checksum cannot be checked. */
  unknownIds: number;
  /** Bytes that belong to no accepted frame. */
  garbageBytes: number;
};
