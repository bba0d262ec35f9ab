import type { Contact } from "../track/contact.js";
import type { FlightReport } from "../vehicle/flightReport.js";
import type { RecordedTrack } from "../vehicle/recordedTrack.js";

/** A sortie's folder, a recording of a link, or a log that an autopilot kept on board (DataFlash, ULog). */
type RecordingKind = "sortie" | "tlog" | "log";

export type RecordingSummary = {
  readonly path: string;
  readonly name: string;
  readonly kind: RecordingKind;
  readonly bytes: number;
  /**
   * While it is being opened: how much of it was read, 0 to 1. One that was handed over as bytes is listed meanwhile,
   * its name for a path. `close-recording` with that path in place of an id stops the opening.
   */
  readonly openedFraction?: number | undefined;
  /** False when the sortie was not closed properly (crash, power cut): readable all the same. */
  readonly isSealed: boolean;
  /** Set while a station writes it: not sealed yet, and nothing wrong with that. */
  readonly isBeingRecorded?: boolean | undefined;
};

/** A line of the sortie's event log that the time line marks. */
export type RecordedEvent = { readonly unixTimeUs: number; readonly kind: string; readonly summary: string };

/** A contact as it was known at `unixTimeUs`. */
export type RecordedContact = { readonly unixTimeUs: number; readonly contact: Contact };

/** Everything the Review workspace needs, loaded once; only pictures are asked for one by one. */
export type RecordingDocument = {
  readonly recordingId: string;
  readonly name: string;
  readonly kind: RecordingKind;
  readonly report: FlightReport;
  readonly vehicles: readonly RecordedTrack[];
  readonly events: readonly RecordedEvent[];
  readonly contacts: readonly RecordedContact[];
  readonly planText: string | undefined;
  readonly video: { readonly firstUnixUs: number; readonly lastUnixUs: number } | undefined;
  readonly isSealed: boolean;
  /** Set when a station was writing it while it was opened: it holds what was recorded until then. */
  readonly isBeingRecorded?: boolean | undefined;
  /** What could not be read, in words with byte offsets; empty when all is well. */
  readonly problems: readonly string[];
};
