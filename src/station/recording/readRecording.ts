import type { Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import type { RecordingDocument } from "../../contract/recordings.js";
import { createNapiDecoder } from "../../io/decoderNapi.js";
import { createRecordingStore } from "./recordings.js";

/** Reads one whole recording, for the command line. */
export function readRecording(path: string): Promise<Result<RecordingDocument, StationFailure>> {
  const store = createRecordingStore({
    sortiesFolder: path,
    openFolder: () => undefined,
    openDecoder: () => createNapiDecoder(),
    coastJson: () => undefined,
  });
  return store.open(path);
}
