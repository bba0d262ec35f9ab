import { inspectAt } from "../../mavlink/inspect.js";
import type { SortieEvent } from "../../sortie/eventChain.js";

/** The station's clock was set during the recording: everything before is to be moved by `stepUs`. */
type ClockStep = { readonly index: number; readonly stepUs: number; readonly telemetryBytes: number };

/**
 * Moves a whole sortie onto one clock, the one it ended with. Events carry the time that the station's clock showed;
 * what came before a step of that clock is moved by the step, so that the time line has neither a gap of a day nor the
 * same hour twice.
 */
type SortieClock = {
  /** How far to move the time of the event at that index of the log, in microseconds. */
  readonly shiftOfEventUs: (index: number) => number;
  /** Moves the time stamps of a telemetry file, in place. */
  readonly shiftTelemetry: (bytes: Uint8Array) => void;
  /** Camera clock minus station clock: 0 where the camera used the station's clock or sent no time. */
  readonly cameraOffsetUs: number;
};

export function sortieClockFrom(events: readonly SortieEvent[]): SortieClock {
  const steps = events.flatMap((event, index) => stepOf(event, index));
  return {
    shiftOfEventUs: (index) => sumOf(steps, (step) => step.index > index),
    shiftTelemetry: (bytes) => shiftStamps(bytes, steps),
    cameraOffsetUs: cameraOffsetUs(events),
  };
}

function stepOf({ kind, facts }: SortieEvent, index: number): ClockStep[] {
  const { stepMs, telemetryBytes } = facts;
  if (kind !== "clock-stepped" || typeof stepMs !== "number" || typeof telemetryBytes !== "number") return [];
  return [{ index, stepUs: stepMs * 1000, telemetryBytes }];
}

const sumOf = (steps: readonly ClockStep[], isMeant: (step: ClockStep) => boolean): number =>
  steps.reduce((sum, step) => (isMeant(step) ? sum + step.stepUs : sum), 0);

function cameraOffsetUs(events: readonly SortieEvent[]): number {
  const last = events.findLast(({ kind }) => kind === "camera-clock");
  const { cameraMinusStationMs, isCameraMapped } = last?.facts ?? {};
  return isCameraMapped === true && typeof cameraMinusStationMs === "number" ? cameraMinusStationMs * 1000 : 0;
}

const STAMP_BYTES = 8;

function shiftStamps(bytes: Uint8Array, steps: readonly ClockStep[]): void {
  const endAt = Math.min(bytes.length, Math.max(0, ...steps.map(({ telemetryBytes }) => telemetryBytes)));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < endAt;) {
    const seen = inspectAt(bytes, at + STAMP_BYTES, bytes.length);
    if (seen.kind !== "frame" && seen.kind !== "unknown") {
      at++;
      continue;
    }
    const recordAt = at;
    const stampUs = view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4);
    const shiftedUs = stampUs + sumOf(steps, ({ telemetryBytes }) => telemetryBytes > recordAt);
    view.setUint32(at, Math.floor(shiftedUs / 2 ** 32));
    view.setUint32(at + 4, shiftedUs % 2 ** 32);
    at += STAMP_BYTES + seen.length;
  }
}
