import type { AircraftControls, AircraftView } from "./aircraftView.js";
import type { GimbalDemand } from "./airframe/gimbal.js";
import type { AutopilotState } from "./autopilot/autopilotState.js";
import { bearingDegOf, type Point } from "./autopilot/guidance.js";
import { withValue } from "./autopilot/params.js";
import type { ServicesOptions } from "./services/servicesOptions.js";
import { hasStreams } from "./autopilot/streams.js";
import type { Service } from "./services/service.js";
import { createServices } from "./services/services.js";
import type { ReceivedMessage, WireMessage } from "./wire/mavlinkCodec.js";

type Attachment = {
  readonly options: Omit<ServicesOptions, "view" | "controls">;
  readonly view: AircraftView;
  readonly send: (message: WireMessage) => void;
  readonly change: (with_: Partial<AutopilotState>) => void;
  readonly setMode: (customMode: number) => void;
};

/** Connects the services of one aircraft to its links and its autopilot. */
export type Attached = {
  /** Sends a message, unless a service forbids it. */
  readonly send: (message: WireMessage) => void;
  /** True when a service claimed the message; the autopilot then does not get it. */
  readonly receive: (message: ReceivedMessage) => boolean;
  /** Called at 50 Hz, after the autopilot. */
  readonly tick: () => void;
};

/** The gimbal angles that point at a place from here. */
function demandTowards(place: Point, { sensed }: AutopilotState): GimbalDemand {
  const { motion } = sensed;
  const rangeM = Math.hypot(place.eastM - motion.eastM, place.northM - motion.northM);
  const pitchDeg = (Math.atan2(place.upM - motion.upM, Math.max(0.1, rangeM)) * 180) / Math.PI;
  return { pitchDeg, pointing: { from: "north", angleDeg: bearingDegOf(motion, place) } };
}

export function attachServices({ options, view, send, change, setMode }: Attachment): Attached {
  let roiTarget: Point | undefined;
  const controls: AircraftControls = {
    setParam: (name, value) => {
      change({ params: withValue(view.autopilot().params, name, value) });
    },
    pointGimbal: (gimbal) => {
      roiTarget = undefined;
      change({ gimbal });
    },
    setMode: (customMode) => {
      setMode(customMode);
      return view.autopilot().mode.customMode === customMode ? 0 : 4;
    },
    pointGimbalAt: (place) => {
      roiTarget = place;
    },
  };
  const services = createServices({ ...options, view, controls });
  const sendPermitted = (message: WireMessage): void => {
    if (services.every(({ permits }) => permits === undefined || permits(message))) send(message);
  };
  const askedOn = new Map<Service, number>();
  /** To every port with streams (not heartbeats only); heartbeats and texts to all ports. */
  const broadcast = (message: WireMessage): void => {
    if (message.name === "HEARTBEAT" || message.name === "STATUSTEXT") {
      sendPermitted(message);
      return;
    }
    for (const [port, streams] of view.autopilot().ports.entries()) {
      if (port === 0 || hasStreams(streams)) sendPermitted({ ...message, port });
    }
  };
  return {
    send: sendPermitted,
    receive: (message) => {
      const { port = 0 } = message.from;
      for (const service of services) {
        const replies = service.receive(message, view.nowMs());
        if (!replies) continue;
        askedOn.set(service, port);
        for (const reply of replies) sendPermitted({ ...reply, port });
        return true;
      }
      return false;
    },
    tick: () => {
      if (roiTarget) change({ gimbal: demandTowards(roiTarget, view.autopilot()) });
      for (const service of services) {
        const port = askedOn.get(service) ?? 0;
        for (const message of service.tick(view.nowMs())) {
          if (service.repliesToSender === true) sendPermitted({ ...message, port });
          else broadcast(message);
        }
      }
    },
  };
}
