/**
 * Kinds of components other than the autopilot, by MAV_COMPONENT.
 * https://mavlink.io/en/messages/common.html#MAV_COMPONENT
 */
type ComponentKind =
  | "camera"
  | "gimbal"
  | "servo"
  | "adsb"
  | "osd"
  | "peripheral"
  | "parachute"
  | "winch"
  | "battery"
  | "remote-id"
  | "mission-planner"
  | "onboard-computer"
  | "path-planner"
  | "obstacle-avoidance"
  | "visual-odometry"
  | "imu"
  | "gps"
  | "bridge"
  | "radio"
  | "log"
  | "autopilot"
  | "component";

// First and last component id of each range.
const RANGES: readonly (readonly [first: number, last: number, kind: ComponentKind])[] = [
  [1, 1, "autopilot"],
  [68, 68, "radio"],
  [100, 105, "camera"],
  [110, 110, "radio"],
  [140, 153, "servo"],
  [154, 154, "gimbal"],
  [155, 155, "log"],
  [156, 156, "adsb"],
  [157, 157, "osd"],
  [158, 158, "peripheral"],
  [160, 160, "adsb"],
  [161, 161, "parachute"],
  [169, 169, "winch"],
  [171, 175, "gimbal"],
  [180, 181, "battery"],
  [189, 189, "remote-id"],
  [190, 190, "mission-planner"],
  [191, 194, "onboard-computer"],
  [195, 195, "path-planner"],
  [196, 196, "obstacle-avoidance"],
  [197, 197, "visual-odometry"],
  [200, 202, "imu"],
  [220, 221, "gps"],
  [236, 238, "remote-id"],
  [240, 241, "bridge"],
];

/** "component" for ids that MAVLink leaves free for users. */
export const componentKindOf = (componentId: number): ComponentKind =>
  RANGES.find(([first, last]) => componentId >= first && componentId <= last)?.[2] ?? "component";

const ENGLISH: Readonly<Record<ComponentKind, string>> = {
  camera: "Camera",
  gimbal: "Gimbal",
  servo: "Servo",
  adsb: "ADS-B receiver",
  osd: "On-screen display",
  peripheral: "Peripheral",
  parachute: "Parachute",
  winch: "Winch",
  battery: "Battery",
  "remote-id": "Remote ID",
  "mission-planner": "Mission planner",
  "onboard-computer": "Onboard computer",
  "path-planner": "Path planner",
  "obstacle-avoidance": "Obstacle avoidance",
  "visual-odometry": "Visual odometry",
  imu: "Inertial unit",
  gps: "GPS receiver",
  bridge: "Bridge",
  radio: "Radio",
  log: "Logger",
  autopilot: "Autopilot",
  component: "Component",
};

/**
 * An English name for reports and the command line; the screens have their own. With its number where the name is not
 * unique.
 */
export function componentName(componentId: number): string {
  const kind = componentKindOf(componentId);
  return kind === "component" ? `${ENGLISH[kind]} ${componentId}` : ENGLISH[kind];
}
