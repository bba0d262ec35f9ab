import { ok } from "../../core/result.js";
import type { RecordingStore } from "../recordingStore.js";
import type { RecordingAnswer, RecordingCall } from "./recordingMessages.js";

/** Answers one call from a store on the same thread. */
export async function answerRecordingCall(store: RecordingStore, call: RecordingCall): Promise<RecordingAnswer> {
  switch (call.kind) {
    case "list":
      return ok({ kind: "recordings", recordings: await store.list() });
    case "open": {
      const opened = await store.open(call.path);
      return opened.ok ? ok({ kind: "recording", document: opened.value }) : opened;
    }
    case "open-bytes": {
      const opened = await store.openBytes(call.name, call.bytes);
      return opened.ok ? ok({ kind: "recording", document: opened.value }) : opened;
    }
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
