import type { Ahrs2, EkfStatusReport, MountStatus } from "mavlink-mappings/dist/lib/ardupilotmega.js";
import type {
  AdsbVehicle,
  AisVessel,
  Attitude,
  AvailableModes,
  AvailableModesMonitor,
  BatteryStatus,
  CameraCaptureStatus,
  CameraImageCaptured,
  CameraInformation,
  CameraSettings,
  CameraThermalRange,
  CommandAck,
  ComponentMetadata,
  EstimatorStatus,
  ExtendedSysState,
  FenceStatus,
  FileTransferProtocol,
  GimbalDeviceAttitudeStatus,
  GimbalManagerInformation,
  GimbalManagerStatus,
  Gps2Raw,
  GpsRawInt,
  HighLatency2,
  HomePosition,
  LogData,
  LogEntry,
  MissionAck,
  MissionClearAll,
  MissionCount,
  MissionCurrent,
  MissionItemInt,
  MissionItemReached,
  MissionRequestInt,
  MissionWritePartialList,
  OpenDroneIdArmStatus,
  ParamValue,
  RcChannels,
  StatusText,
  StorageInformation,
  SystemTime,
  SysStatus,
  TimeSync,
  VfrHud,
  VideoStreamInformation,
  VideoStreamStatus,
} from "mavlink-mappings/dist/lib/common.js";
import type { Heartbeat } from "mavlink-mappings/dist/lib/minimal.js";
import type { AutopilotVersion, GlobalPositionInt } from "mavlink-mappings/dist/lib/standard.js";
import type { MavlinkFrame } from "./frame.js";

/**
 * "targetSystem" → "target_system": turns the package's property names back into MAVLink's. A test compares them all.
 */
