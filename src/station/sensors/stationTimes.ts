import type { VideoFrame, VideoStatus } from "../../contract/messages.js";
import type { Position } from "../../geo/position.js";
import type { SortieClocks } from "../../sortie/manifest.js";
import type { Contact } from "../../track/contact.js";
import { createCameraClock } from "../../video/cameraClock.js";
import { createSkewMeter } from "../../video/clockSkew.js";
import type { CameraListener } from "./cameraTypes.js";

/**
 * Converts one camera's pictures and contacts to the station's clock, and keeps what was measured of the camera's
 * clock.
 */
export type StationTimes = {
  /**
   * Wraps a listener so that it gets the station's times. Sits between the camera and everything that is shown or
   * recorded.
   */
  readonly onStationClock: (listener: CameraListener) => CameraListener;
  /** Position of the aircraft that carries the camera, from its own telemetry. */
  readonly onTelemetry: (position: Position) => void;
  /**
   * Measures the skew in ms by comparing the two tracks; `isCarrierKnown`: false when the camera's aircraft is unknown.
   */
  readonly measure: (isCarrierKnown: boolean) => number | undefined;
  /** The status with its latency; without it while the clocks differ. */
  readonly statusOf: (status: VideoStatus) => VideoStatus;
};

export type CameraClockMeasured = Partial<SortieClocks>;

type StationTimesOptions = {
  readonly unixUs: () => number;
  /** Called when the camera's clock was found or has changed, and when the skew was measured. */
  readonly onMeasured: (measured: CameraClockMeasured) => void;
};

export function createStationTimes({ unixUs, onMeasured }: StationTimesOptions): StationTimes {
  const camera = createCameraClock();
  const skew = createSkewMeter();
  const mappedMs = (): number => (camera.isMapped() ? (camera.offsetUs() ?? 0) / 1000 : 0);

  const onPicture = (frame: VideoFrame): VideoFrame => {
    const { ground } = frame;
    // Only a picture with a pose carries the camera's own time.
    if (!ground) return frame;
    if (camera.onPicture(frame.unixTimeUs, unixUs())) {
      const cameraMinusStationMs = Math.round((camera.offsetUs() ?? 0) / 1000);
      onMeasured({ cameraMinusStationMs, isCameraMapped: camera.isMapped() });
    }
    const unixTimeUs = camera.toStation(frame.unixTimeUs);
    skew.onPose({ unixTimeUs, position: ground.sensor.position });
    return unixTimeUs === frame.unixTimeUs ? frame : { ...frame, unixTimeUs };
  };
  // Unchanged contacts must stay the same object: only changes are sent on.
  let moved = new WeakMap<Contact, Contact>();
  let movedByUs: number | undefined;
  const onContactClock = (contact: Contact): Contact => {
    if (!camera.isMapped()) return contact;
    const known = moved.get(contact);
    if (known) return known;
    const next = {
      ...contact,
      firstSeenUnixUs: camera.toStation(contact.firstSeenUnixUs),
      lastSeenUnixUs: camera.toStation(contact.lastSeenUnixUs),
    };
    moved.set(contact, next);
    return next;
  };
  const onContacts = (contacts: readonly Contact[]): readonly Contact[] => {
    if (camera.offsetUs() !== movedByUs) moved = new WeakMap();
    movedByUs = camera.offsetUs();
    return contacts.map(onContactClock);
  };
  return {
    onStationClock: (listener) => ({
      ...listener,
      onFrame: (frame) => listener.onFrame(onPicture(frame)),
      onContacts: (contacts, newIds) => listener.onContacts(onContacts(contacts), newIds),
    }),
    onTelemetry: (position) => skew.onTelemetry({ unixTimeUs: unixUs(), position }),
    measure: (isCarrierKnown) => {
      const byTracksMs = isCarrierKnown ? skew.skewMs() : undefined;
      if (byTracksMs === undefined) return camera.isMapped() ? mappedMs() : undefined;
      const skewMs = Math.round(mappedMs() + byTracksMs);
      onMeasured({ skewMs });
      return skewMs;
    },
    statusOf: (status) => (camera.isMapped() ? { ...status, latencyMs: undefined } : status),
  };
}
