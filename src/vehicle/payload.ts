import type { Position } from "../geo/position.js";
import type { Stamped } from "./vehicleState.js";

/** Who has control of a gimbal: GIMBAL_MANAGER_STATUS, https://mavlink.io/en/services/gimbal_v2.html */
export type GimbalControl = "nobody" | "us" | "other-station" | "autopilot" | "unknown";

export type Gimbal = {
  /** Key within the vehicle: the manager's component id and the device it manages; "mount" for the old messages. */
  readonly id: string;
  readonly protocol: "gimbal-v2" | "mount-v1";
  readonly control: GimbalControl;
  readonly controllerSystemId: number | undefined;
  /** Limits of pitch (down is negative) and of yaw relative to the vehicle, where reported. */
  readonly pitchMinDeg: number | undefined;
  readonly pitchMaxDeg: number | undefined;
  readonly yawMinDeg: number | undefined;
  readonly yawMaxDeg: number | undefined;
  readonly attitude:
    | Stamped<{
        readonly pitchDeg: number;
        readonly yawFromNoseDeg: number | undefined;
        readonly yawEarthDeg: number | undefined;
      }>
    | undefined;
  /** The last task given by this station. */
  readonly task: GimbalTask;
};

export type GimbalTask =
  | { readonly kind: "none" }
  | { readonly kind: "angles"; readonly pitchDeg: number; readonly yawDeg: number; readonly frame: "vehicle" | "earth" }
  | { readonly kind: "place"; readonly position: Position; readonly heightAmslM: number }
  | { readonly kind: "contact"; readonly contactId: string };

export type CameraStream = {
  readonly streamId: number;
  readonly name: string;
  readonly uri: string;
  readonly encoding: string;
  readonly isRunning: boolean;
  readonly isThermal: boolean;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly framesPerS: number;
  readonly hfovDeg: number | undefined;
};

export type Camera = {
  /** Key within the vehicle: component id, and `camera_device_id` for cameras attached to the autopilot. */
  readonly id: string;
  readonly vendorName: string | undefined;
  readonly modelName: string | undefined;
  readonly can: {
    readonly capturesImages: boolean;
    readonly capturesVideo: boolean;
    readonly hasModes: boolean;
    readonly zooms: boolean;
    readonly focuses: boolean;
    readonly hasThermalRange: boolean;
  };
  readonly mode: "image" | "video" | "survey" | undefined;
  readonly zoomPercent: number | undefined;
  readonly focusPercent: number | undefined;
  readonly isRecording: boolean | undefined;
  readonly recordingS: number | undefined;
  readonly isCapturing: boolean | undefined;
  readonly countOfImages: number | undefined;
  readonly storageFreeMib: number | undefined;
  readonly storageTotalMib: number | undefined;
  readonly streams: readonly CameraStream[];
  /** Not synchronised with the frames (CAMERA_THERMAL_RANGE), so shown as "about". */
  readonly thermalRange: Stamped<{ readonly minC: number; readonly maxC: number }> | undefined;
};

/** https://mavlink.io/en/services/opendroneid.html */
export type RemoteId = {
  readonly arm: "ready" | "not-ready" | undefined;
  readonly problem: string | undefined;
  readonly lastReceivedMonoMs: number | undefined;
  readonly operator: RemoteIdOperator | undefined;
};
export type RemoteIdOperator = {
  readonly operatorId: string;
  readonly description: string;
  readonly position: Position;
  readonly altitudeAmslM: number | undefined;
};

export type Payload = {
  readonly gimbals: readonly Gimbal[];
  readonly cameras: readonly Camera[];
  readonly remoteId: RemoteId | undefined;
};

export type PayloadCommand =
  | { readonly kind: "gimbal-acquire"; readonly gimbalId: string; readonly isTakeover: boolean }
  | { readonly kind: "gimbal-release"; readonly gimbalId: string }
  | {
      readonly kind: "gimbal-angles";
      readonly gimbalId: string;
      readonly pitchDeg: number;
      readonly yawDeg: number;
      readonly frame: "vehicle" | "earth";
    }
  | {
      readonly kind: "gimbal-rate";
      readonly gimbalId: string;
      readonly pitchRateDegPerS: number;
      readonly yawRateDegPerS: number;
    }
  | {
      readonly kind: "gimbal-place";
      readonly gimbalId: string;
      readonly position: Position;
      readonly heightAmslM: number;
    }
  | { readonly kind: "gimbal-contact"; readonly gimbalId: string; readonly contactId: string }
  | { readonly kind: "gimbal-stop"; readonly gimbalId: string }
  | { readonly kind: "camera-mode"; readonly cameraId: string; readonly mode: "image" | "video" }
  | { readonly kind: "camera-image"; readonly cameraId: string }
  | { readonly kind: "camera-record"; readonly cameraId: string; readonly isOn: boolean }
  | { readonly kind: "camera-zoom"; readonly cameraId: string; readonly percent: number }
  | { readonly kind: "camera-focus"; readonly cameraId: string; readonly percent: number }
  | { readonly kind: "camera-stream"; readonly cameraId: string; readonly streamId: number; readonly isOn: boolean }
  /** The station sends it repeatedly from then on; undefined ends that. */
  | { readonly kind: "remote-id-operator"; readonly operator: RemoteIdOperator | undefined };
