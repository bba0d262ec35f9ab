import { describe, expect, it } from "vitest";
import { componentKindOf, componentName } from "./componentNames.js";

/** https://mavlink.io/en/messages/common.html#MAV_COMPONENT: first and last id, kind and English name. */
const COMPONENTS = [
  [1, 1, "autopilot", "Autopilot"],
  [68, 68, "radio", "Radio"],
  [100, 105, "camera", "Camera"],
  [110, 110, "radio", "Radio"],
  [140, 153, "servo", "Servo"],
  [154, 154, "gimbal", "Gimbal"],
  [155, 155, "log", "Logger"],
  [156, 156, "adsb", "ADS-B receiver"],
  [157, 157, "osd", "On-screen display"],
  [158, 158, "peripheral", "Peripheral"],
  [160, 160, "adsb", "ADS-B receiver"],
  [161, 161, "parachute", "Parachute"],
  [169, 169, "winch", "Winch"],
  [171, 175, "gimbal", "Gimbal"],
  [180, 181, "battery", "Battery"],
  [189, 189, "remote-id", "Remote ID"],
  [190, 190, "mission-planner", "Mission planner"],
  [191, 194, "onboard-computer", "Onboard computer"],
  [195, 195, "path-planner", "Path planner"],
  [196, 196, "obstacle-avoidance", "Obstacle avoidance"],
  [197, 197, "visual-odometry", "Visual odometry"],
  [200, 202, "imu", "Inertial unit"],
  [220, 221, "gps", "GPS receiver"],
  [236, 238, "remote-id", "Remote ID"],
  [240, 241, "bridge", "Bridge"],
] as const;

describe("a component", () => {
  it.each(COMPONENTS)("from %i to %i is a %s, called %s", (first, last, kind, name) => {
    for (const id of [first, last]) expect([componentKindOf(id), componentName(id)]).toEqual([kind, name]);
  });
  it("that MAVLink leaves to users is called by its number", () => {
    const isNamed = (id: number) => COMPONENTS.some(([first, last]) => id >= first && id <= last);
    const free = Array.from({ length: 256 }, (_, id) => id).filter((id) => !isNamed(id));
    for (const id of free) expect([componentKindOf(id), componentName(id)]).toEqual(["component", `Component ${id}`]);
  });
});
