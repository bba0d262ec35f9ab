/**
 * What a link's reader has counted since it was made. The object changes as frames arrive; only the reader writes it.
 */
export type LinkCounters = {
  /** Frames passed on, those of unknown messages included. */
  messages: number;
  /** Frames missing by their sequence numbers; one that arrives late is subtracted again. */
  lost: number;
  /** Frames received twice. */
  duplicates: number;
  /** Frames of known messages whose checksum failed. */
  badChecksums: number;
  /** Frames of messages without a definition: they look like frames, but their checksum cannot be verified. */
  unknownIds: number;
  /** Bytes that belong to no accepted frame. */
  garbageBytes: number;
};