type SnakeCase<Text extends string> = Text extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${SnakeCase<Tail>}`
  : Text;

// The package types enum fields as enums; on the wire they are numbers, and this station compares numbers.
type WireValue<T> = T extends bigint
  ? bigint
  : T extends string
    ? string
    : T extends readonly unknown[]
      ? number[]
      : number;
type WireFields<Message> = {
  readonly [Key in keyof Message & string as SnakeCase<Key>]: WireValue<Message[Key]>;
};

/**
 * The messages whose fields this station reads by name. In MAVLink 1 frames the extension fields of these are absent at
 * run time.
 */
export type MessageFields = {
  readonly ATTITUDE: WireFields<Attitude>;
  /** The package types these flags as a number; on the wire they have 64 bits, so here they are a bigint. */
  readonly AUTOPILOT_VERSION: Omit<WireFields<AutopilotVersion>, "capabilities"> & { readonly capabilities: bigint };
  readonly AVAILABLE_MODES: WireFields<AvailableModes>;
  readonly AVAILABLE_MODES_MONITOR: WireFields<AvailableModesMonitor>;
  readonly BATTERY_STATUS: WireFields<BatteryStatus>;
  readonly COMMAND_ACK: WireFields<CommandAck>;
  readonly COMPONENT_METADATA: WireFields<ComponentMetadata>;
  readonly EKF_STATUS_REPORT: WireFields<EkfStatusReport>;
  readonly ESTIMATOR_STATUS: WireFields<EstimatorStatus>;
  readonly EXTENDED_SYS_STATE: WireFields<ExtendedSysState>;
  readonly FENCE_STATUS: WireFields<FenceStatus>;
  readonly FILE_TRANSFER_PROTOCOL: WireFields<FileTransferProtocol>;
  readonly GIMBAL_DEVICE_ATTITUDE_STATUS: WireFields<GimbalDeviceAttitudeStatus>;
  readonly GLOBAL_POSITION_INT: WireFields<GlobalPositionInt>;
  readonly AHRS2: WireFields<Ahrs2>;
  readonly GPS2_RAW: WireFields<Gps2Raw>;
  readonly GPS_RAW_INT: WireFields<GpsRawInt>;
  readonly HEARTBEAT: WireFields<Heartbeat>;
  readonly HIGH_LATENCY2: WireFields<HighLatency2>;
  readonly HOME_POSITION: WireFields<HomePosition>;
  readonly LOG_DATA: WireFields<LogData>;
  readonly LOG_ENTRY: WireFields<LogEntry>;
  readonly MISSION_ACK: WireFields<MissionAck>;
  readonly MISSION_CLEAR_ALL: WireFields<MissionClearAll>;
  readonly MISSION_COUNT: WireFields<MissionCount>;
  readonly MISSION_CURRENT: WireFields<MissionCurrent>;
  /** The older message, with degrees as floats; the field names are the same. */
  readonly MISSION_ITEM: WireFields<MissionItemInt>;
  readonly MISSION_ITEM_INT: WireFields<MissionItemInt>;
  readonly MISSION_ITEM_REACHED: WireFields<MissionItemReached>;
  /** The older request, which ArduPilot still sends; the field names are the same. */
  readonly MISSION_REQUEST: WireFields<MissionRequestInt>;
  readonly MISSION_REQUEST_INT: WireFields<MissionRequestInt>;
  readonly MISSION_WRITE_PARTIAL_LIST: WireFields<MissionWritePartialList>;
  readonly MOUNT_STATUS: WireFields<MountStatus>;
  /** Read as a float, integers whose bits look like NaN lose bits: see `protocols/paramWire.ts`. */
  readonly PARAM_VALUE: WireFields<ParamValue>;
  readonly RC_CHANNELS: WireFields<RcChannels>;
  readonly STATUSTEXT: WireFields<StatusText>;
  readonly SYSTEM_TIME: WireFields<SystemTime>;
  readonly SYS_STATUS: WireFields<SysStatus>;
  readonly TIMESYNC: WireFields<TimeSync>;
  readonly VFR_HUD: WireFields<VfrHud>;
  /** The package's camelCase does not give MAVLink's name back; on the wire it is ICAO_address. */
  readonly ADSB_VEHICLE: Omit<WireFields<AdsbVehicle>, "i_c_a_o_address"> & { readonly ICAO_address: number };
  readonly AIS_VESSEL: Omit<WireFields<AisVessel>, "m_m_s_i" | "c_o_g"> & {
    readonly MMSI: number;
    readonly COG: number;
  };
  readonly CAMERA_CAPTURE_STATUS: WireFields<CameraCaptureStatus>;
  readonly CAMERA_IMAGE_CAPTURED: WireFields<CameraImageCaptured>;
  readonly CAMERA_INFORMATION: WireFields<CameraInformation>;
  /** MAVLink itself writes these two field names without an underscore. */
  readonly CAMERA_SETTINGS: Omit<WireFields<CameraSettings>, "zoom_level" | "focus_level"> & {
    readonly zoomLevel: number;
    readonly focusLevel: number;
  };
  readonly CAMERA_THERMAL_RANGE: WireFields<CameraThermalRange>;
  readonly GIMBAL_MANAGER_INFORMATION: WireFields<GimbalManagerInformation>;
  readonly GIMBAL_MANAGER_STATUS: WireFields<GimbalManagerStatus>;
  readonly OPEN_DRONE_ID_ARM_STATUS: WireFields<OpenDroneIdArmStatus>;
  readonly STORAGE_INFORMATION: WireFields<StorageInformation>;
  readonly VIDEO_STREAM_INFORMATION: WireFields<VideoStreamInformation>;
  readonly VIDEO_STREAM_STATUS: WireFields<VideoStreamStatus>;
  // Not in the package: defined in `definitionsBeside.ts`.
  readonly EVENT: {
    readonly id: number;
    readonly event_time_boot_ms: number;
    readonly sequence: number;
    readonly destination_component: number;
    readonly destination_system: number;
    readonly log_levels: number;
    readonly arguments: number[];
  };
  readonly CURRENT_EVENT_SEQUENCE: { readonly sequence: number; readonly flags: number };
  readonly RESPONSE_EVENT_ERROR: {
    readonly sequence: number;
    readonly sequence_oldest_available: number;
    readonly target_system: number;
    readonly target_component: number;
    readonly reason: number;
  };
};
type ReadMessage = keyof MessageFields;

/** The fields when the frame is that message, else undefined. Extension fields may be absent in MAVLink 1 frames. */
export const fieldsOf = <Name extends ReadMessage>(frame: MavlinkFrame, name: Name): MessageFields[Name] | undefined =>
  frame.name === name ? (frame.fields as unknown as MessageFields[Name]) : undefined;
