import type { VideoProblem } from "../core/mediaProblem.js";
import type { TsStatus } from "./tsEvents.js";

const TS_PACKET_BYTES = 188;

/** Why a transport stream shows no pictures, from what was seen of it; undefined while nothing speaks against it. */
export function streamProblem(ts: TsStatus, countOfDecoded: number): VideoProblem | undefined {
  // Among enough bytes of anything some look like packets.
  const isStream = ts.countOfPackets * TS_PACKET_BYTES > ts.countOfGarbageBytes;
  if (!ts.hasTables) return { kind: isStream ? "no-tables" : "not-video" };
  if (ts.video === "other") return { kind: "codec", codec: ts.codec ?? "of an unknown kind" };
  if (ts.video === "none") return { kind: ts.hasAudio ? "audio-only" : "no-pictures" };
  return countOfDecoded > 0 ? undefined : pictureProblem(ts);
}

/** There is H.264, and nothing came out of it. */
function pictureProblem(ts: TsStatus): VideoProblem {
  if (ts.countOfScrambled > 0 && ts.countOfKeyframes === 0) return { kind: "encrypted" };
  if (typeof ts.refused === "object") return { kind: "too-many-pixels", ...ts.refused };
  if (ts.countOfAccessUnits === 0) return { kind: "no-pictures" };
  return { kind: ts.countOfKeyframes === 0 ? "no-keyframe" : "not-decodable" };
}
