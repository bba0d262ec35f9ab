import type { VideoFrame, VideoStatus } from "../../contract/messages.js";
import type { Position } from "../../geo/position.js";
import type { SortieClocks } from "../../sortie/manifest.js";
import type { Contact } from "../../track/contact.js";
import { createCameraClock } from "../../video/cameraClock.js";
import { createSkewMeter } from "../../video/clockSkew.js";
import type { VideoFeedOptions } from "./videoFeed.js";

type VideoNews = VideoFeedOptions["news"];

/** Pictures and contacts on the station's clock, and what was measured of the camera's. */
export type StationTimes = {
  /** The same news with the station's times. Sits between the vision worker and everything that is shown or recorded. */
  readonly onStationClock: (news: VideoNews) => VideoNews;
  /** Where the aircraft is, by its own telemetry. */
  readonly onTelemetry: (position: Position) => void;
  /** Measures the skew by the tracks. With several aircraft nobody says yet whose camera it is. */
  readonly measure: (isOneVehicle: boolean) => number | undefined;
  /** With clocks that differ nothing can be said of the latency. */
  readonly statusOf: (status: VideoStatus) => VideoStatus;
};

type StationTimesOptions = {
  readonly unixUs: () => number;
  /** Told when the camera's clock is known, when it is another, and when the skew was measured. */
  readonly onMeasured: (measured: Partial<SortieClocks>) => void;
};

export function createStationTimes({ unixUs, onMeasured }: StationTimesOptions): StationTimes {
  const camera = createCameraClock();
  const skew = createSkewMeter();
  const mappedMs = (): number => (camera.isMapped() ? (camera.offsetUs() ?? 0) / 1000 : 0);

  const onPicture = (frame: VideoFrame): VideoFrame => {
    const { ground } = frame;
    // Only a picture with a pose has a time of the camera's own.
    if (!ground) return frame;
    if (camera.onPicture(frame.unixTimeUs, unixUs())) {
      const cameraMinusStationMs = Math.round((camera.offsetUs() ?? 0) / 1000);
      onMeasured({ cameraMinusStationMs, isCameraMapped: camera.isMapped() });
    }
    const unixTimeUs = camera.toStation(frame.unixTimeUs);
    skew.onPose({ unixTimeUs, position: ground.sensor.position });
    return unixTimeUs === frame.unixTimeUs ? frame : { ...frame, unixTimeUs };
  };
  const moved = (contact: Contact): Contact => ({
    ...contact,
    firstSeenUnixUs: camera.toStation(contact.firstSeenUnixUs),
    lastSeenUnixUs: camera.toStation(contact.lastSeenUnixUs),
  });
  return {
    onStationClock: (news) => ({
      ...news,
      onFrame: (frame) => news.onFrame(onPicture(frame)),
      onContacts: (contacts, newIds) => news.onContacts(camera.isMapped() ? contacts.map(moved) : contacts, newIds),
    }),
    onTelemetry: (position) => skew.onTelemetry({ unixTimeUs: unixUs(), position }),
    measure: (isOneVehicle) => {
      const byTracksMs = isOneVehicle ? skew.skewMs() : undefined;
      if (byTracksMs === undefined) return camera.isMapped() ? mappedMs() : undefined;
      const skewMs = Math.round(mappedMs() + byTracksMs);
      onMeasured({ skewMs });
      return skewMs;
    },
    statusOf: (status) => (camera.isMapped() ? { ...status, latencyMs: undefined } : status),
  };
}
