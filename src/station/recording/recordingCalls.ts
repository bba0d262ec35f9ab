import { ok, type Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import type { RecordingDocument } from "../../contract/recordings.js";
import type { RecordingStore } from "../recordingStore.js";
import type { RecordingAnswer, RecordingCall } from "./recordingMessages.js";

/** Answers one call with a store on the same thread. */
export async function answerRecordingCall(store: RecordingStore, call: RecordingCall): Promise<RecordingAnswer> {
  switch (call.kind) {
    case "list":
      return ok({ kind: "recordings", recordings: await store.list() });
    case "open":
      return recordingOf(await store.open(call.path));
    case "open-bytes":
      return recordingOf(await store.openBytes(call.name, call.bytes));
    case "open-part":
      return recordingOf(await store.openPart(call));
    case "frame": {
      const frame = await store.frame(call.recordingId, call.unixTimeUs);
      return frame.ok ? ok({ kind: "frame", frame: frame.value }) : frame;
    }
    case "state": {
      const vehicles = await store.stateAt(call.recordingId, call.unixTimeUs);
      return vehicles.ok ? ok({ kind: "recording-state", vehicles: vehicles.value }) : vehicles;
    }
  }
}

/** Undefined: a part was accepted and more are to come. */
function recordingOf(opened: Result<RecordingDocument | undefined, StationFailure>): RecordingAnswer {
  if (!opened.ok) return opened;
  return ok(opened.value ? { kind: "recording", document: opened.value } : { kind: "done" });
}
