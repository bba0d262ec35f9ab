import type { DiskLevel } from "../../sortie/diskSpace.js";
import type { IoFailure } from "../../io/fileStore.js";
import type { SortieClocks } from "../../sortie/manifest.js";
import type { Notices } from "../notices.js";
import type { LostFile } from "./sortieWriter.js";

/** What a person must hear about the recording. */
export type RecorderTrouble =
  | { readonly kind: "failed"; readonly folder: string; readonly failure: IoFailure }
  | { readonly kind: "resumed"; readonly folder: string; readonly lostS: number }
  /** Files of `fromFolder` were removed, replaced or cut while they were written; the recording goes on in `folder`. */
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

/** A notice with the same id replaces the one before: what is over is told by what came after it. */
export function sayRecorderTrouble(notices: Notices, trouble: RecorderTrouble): void {
  switch (trouble.kind) {
    case "failed": {
      const { code, operation } = trouble.failure;
      const facts = { folder: trouble.folder, code, operation, because: code };
      notices.say({ id: "recorder", severity: "danger", key: "recorder-failed", facts });
      return;
    }
    case "resumed": {
      const facts = { folder: trouble.folder, lostS: Math.round(trouble.lostS) };
      notices.say({ id: "recorder", severity: "caution", key: "recorder-resumed", facts });
      return;
    }
    case "files-lost": {
      const { fromFolder, folder, lost } = trouble;
      const facts = { fromFolder, folder, files: lost.map(({ path }) => path).join(", ") };
      notices.say({ id: `recorder-files ${folder}`, severity: "danger", key: "recorder-files-lost", facts });
      return;
    }
    case "disk":
      sayDisk(notices, trouble);
      return;
    case "video": {
      const facts = { freeMb: megabytes(trouble.freeBytes) };
      if (trouble.isStopped) notices.say({ id: "disk-video", severity: "danger", key: "video-not-recorded", facts });
      else notices.say({ id: "disk-video", severity: "info", key: "video-recorded-again", facts });
      return;
    }
    case "clock-stepped": {
      const facts = { stepS: Math.round(trouble.stepS * 10) / 10 };
      notices.say({ id: "clock", severity: "info", key: "clock-stepped", facts });
      return;
    }
  }
}

function sayDisk(
  notices: Notices,
  { level, freeBytes, secondsLeft }: Extract<RecorderTrouble, { kind: "disk" }>,
): void {
  const facts = { minutes: Math.floor((secondsLeft ?? 0) / 60), freeMb: megabytes(freeBytes) };
  switch (level) {
    case "hour":
      notices.say({ id: "disk", severity: "caution", key: "disk-hour-left", facts });
      return;
    case "ten-minutes":
      notices.say({ id: "disk", severity: "danger", key: "disk-ten-minutes-left", facts });
      return;
    case "enough":
      notices.say({ id: "disk", severity: "info", key: "disk-enough", facts });
      return;
  }
}

/** Said when times of the camera are moved, and by how much. */
export function sayCameraClock(
  notices: Notices,
  { cameraMinusStationMs, isCameraMapped }: Partial<SortieClocks>,
): void {
  if (isCameraMapped !== true || cameraMinusStationMs === undefined) return;
  const facts = { offsetS: Math.round(cameraMinusStationMs / 1000) };
  notices.say({ id: "camera-clock", severity: "caution", key: "camera-clock", facts });
}

const megabytes = (bytes: number | undefined): number => Math.round((bytes ?? 0) / 1e6);
