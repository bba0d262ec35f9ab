import type { Flavour } from "../flavour.js";
import type { ReceivedMessage } from "./mavlinkCodec.js";

/**
 * What one port's traffic means for the others: ArduPilot is a router between its ports. A station that listens on two of them
 * hears itself, and another station's upload to another vehicle. Source: libraries/GCS_MAVLink/MAVLink_routing.cpp
 * (check_and_forward); the recordings of serial0 and serial1. A PX4 forwards nothing unless told to (MAV_n_FORWARD).
 */
type Router = {
  /** Ports that this message goes out of again, as it came. */
  readonly portsFor: (message: ReceivedMessage, from: number) => readonly number[];
};

const keyOf = ({ systemId, componentId }: ReceivedMessage["from"]): string => `${systemId}/${componentId}`;

function targetsOf({ fields }: ReceivedMessage): readonly [system: number, component: number] {
  return ["targetSystem" in fields ? fields.targetSystem : 0, "targetComponent" in fields ? fields.targetComponent : 0];
}

export function createRouter({ autopilot }: Flavour, systemId: number, countOfPorts: number): Router {
  /** Who was heard on which ports. */
  const portsOfSystem = new Map<string, Set<number>>();
  const others = (from: number): readonly number[] =>
    Array.from({ length: countOfPorts }, (_, port) => port).filter((port) => port !== from);

  const isTowards = (port: number, system: number, component: number): boolean =>
    [...portsOfSystem].some(([key, ports]) => {
      const [receivedSystem, receivedComponent] = key.split("/").map(Number);
      const isThere =
        system === 0 || (receivedSystem === system && (component === 0 || receivedComponent === component));
      return isThere && ports.has(port);
    });

  return {
    portsFor: (message, from) => {
      if (autopilot === "px4" || countOfPorts === 1) return [];
      const key = keyOf(message.from);
      const known = portsOfSystem.get(key) ?? new Set<number>();
      portsOfSystem.set(key, known.add(from));
      // A heartbeat goes everywhere but to where its sender can be heard itself.
      if (message.name === "HEARTBEAT") return others(from).filter((port) => !known.has(port));
      if (message.name === "ADSB_VEHICLE") return [];
      const [system, component] = targetsOf(message);
      if (system === systemId && component === 1) return [];
      return others(from).filter((port) => isTowards(port, system, component));
    },
  };
}
