import type { Camera, CameraStream, Gimbal } from "./payload.js";

type Changes<T> = Partial<Omit<T, "id">>;

/** One event of a vehicle's payload, in this program's units; MAVLink's sentinels are already undefined. */
export type PayloadEvent =
  | { readonly kind: "gimbal"; readonly gimbalId: string; readonly change: Changes<Omit<Gimbal, "task" | "attitude">> }
  | {
      readonly kind: "gimbal-attitude";
      /** Applies to every gimbal whose id ends with it: the gimbal device itself sent it, not its manager. */
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
