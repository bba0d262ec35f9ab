import type { AircraftControls, AircraftView } from "../aircraftView.js";
import type { GimbalDemand } from "../airframe/gimbal.js";
import type { AutopilotState } from "../autopilot/autopilotState.js";
import { emptyEventLog } from "../autopilot/px4Events.js";
import { emptyMissionServer } from "../autopilot/missionServer.js";
import { defaultParamsOf, type Params } from "../autopilot/params.js";
import type { Flavour } from "../flavour.js";
import type { Service } from "../services/service.js";
import { localFrameAt } from "../../src/geo/localFrame.js";
import {
  createEncoder,
  decodeDatagram,
  type ReceivedMessage,
  type WireFields,
  type WireMessage,
  type WireName,
} from "../wire/mavlinkCodec.js";

const PLACE = { latitudeDeg: 50.77, longitudeDeg: 1.6045 };

/** The part of the autopilot's state that services read. */
export type FakeFlight = {
  params: Params;
  isArmed: boolean;
  mission: AutopilotState["mission"];
  gimbal: GimbalDemand;
  isOnGround: boolean;
};

export type ServiceHarness = {
  readonly flight: FakeFlight;
  readonly view: AircraftView;
  readonly controls: AircraftControls;
  readonly pointed: () => GimbalDemand | undefined;
  /** The position that the gimbal was told to point at. */
  readonly watched: () => unknown;
  /** Sends a message to the services as a station would; returns their immediate answers. */
  readonly ask: (message: WireMessage) => readonly ReceivedMessage[];
  /** Runs the services for this time; returns all they send. */
  readonly run: (forMs: number) => readonly ReceivedMessage[];
  readonly nowMs: () => number;
};

/** The fields of the messages of one kind. */
export const only = <N extends WireName>(messages: readonly ReceivedMessage[], name: N): readonly WireFields<N>[] =>
  // The message name determines the fields' type, which the compiler cannot derive for a generic parameter.
  messages.filter((message) => message.name === name).map(({ fields }) => fields as unknown as WireFields<N>);

/** Services without an aircraft: time, flight state and links belong to the test; messages pass through real MAVLink bytes. */
export function createServiceHarness(
  flavour: Flavour,
  make: (view: AircraftView, controls: AircraftControls) => readonly Service[],
): ServiceHarness {
  let nowMs = 0;
  let demand: GimbalDemand | undefined;
  let watched: unknown;
  const flight: FakeFlight = {
    params: defaultParamsOf(flavour),
    isArmed: false,
    mission: emptyMissionServer,
    gimbal: { pitchDeg: -75, pointing: { from: "nose", angleDeg: 0 } },
    isOnGround: true,
  };
  const motion = { eastM: 0, northM: 0, upM: 30, eastMps: 0, northMps: 0, climbRateMps: 0 };
  const view: AircraftView = {
    flavour,
    systemId: 1,
    seed: 1,
    speedup: 1,
    nowMs: () => nowMs,
    unixTimeUs: () => 1_795_400_000_000_000 + nowMs * 1000,
    autopilot: () =>
      ({
        ...flight,
        flavour,
        home: { eastM: 0, northM: 0, upM: 0 },
        boot: { hasFix: true, hasPosition: true, prearmSentAtMs: 0 },
        events: emptyEventLog,
        run: { phase: "stopped", seq: 0, arrivedAtMs: undefined },
        mode: { number: 0, customMode: 0 },
        sensed: {
          nowMs,
          motion,
          headingDeg: 90,
          isOnGround: flight.isOnGround,
          airSpeedMps: 0,
          battery: { voltageV: 25, usedMah: 0 },
        },
      }) as unknown as AutopilotState,
    gimbal: () => ({ pitchDeg: -75, yawOffsetDeg: 0 }),
    frame: localFrameAt(PLACE),
    originAmslM: 6,
  };
  const controls: AircraftControls = {
    setParam: (name, value) => {
      flight.params = { ...flight.params, [name]: value };
    },
    pointGimbal: (given) => {
      demand = given;
    },
    setMode: () => 0,
    pointGimbalAt: (place) => {
      watched = place;
    },
  };
  const services = make(view, controls);
  const down = createEncoder({ systemId: 1, componentId: 1 });
  const up = createEncoder({ systemId: 255, componentId: 190 });
  const carried = (messages: readonly WireMessage[]) =>
    messages.flatMap((message) => [...decodeDatagram(down(message))]);
  return {
    flight,
    view,
    controls,
    pointed: () => demand,
    watched: () => watched,
    ask: (message) =>
      decodeDatagram(up(message)).flatMap((received) => {
        for (const service of services) {
          const answer = service.receive(received, nowMs);
          if (answer) return [...carried(answer)];
        }
        return [];
      }),
    run: (forMs) => {
      const sent: ReceivedMessage[] = [];
      const untilMs = nowMs + forMs;
      while (nowMs < untilMs) {
        nowMs += 20;
        for (const service of services) sent.push(...carried(service.tick(nowMs)));
      }
      return sent;
    },
    nowMs: () => nowMs,
  };
}
