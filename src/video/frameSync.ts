/**
 * Finds the pose of each decoded frame.
 *
 * Synchronous KLV carries the frame's presentation time: same PTS, same instant. Asynchronous KLV has only its tag 2 time: the
 * offset between that clock and the video's is estimated from the order in the stream, and poses are interpolated.
 */
import { medianOf } from "../core/median.js";
import { wrap180, wrap360 } from "../geo/angles.js";
import { decodeSt0601, framePoseFrom, type KlvFailure, type PoseFailure } from "./st0601.js";
import type { FramePose } from "./framePose.js";
import type { KlvPacket } from "./tsEvents.js";

export type SyncedFrame = {
  readonly ptsUs: number;
  /** Undefined until KLV has related the video's clock to UTC. */
  readonly unixTimeUs: number | undefined;
  /** Undefined when no pose near this instant is known; never guessed. */
  readonly pose: FramePose | undefined;
};

type FrameSyncStatus = {
  readonly hasKlv: boolean;
  /** KLV time minus video time where they are adjacent in the stream: latency between the sender's video and metadata paths. */
  readonly skewMs: number | undefined;
  readonly countOfPoses: number;
  readonly countOfBadKlv: number;
  readonly lastFailure: KlvFailure | PoseFailure | undefined;
};

type FrameSync = {
  /** Call with the PTS of every access unit from the demuxer, before decoding: its order against the KLV gives the skew. */
  readonly onAccessUnit: (ptsUs: number) => void;
  readonly onKlv: (packet: KlvPacket) => void;
  /** Call when the frame was decoded, a little later: its KLV has normally arrived by then. */
  readonly frame: (ptsUs: number) => SyncedFrame;
  readonly status: () => FrameSyncStatus;
};

type TimedPose = { readonly ptsUs: number | undefined; readonly pose: FramePose };

/** Poses kept: several seconds, more than any decoder's delay. */
const KEPT_POSES = 200;
/** PTS of a frame and of its metadata may differ by rounding. */
const SAME_INSTANT_US = 2000;
/** Further from the nearest poses, the aircraft's attitude may have changed too much to interpolate. */
const INTERPOLATION_MAX_US = 500_000;
const EXTRAPOLATION_MAX_US = 100_000;
/** Number of offsets kept; their median is not affected by bursts. */
const OFFSETS_KEPT = 31;

export function createFrameSync(): FrameSync {
  let poses: TimedPose[] = [];
  let offsetsUs: number[] = [];
  let lastAccessUnitPtsUs: number | undefined;
  let countOfPoses = 0;
  let countOfBadKlv = 0;
  let hasKlv = false;
  let skewUs: number | undefined;
  let lastFailure: KlvFailure | PoseFailure | undefined;

  const onPose = (pose: FramePose, packet: KlvPacket): void => {
    const ptsUs = packet.isSynchronous ? packet.ptsUs : undefined;
    poses.push({ ptsUs, pose });
    if (poses.length > KEPT_POSES) poses = poses.slice(-KEPT_POSES);
    countOfPoses++;
    const anchorUs = ptsUs ?? lastAccessUnitPtsUs;
    if (anchorUs === undefined) return;
    offsetsUs = [...offsetsUs, pose.unixTimeUs - anchorUs].slice(-OFFSETS_KEPT);
    // If the KLV has a PTS, its lead or lag against the video is measured; otherwise only the order in the stream is known.
    const statedPtsUs = packet.ptsUs;
    if (statedPtsUs !== undefined && lastAccessUnitPtsUs !== undefined) skewUs = statedPtsUs - lastAccessUnitPtsUs;
  };
  const onKlv = (packet: KlvPacket): void => {
    hasKlv = true;
    const record = decodeSt0601(packet.bytes);
    const pose = record.ok ? framePoseFrom(record.value) : record;
    if (pose.ok) {
      onPose(pose.value, packet);
      return;
    }
    countOfBadKlv++;
    lastFailure = pose.error;
  };
  const frame = (ptsUs: number): SyncedFrame => {
    const twin = poses.findLast(
      (timed) => timed.ptsUs !== undefined && Math.abs(timed.ptsUs - ptsUs) <= SAME_INSTANT_US,
    );
    if (twin) return { ptsUs, unixTimeUs: twin.pose.unixTimeUs, pose: twin.pose };
    const offsetUs = medianOf(offsetsUs);
    if (offsetUs === undefined) return { ptsUs, unixTimeUs: undefined, pose: undefined };
    const unixTimeUs = Math.round(ptsUs + offsetUs);
    return { ptsUs, unixTimeUs, pose: poseAt(poses, unixTimeUs) };
  };
  return {
    onAccessUnit: (ptsUs) => {
      // After a jump of the video's clock (new stream, seek) the old offsets are invalid.
      if (lastAccessUnitPtsUs !== undefined && Math.abs(ptsUs - lastAccessUnitPtsUs) > 5_000_000) {
        offsetsUs = [];
        poses = [];
      }
      lastAccessUnitPtsUs = ptsUs;
    },
    onKlv,
    frame,
    status: () => ({
      hasKlv,
      skewMs: skewUs === undefined ? undefined : skewUs / 1000,
      countOfPoses,
      countOfBadKlv,
      lastFailure,
    }),
  };
}

