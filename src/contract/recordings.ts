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
   * Set while the recording is being opened: the fraction read, 0 to 1. One that was sent as bytes is listed meanwhile
   * with its name as its path. `close-recording` with that path in place of an id cancels the opening.
   */
  readonly openedFraction?: number | undefined;
  /** False when the sortie was not closed properly (crash, power cut): readable all the same. */
  readonly isSealed: boolean;
  /** Set while a station is still writing it: it is then unsealed without anything being wrong. */
  readonly isBeingRecorded?: boolean | undefined;
};

/** A line of the sortie's event log that is marked on the time line. */
export type RecordedEvent = { readonly unixTimeUs: number; readonly kind: string; readonly summary: string };

/** A contact as known at `unixTimeUs`. */
export type RecordedContact = { readonly unixTimeUs: number; readonly contact: Contact };

/** Everything the Review workspace needs, loaded once; only pictures are requested one by one. */
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
  /** Set when a station was still writing it as it was opened: it ends at that moment. */
  readonly isBeingRecorded?: boolean | undefined;
  /** What could not be read, as texts with byte offsets; empty when everything was read. */
  readonly problems: readonly string[];
};
