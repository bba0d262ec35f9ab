import type { Camera, CameraStream, Gimbal } from "./payload.js";

type Changes<T> = Partial<Omit<T, "id">>;

/** One thing heard of a vehicle's payload, in the house's units; sentinels are gone. */
export type PayloadEvent =
  | { readonly kind: "gimbal"; readonly gimbalId: string; readonly change: Changes<Omit<Gimbal, "task" | "attitude">> }
  | {
      readonly kind: "gimbal-attitude";
      /** Of every gimbal whose id ends with it: the device speaks for itself, not through its manager. */
      readonly deviceId: number;
      readonly pitchDeg: number;
      readonly yawFromNoseDeg: number | undefined;
      readonly yawEarthDeg: number | undefined;
      readonly isOldMount: boolean;
      readonly receivedAtMonoMs: number;
    }
  | { readonly kind: "camera"; readonly cameraId: string; readonly change: Changes<Omit<Camera, "streams">> }
  | { readonly kind: "camera-stream"; readonly cameraId: string; readonly stream: CameraStream }
  | {
      readonly kind: "camera-stream-status";
      readonly cameraId: string;
      readonly streamId: number;
      readonly change: Partial<Pick<CameraStream, "isRunning" | "framesPerS" | "widthPx" | "heightPx" | "hfovDeg">>;
    }
  | {
      readonly kind: "remote-id";
      readonly arm: "ready" | "not-ready";
      readonly problem: string | undefined;
      readonly receivedAtMonoMs: number;
    };
