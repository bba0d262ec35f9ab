/** The data of `fakeStation.ts`: one aircraft, five contacts, a noisy thermal picture, one recording. */
import type { Rng } from "../../../src/core/rng.js";
import { destination } from "../../../src/geo/geodesic.js";
import type { Position } from "../../../src/geo/position.js";
import type { FrameGround, ToUi, VideoFrame } from "../../../src/contract/messages.js";
import type { RecordingDocument } from "../../../src/contract/recordings.js";
import type { RecordedSample } from "../../../src/vehicle/recordedTrack.js";
import type { Contact } from "../../../src/track/contact.js";
import type { VehicleId, VehicleState } from "../../../src/vehicle/vehicleState.js";

export const DEMO_HOME: Position = { latitudeDeg: 50.7695, longitudeDeg: 1.6115 };
const HEIGHT_M = 58;
const HOME_AMSL_M = 20;

export type DemoFlight = {
  readonly id: VehicleId;
  readonly place: Position;
  readonly nowMs: number;
  readonly turnDeg: number;
  readonly isArmed: boolean;
  readonly modeName: string;
};

export function demoVehicle({ id, place, nowMs, turnDeg, isArmed, modeName }: DemoFlight): VehicleState {
  const at = <T>(value: T) => ({ value, receivedAtMonoMs: nowMs });
  const courseDeg = (turnDeg + 90) % 360;
  return {
    id,
    systemId: 1,
    componentId: 1,
    linkName: "udp",
    autopilot: "ardupilot",
    mavAutopilot: 3,
    airframe: "copter",
    mavType: 2,
    isSimulated: true,
    lastReceivedMonoMs: nowMs,
    heartbeat: at({ customMode: 3, modeName, isArmed, systemStatus: 4 }),
    position: at({ position: place, altitudeAmslM: HOME_AMSL_M + HEIGHT_M, altitudeAboveHomeM: HEIGHT_M }),
    velocity: at({ northMps: 0, eastMps: 12.1, downMps: 0, groundSpeedMps: 12.1, courseDeg }),
    attitude: at({ rollDeg: -6, pitchDeg: 2, headingDeg: courseDeg }),
    airData: at({ airSpeedMps: 12.6, climbRateMps: 0.1, throttleFraction: 0.4 }),
    battery: at({ voltageV: 15.2, currentA: 14, remainingFraction: 0.71, timeRemainingS: 860 }),
    gps: at({ fixType: 4, satellitesVisible: 17, horizontalAccuracyM: 0.8, hdop: 0.7 }),
    home: at({ position: DEMO_HOME, altitudeAmslM: HOME_AMSL_M }),
    gimbal: at({ pitchDeg: -52, yawEarthDeg: courseDeg, rollDeg: 0 }),
    mission: at({ currentSeq: 5, countOfItems: 28 }),
    health: undefined,
    ekf: undefined,
    flightPhase: undefined,
    fence: undefined,
    modes: [],
    isHighLatency: false,
    version: undefined,
    texts: [{ unixTimeUs: Date.now() * 1000, receivedAtMonoMs: 0, severity: 6, text: "Reached command #4" }],
    prearmReasons: [],
  };
}

type Batch = Extract<ToUi, { kind: "telemetry-batch" }>;

export const demoBatch = (vehicles: readonly VehicleState[], stationMonoMs: number, stationUnixUs: number): Batch => ({
  kind: "telemetry-batch",
  stationMonoMs,
  stationUnixUs,
  vehicles,
  links: [],
  paths: [],
});

const SEEN = [
  ["C-14", "boat", 300, 220, 7.8, 12],
  ["C-12", "person", 295, 190, 0.9, 14],
  ["C-9", "person", 20, 160, 0.6, 20],
  ["C-5", "boat", 310, 480, 9.1, 190],
  ["C-3", "vehicle", 95, 260, 4.6, 380],
] as const;

export const demoContacts = (nowUs: number, turnDeg: number): readonly Contact[] =>
  SEEN.map(([id, kind, bearingDeg, rangeM, lengthM, ageS]) => ({
    id,
    class: kind,
    position: destination(DEMO_HOME, bearingDeg + turnDeg / 100, rangeM),
    covariance: { eastEastM2: 2, eastNorthM2: 0.4, northNorthM2: 1.4 },
    ellipse95: { semiMajorM: 3.8, semiMinorM: 2.6, orientationDeg: 40 },
    ce95M: 3.4,
    lengthM,
    groundSpeedMps: kind === "boat" ? 1.1 : undefined,
    courseDeg: kind === "boat" ? 310 : undefined,
    surface: "waterline",
    firstSeenUnixUs: nowUs - (ageS + 20) * 1e6,
    lastSeenUnixUs: nowUs - ageS * 1e6,
    observationCount: 30,
    score: 0.88,
  }));

export function demoGround(place: Position, azimuthDeg: number): FrameGround {
  const corner = (bearingDeg: number, rangeM: number) => ({
    position: destination(place, azimuthDeg + bearingDeg, rangeM),
    heightAmslM: 0,
  });
  return {
    corners: [corner(-28, 110), corner(28, 110), corner(48, 45), corner(-48, 45)],
    centre: corner(0, 62),
    centreEllipse95: { semiMajorM: 3, semiMinorM: 2, orientationDeg: 0 },
    sensor: { position: place, altitudeAmslM: HOME_AMSL_M + HEIGHT_M },
    depressionDeg: 52,
    azimuthDeg,
    hfovDeg: 45,
  };
}

