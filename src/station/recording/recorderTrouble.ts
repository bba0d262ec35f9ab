import type { DiskLevel } from "../../sortie/diskSpace.js";
import type { IoFailure } from "../../io/fileStore.js";
import type { SortieClocks } from "../../sortie/manifest.js";
import type { StationBus } from "../bus.js";
import type { LostFile } from "./sortieWriter.js";

/** Recording problems that a person must be told about. */
export type RecorderTrouble =
  | { readonly kind: "failed"; readonly folder: string; readonly failure: IoFailure }
  | { readonly kind: "resumed"; readonly folder: string; readonly lostS: number }
  /** Files in `fromFolder` were removed, replaced or truncated during the recording, which continues in `folder`. */
  | {
      readonly kind: "files-lost";
      readonly fromFolder: string;
      readonly folder: string;
      readonly lost: readonly LostFile[];
    }
  | {
      readonly kind: "disk";
      readonly level: DiskLevel;
      readonly freeBytes: number | undefined;
      readonly secondsLeft: number | undefined;
    }
  | { readonly kind: "video"; readonly isStopped: boolean; readonly freeBytes: number | undefined }
  | { readonly kind: "clock-stepped"; readonly stepS: number };

/** Publishes a notice. One with the same id replaces the one before, so that a problem that is over disappears. */
export function publishRecorderTrouble(bus: StationBus, trouble: RecorderTrouble): void {
  switch (trouble.kind) {
    case "failed": {
      const { code, operation } = trouble.failure;
      const facts = { folder: trouble.folder, code, operation, because: code };
      bus.notice({ id: "recorder", severity: "danger", key: "recorder-failed", facts });
      return;
    }
    case "resumed": {
      const facts = { folder: trouble.folder, lostS: Math.round(trouble.lostS) };
      bus.notice({ id: "recorder", severity: "caution", key: "recorder-resumed", facts });
      return;
    }
    case "files-lost": {
      const { fromFolder, folder, lost } = trouble;
      const facts = { fromFolder, folder, files: lost.map(({ path }) => path).join(", ") };
      bus.notice({ id: `recorder-files ${folder}`, severity: "danger", key: "recorder-files-lost", facts });
      return;
    }
    case "disk":
      publishDisk(bus, trouble);
      return;
    case "video": {
      const facts = { freeMb: megabytes(trouble.freeBytes) };
      if (trouble.isStopped) bus.notice({ id: "disk-video", severity: "danger", key: "video-not-recorded", facts });
      else bus.notice({ id: "disk-video", severity: "info", key: "video-recorded-again", facts });
      return;
    }
    case "clock-stepped": {
      const facts = { stepS: Math.round(trouble.stepS * 10) / 10 };
      bus.notice({ id: "clock", severity: "info", key: "clock-stepped", facts });
      return;
    }
  }
}

function publishDisk(
  bus: StationBus,
  { level, freeBytes, secondsLeft }: Extract<RecorderTrouble, { kind: "disk" }>,
): void {
  const facts = { minutes: Math.floor((secondsLeft ?? 0) / 60), freeMb: megabytes(freeBytes) };
  switch (level) {
    case "hour":
      bus.notice({ id: "disk", severity: "caution", key: "disk-hour-left", facts });
      return;
    case "ten-minutes":
      bus.notice({ id: "disk", severity: "danger", key: "disk-ten-minutes-left", facts });
      return;
    case "enough":
      bus.notice({ id: "disk", severity: "info", key: "disk-enough", facts });
      return;
  }
}

/** Published when the camera's times are corrected, and by how much. */
export function publishCameraClock(
  bus: StationBus,
  { cameraMinusStationMs, isCameraMapped }: Partial<SortieClocks>,
): void {
  if (isCameraMapped !== true || cameraMinusStationMs === undefined) return;
  const facts = { offsetS: Math.round(cameraMinusStationMs / 1000) };
  bus.notice({ id: "camera-clock", severity: "caution", key: "camera-clock", facts });
}

const megabytes = (bytes: number | undefined): number => Math.round((bytes ?? 0) / 1e6);
