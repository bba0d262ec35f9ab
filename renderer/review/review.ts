/** The recording on screen: kept per station, so that it outlives a look at another workspace. */
import { type Result, err, ok } from "../../src/core/result.js";
import type { StationFailure } from "../../src/contract/failures.js";
import type { ReplyValue } from "../../src/contract/messages.js";
import { Latest } from "../bridge/latest.js";
import type { StationStore } from "../bridge/stationStore.js";
import { type Player, createPlayer } from "./player.js";

const players = new WeakMap<StationStore, Latest<Player | undefined>>();

export function playerOf(station: StationStore): Latest<Player | undefined> {
  const known = players.get(station);
  if (known) return known;
  const made = new Latest<Player | undefined>(undefined);
  players.set(station, made);
  return made;
}

/** Opens a recording in place of the one on screen, which is closed only once the new one is there. */
async function take(
  station: StationStore,
  asked: Promise<Result<ReplyValue, StationFailure>>,
): Promise<Result<Player, StationFailure>> {
  const reply = await asked;
  if (!reply.ok) return reply;
  if (reply.value.kind !== "recording") return err({ kind: "bad-request", problem: reply.value.kind });
  const shown = playerOf(station);
  const before = shown.get();
  const player = createPlayer(reply.value.document, station);
  shown.set(player);
  if (before) void station.request({ kind: "close-recording", recordingId: before.document.recordingId });
  return ok(player);
}

export const openRecording = (station: StationStore, path: string): Promise<Result<Player, StationFailure>> =>
  take(station, station.request({ kind: "open-recording", path }));

export async function openRecordingFile(station: StationStore, file: File): Promise<Result<Player, StationFailure>> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return take(station, station.request({ kind: "open-recording-bytes", name: file.name, bytes }));
}
