import {
  MavLinkPacketField,
  ardupilotmega,
  common,
  minimal,
  registerCustomMessageMagicNumber,
  standard,
} from "node-mavlink";
import { MavLinkData } from "mavlink-mappings";

/** PX4 puts the bits of an integer where the float stands; a JavaScript float would not keep those of a NaN. */
class ParamValueBits extends common.ParamValue {
  static override FIELDS = common.ParamValue.FIELDS.map((field) =>
    field.name === "paramValue"
      ? new MavLinkPacketField("param_value", "paramValue", 0, false, 4, "uint32_t", "")
      : field,
  );
}

const u8 = (name: string, own: string, offset: number) =>
  new MavLinkPacketField(name, own, offset, false, 1, "uint8_t", "");

/** Missing in the stock list: https://mavlink.io/en/messages/common.html#COMMAND_CANCEL */
class CommandCancel extends MavLinkData {
  static override MSG_ID = 80;
  static override MSG_NAME = "COMMAND_CANCEL";
  static override PAYLOAD_LENGTH = 4;
  static override MAGIC_NUMBER = 14;
  static override FIELDS = [
    new MavLinkPacketField("command", "command", 0, false, 2, "uint16_t", ""),
    u8("target_system", "targetSystem", 2),
    u8("target_component", "targetComponent", 3),
  ];
  command = 0;
  targetSystem = 0;
  targetComponent = 0;
}
registerCustomMessageMagicNumber(String(CommandCancel.MSG_ID), CommandCancel.MAGIC_NUMBER);

/** Everything the simulated vehicle says or understands. */
export const CLASSES = {
  HEARTBEAT: minimal.Heartbeat,
  SYS_STATUS: common.SysStatus,
  SYSTEM_TIME: common.SystemTime,
  SET_MODE: common.SetMode,
  PARAM_REQUEST_READ: common.ParamRequestRead,
  PARAM_REQUEST_LIST: common.ParamRequestList,
  PARAM_VALUE: common.ParamValue,
  PARAM_SET: common.ParamSet,
  /** Sent only: arrives as PARAM_VALUE. */
  PARAM_VALUE_BITS: ParamValueBits,
  GPS_RAW_INT: common.GpsRawInt,
  ATTITUDE: common.Attitude,
  LOCAL_POSITION_NED: common.LocalPositionNed,
  GLOBAL_POSITION_INT: standard.GlobalPositionInt,
  // Old forms, still what a real ArduPilot asks with and what old stations send.
  /* eslint-disable @typescript-eslint/no-deprecated */
  MISSION_ITEM: common.MissionItem,
  MISSION_REQUEST: common.MissionRequest,
  /* eslint-enable @typescript-eslint/no-deprecated */
  MISSION_SET_CURRENT: common.MissionSetCurrent,
  MISSION_CURRENT: common.MissionCurrent,
  MISSION_REQUEST_LIST: common.MissionRequestList,
  MISSION_COUNT: common.MissionCount,
  MISSION_CLEAR_ALL: common.MissionClearAll,
  MISSION_ITEM_REACHED: common.MissionItemReached,
  MISSION_ACK: common.MissionAck,
  MISSION_REQUEST_INT: common.MissionRequestInt,
  NAV_CONTROLLER_OUTPUT: common.NavControllerOutput,
  REQUEST_DATA_STREAM: common.RequestDataStream,
  MISSION_ITEM_INT: common.MissionItemInt,
  VFR_HUD: common.VfrHud,
  COMMAND_INT: common.CommandInt,
  COMMAND_LONG: common.CommandLong,
  COMMAND_ACK: common.CommandAck,
  TIMESYNC: common.TimeSync,
  BATTERY_STATUS: common.BatteryStatus,
  AUTOPILOT_VERSION: standard.AutopilotVersion,
  SIMSTATE: ardupilotmega.SimState,
  WIND: ardupilotmega.Wind,
  EKF_STATUS_REPORT: ardupilotmega.EkfStatusReport,
  HOME_POSITION: common.HomePosition,
  STATUSTEXT: common.StatusText,
  GIMBAL_DEVICE_ATTITUDE_STATUS: common.GimbalDeviceAttitudeStatus,
  FILE_TRANSFER_PROTOCOL: common.FileTransferProtocol,
  LOG_REQUEST_LIST: common.LogRequestList,
  LOG_ENTRY: common.LogEntry,
  LOG_REQUEST_DATA: common.LogRequestData,
  LOG_DATA: common.LogData,
  LOG_ERASE: common.LogErase,
  LOG_REQUEST_END: common.LogRequestEnd,
  FENCE_STATUS: common.FenceStatus,
  COMMAND_CANCEL: CommandCancel,
  COMPONENT_METADATA: common.ComponentMetadata,
  AVAILABLE_MODES: common.AvailableModes,
  CURRENT_MODE: common.CurrentMode,
  AVAILABLE_MODES_MONITOR: common.AvailableModesMonitor,
  HIGH_LATENCY2: common.HighLatency2,
  SETUP_SIGNING: common.SetupSigning,
  EXTENDED_SYS_STATE: common.ExtendedSysState,
  ESTIMATOR_STATUS: common.EstimatorStatus,
  ALTITUDE: common.Altitude,
  WIND_COV: common.WindCov,
  SIM_STATE: common.SimState,
  HIL_STATE_QUATERNION: common.HilStateQuaternion,
  GIMBAL_MANAGER_INFORMATION: common.GimbalManagerInformation,
  GIMBAL_MANAGER_STATUS: common.GimbalManagerStatus,
  GIMBAL_MANAGER_SET_ATTITUDE: common.GimbalManagerSetAttitude,
  GIMBAL_MANAGER_SET_PITCHYAW: common.GimbalManagerSetPitchyaw,
  GIMBAL_MANAGER_SET_MANUAL_CONTROL: common.GimbalManagerSetManualControl,
  GIMBAL_DEVICE_INFORMATION: common.GimbalDeviceInformation,
  CAMERA_INFORMATION: common.CameraInformation,
  CAMERA_SETTINGS: common.CameraSettings,
  STORAGE_INFORMATION: common.StorageInformation,
  CAMERA_CAPTURE_STATUS: common.CameraCaptureStatus,
  CAMERA_IMAGE_CAPTURED: common.CameraImageCaptured,
  VIDEO_STREAM_INFORMATION: common.VideoStreamInformation,
  VIDEO_STREAM_STATUS: common.VideoStreamStatus,
  CAMERA_FOV_STATUS: common.CameraFovStatus,
  CAMERA_THERMAL_RANGE: common.CameraThermalRange,
  OPEN_DRONE_ID_BASIC_ID: common.OpenDroneIdBasicId,
  OPEN_DRONE_ID_LOCATION: common.OpenDroneIdLocation,
  OPEN_DRONE_ID_SELF_ID: common.OpenDroneIdSelfId,
  OPEN_DRONE_ID_SYSTEM: common.OpenDroneIdSystem,
  OPEN_DRONE_ID_OPERATOR_ID: common.OpenDroneIdOperatorId,
  OPEN_DRONE_ID_SYSTEM_UPDATE: common.OpenDroneIdSystemUpdate,
  OPEN_DRONE_ID_ARM_STATUS: common.OpenDroneIdArmStatus,
  ADSB_VEHICLE: common.AdsbVehicle,
  AIS_VESSEL: common.AisVessel,
} as const;