export type DemoFrameOf = {
  readonly frameId: number;
  readonly unixTimeUs: number;
  readonly rng: Rng;
  readonly ground: FrameGround | undefined;
};

export function demoFrame({ frameId, unixTimeUs, rng, ground }: DemoFrameOf): VideoFrame {
  const widthPx = 640;
  const heightPx = 512;
  const luma = new Uint8Array(widthPx * heightPx);
  for (let i = 0; i < luma.length; i++) {
    const x = i % widthPx;
    const y = Math.floor(i / widthPx);
    const shore = 250 + 18 * Math.sin(y / 40) + 6 * Math.sin(y / 9);
    const base = x < shore ? 112 : 78;
    const warm = Math.exp(-((x - 330) ** 2 / 500 + (y - 240) ** 2 / 60)) * 150;
    const people = Math.exp(-((x - 400) ** 2 + (y - 250) ** 2) / 18) * 150;
    luma[i] = Math.min(255, base + warm + people + rng.uniform() * 14);
  }
  const boxes = [
    { x: 300, y: 228, w: 60, h: 26, class: "boat", score: 0.91, contactId: "C-14" },
    { x: 392, y: 240, w: 18, h: 22, class: "person", score: 0.83, contactId: "C-12" },
  ] as const;
  return { frameId, unixTimeUs, widthPx, heightPx, luma, boxes, ground };
}

const RECORDED_S = 900;

export function demoRecording(nowUs: number): RecordingDocument {
  const firstUnixUs = nowUs - 2 * RECORDED_S * 1e6;
  const timeAt = (s: number): number => firstUnixUs + s * 1e6;
  const track = Array.from({ length: RECORDED_S * 5 }, (_, i): RecordedSample => {
    const s = i / 5;
    const heightM = Math.max(0, Math.min(HEIGHT_M, (s - 40) * 2, (RECORDED_S - 30 - s) * 1.5));
    return {
      unixTimeUs: timeAt(s),
      position: destination(DEMO_HOME, s * 1.5, heightM > 0 ? 300 + 120 * Math.sin(s / 40) : 0),
      altitudeAmslM: HOME_AMSL_M + heightM,
      altitudeAboveHomeM: heightM,
      headingDeg: (s * 1.5 + 90) % 360,
      rollDeg: 4 * Math.sin(s / 5),
      pitchDeg: -3,
      groundSpeedMps: heightM > 0 ? 10 + 2 * Math.sin(s / 11) : 0,
      climbRateMps: 0,
      batteryFraction: 0.98 - (0.5 * s) / RECORDED_S,
      batteryVoltageV: 16.4 - (1.8 * s) / RECORDED_S,
    };
  });
  return {
    recordingId: "demo",
    name: "2026-11-23T02-10-00Z-boulogne",
    kind: "sortie",
    vehicles: [{ systemId: 1, track }],
    events: [
      { unixTimeUs: timeAt(20), kind: "upload", summary: "plan verified, 28 items" },
      { unixTimeUs: timeAt(35), kind: "command", summary: "arm done" },
      { unixTimeUs: timeAt(300), kind: "command", summary: "pause done" },
    ],
    contacts: [200, 260, 420, 610].flatMap((s, i) => {
      const contact = demoContacts(timeAt(s), 0)[i];
      return contact ? [{ unixTimeUs: timeAt(s), contact }] : [];
    }),
    planText: undefined,
    video: { firstUnixUs: timeAt(10), lastUnixUs: timeAt(RECORDED_S) },
    isSealed: false,
    problems: ["telemetry.tlog: 17 bytes at the end do not make a message (offset 1482113)"],
    report: {
      firstUnixUs,
      lastUnixUs: timeAt(RECORDED_S),
      frames: 48_211,
      badChecksums: 2,
      unknownMessages: 0,
      messages: { HEARTBEAT: 900, GLOBAL_POSITION_INT: 4500, ATTITUDE: 9000, VFR_HUD: 4500, SYS_STATUS: 1800 },
      vehicles: [
        {
          systemId: 1,
          type: 2,
          autopilot: 3,
          modes: [
            { unixTimeUs: timeAt(0), customMode: 0, name: "STABILIZE" },
            { unixTimeUs: timeAt(42), customMode: 3, name: "AUTO" },
            { unixTimeUs: timeAt(300), customMode: 5, name: "LOITER" },
            { unixTimeUs: timeAt(340), customMode: 3, name: "AUTO" },
            { unixTimeUs: timeAt(800), customMode: 6, name: "RTL" },
          ],
          armed: [{ fromUnixUs: timeAt(35), toUnixUs: timeAt(880) }],
          trackLengthM: 8211,
          maxAltitudeAboveHomeM: 58.4,
          homeAmslM: HOME_AMSL_M,
          missionItems: [0, 1, 2, 3].map((seq) => ({
            seq,
            command: 16,
            frame: 3,
            latitudeDeg: 50.77,
            longitudeDeg: 1.6,
            altitudeM: 58,
          })),
          reachedSeqs: [1, 2, 3],
          texts: [
            { unixTimeUs: timeAt(36), severity: 6, text: "Arming motors" },
            { unixTimeUs: timeAt(120), severity: 6, text: "Reached command #2" },
            { unixTimeUs: timeAt(520), severity: 4, text: "EKF variance" },
          ],
        },
      ],
    },
  };
}