/** Pose interpolated between its neighbours; extrapolated a little past the last one. */
function poseAt(poses: readonly TimedPose[], unixTimeUs: number): FramePose | undefined {
  const afterIndex = poses.findIndex((timed) => timed.pose.unixTimeUs >= unixTimeUs);
  const isPastLast = afterIndex < 0;
  const after = poses[isPastLast ? poses.length - 1 : afterIndex]?.pose;
  const before = poses[isPastLast ? poses.length - 2 : afterIndex - 1]?.pose;
  if (!after) return undefined;
  if (!before || after.unixTimeUs <= before.unixTimeUs) {
    return Math.abs(after.unixTimeUs - unixTimeUs) <= SAME_INSTANT_US ? after : undefined;
  }
  const spanUs = after.unixTimeUs - before.unixTimeUs;
  if (spanUs > INTERPOLATION_MAX_US || unixTimeUs - after.unixTimeUs > EXTRAPOLATION_MAX_US) return undefined;
  return interpolated(before, after, (unixTimeUs - before.unixTimeUs) / spanUs, unixTimeUs);
}

function interpolated(from: FramePose, to: FramePose, fraction: number, unixTimeUs: number): FramePose {
  const mix = (a: number, b: number): number => a + (b - a) * fraction;
  const turn = (aDeg: number, bDeg: number): number => aDeg + wrap180(bDeg - aDeg) * fraction;
  return {
    unixTimeUs,
    sensor: {
      position: {
        latitudeDeg: mix(from.sensor.position.latitudeDeg, to.sensor.position.latitudeDeg),
        longitudeDeg: turn(from.sensor.position.longitudeDeg, to.sensor.position.longitudeDeg),
      },
      altitudeAmslM: mix(from.sensor.altitudeAmslM, to.sensor.altitudeAmslM),
    },
    platform: {
      headingDeg: wrap360(turn(from.platform.headingDeg, to.platform.headingDeg)),
      pitchDeg: mix(from.platform.pitchDeg, to.platform.pitchDeg),
      rollDeg: turn(from.platform.rollDeg, to.platform.rollDeg),
    },
    gimbal: {
      azimuthDeg: wrap360(turn(from.gimbal.azimuthDeg, to.gimbal.azimuthDeg)),
      elevationDeg: turn(from.gimbal.elevationDeg, to.gimbal.elevationDeg),
      rollDeg: wrap360(turn(from.gimbal.rollDeg, to.gimbal.rollDeg)),
    },
    hfovDeg: mix(from.hfovDeg, to.hfovDeg),
    vfovDeg: mix(from.vfovDeg, to.vfovDeg),
  };
}
