import type { EkfStatusReport, MountStatus } from "mavlink-mappings/dist/lib/ardupilotmega.js";
import type {
  Attitude,
  BatteryStatus,
  CommandAck,
  GimbalDeviceAttitudeStatus,
  GpsRawInt,
  HomePosition,
  MissionAck,
  MissionCount,
  MissionCurrent,
  MissionItemInt,
  MissionItemReached,
  MissionRequestInt,
  StatusText,
  SysStatus,
  TimeSync,
  VfrHud,
} from "mavlink-mappings/dist/lib/common.js";
import type { Heartbeat } from "mavlink-mappings/dist/lib/minimal.js";
import type { AutopilotVersion, GlobalPositionInt } from "mavlink-mappings/dist/lib/standard.js";
import type { MavlinkFrame } from "./frame.js";

/** "targetSystem" → "target_system": the package's property names back to MAVLink's own. A test compares them all. */
type SnakeCase<Text extends string> = Text extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${SnakeCase<Tail>}`
  : Text;

// Their enums are numbers on the wire, and this station compares numbers.
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

/** The messages this station reads field by field. In MAVLink 1 the extension fields of these are absent at run time. */
export type MessageFields = {
  readonly ATTITUDE: WireFields<Attitude>;
  /** The package types this set of flags as a number; on the wire it has 64 bits. */
  readonly AUTOPILOT_VERSION: Omit<WireFields<AutopilotVersion>, "capabilities"> & { readonly capabilities: bigint };
  readonly BATTERY_STATUS: WireFields<BatteryStatus>;
  readonly COMMAND_ACK: WireFields<CommandAck>;
  readonly EKF_STATUS_REPORT: WireFields<EkfStatusReport>;
  readonly GIMBAL_DEVICE_ATTITUDE_STATUS: WireFields<GimbalDeviceAttitudeStatus>;
  readonly GLOBAL_POSITION_INT: WireFields<GlobalPositionInt>;
  readonly GPS_RAW_INT: WireFields<GpsRawInt>;
  readonly HEARTBEAT: WireFields<Heartbeat>;
  readonly HOME_POSITION: WireFields<HomePosition>;
  readonly MISSION_ACK: WireFields<MissionAck>;
  readonly MISSION_COUNT: WireFields<MissionCount>;
  readonly MISSION_CURRENT: WireFields<MissionCurrent>;
  readonly MISSION_ITEM_INT: WireFields<MissionItemInt>;
  readonly MISSION_ITEM_REACHED: WireFields<MissionItemReached>;
  /** The old way of asking, which is ArduPilot's; the fields are the same. */
  readonly MISSION_REQUEST: WireFields<MissionRequestInt>;
  readonly MISSION_REQUEST_INT: WireFields<MissionRequestInt>;
  readonly MOUNT_STATUS: WireFields<MountStatus>;
  readonly STATUSTEXT: WireFields<StatusText>;
  readonly SYS_STATUS: WireFields<SysStatus>;
  readonly TIMESYNC: WireFields<TimeSync>;
  readonly VFR_HUD: WireFields<VfrHud>;
};
type ReadMessage = keyof MessageFields;

/** The fields when the frame is that message, else undefined. Extension fields may be absent in MAVLink 1 frames. */
export const fieldsOf = <Name extends ReadMessage>(frame: MavlinkFrame, name: Name): MessageFields[Name] | undefined =>
  frame.name === name ? (frame.fields as unknown as MessageFields[Name]) : undefined;
