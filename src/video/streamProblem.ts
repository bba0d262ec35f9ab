import type { VideoProblem } from "../core/mediaProblem.js";
import type { TsStatus } from "./tsEvents.js";

const TS_PACKET_BYTES = 188;

/** Why a transport stream shows no pictures, from the demuxer's counters; undefined while nothing indicates a problem. */
export function streamProblem(ts: TsStatus, countOfDecoded: number): VideoProblem | undefined {
  // In enough arbitrary bytes some sequences look like packets, so most of the bytes must belong to packets.
  const isStream = ts.countOfPackets * TS_PACKET_BYTES > ts.countOfGarbageBytes;
  if (!ts.hasTables) return { kind: isStream ? "no-tables" : "not-video" };
  if (ts.video === "other") return { kind: "codec", codec: ts.codec ?? "of an unknown kind" };
  if (ts.video === "none") return { kind: ts.hasAudio ? "audio-only" : "no-pictures" };
  return countOfDecoded > 0 ? undefined : pictureProblem(ts);
}

/** H.264 is present but no picture was decoded. */
function pictureProblem(ts: TsStatus): VideoProblem {
  if (ts.countOfScrambled > 0 && ts.countOfKeyframes === 0) return { kind: "encrypted" };
  if (typeof ts.refused === "object") return { kind: "too-many-pixels", ...ts.refused };
  if (ts.countOfAccessUnits === 0) return { kind: "no-pictures" };
  return { kind: ts.countOfKeyframes === 0 ? "no-keyframe" : "not-decodable" };
}
