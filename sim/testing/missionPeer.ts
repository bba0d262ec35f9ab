import type { Clock, Scheduler } from "../../src/core/clock.js";
import type { Flavour } from "../flavour.js";
import type { StoredItem } from "../autopilot/missionItem.js";
import { emptyMissionServer, stepMissionServer, type MissionServerState } from "../autopilot/missionServer.js";
import { createEncoder, decodeDatagram } from "../wire/mavlinkCodec.js";
import { missionEventOf, missionMessageOf } from "../wire/missionWire.js";

const HOME: StoredItem = {
  frame: 0,
  command: 16,
  params: [0, 0, 0, 0],
  xDegE7: 507700000,
  yDegE7: 16045000,
  zM: Math.fround(6),
};

export type MissionPeer = {
  /** Bytes from the station, one call per datagram. */
  readonly receive: (bytes: Uint8Array) => void;
  readonly state: () => MissionServerState;
  /** Another station uploads another mission, unnoticed by the tested one: home and this many items. */
  readonly replaceMission: (count: number) => void;
  /** Replaces the last items of the mission on board, for tests with two missions that end alike. */
  readonly putBack: (last: readonly StoredItem[]) => void;
  readonly dispose: () => void;
};

/**
 * The simulated autopilot's mission server alone, on bytes and virtual time: with a FakeClock and a `lossyWire` on each side it tests
 * transfer state machines. Default: ArduPilot's. Answers as system 1, component 1; messages for other systems are ignored.
 */
export function createMissionPeer(
  clock: Clock & Scheduler,
  send: (bytes: Uint8Array) => void,
  autopilot: Flavour["autopilot"] = "ardupilot",
): MissionPeer {
  let state = emptyMissionServer;
  const encode = createEncoder({ systemId: 1, componentId: 1 });
  const step = (event: Parameters<typeof stepMissionServer>[1]): void => {
    const context = { nowMs: clock.monoMs(), home: HOME, isMissionRunning: false, autopilot };
    const [next, effects] = stepMissionServer(state, event, context);
    state = next;
    for (const effect of effects) {
      if (effect.kind === "say") {
        send(encode({ name: "STATUSTEXT", fields: { severity: effect.severity, text: effect.text } }));
      } else {
        send(encode(missionMessageOf(effect)));
      }
    }
  };
  let cancel = (): void => undefined;
  const tick = (): void => {
    step({ kind: "tick" });
    cancel = clock.after(100, tick);
  };
  tick();
  return {
    receive: (bytes) => {
      for (const message of decodeDatagram(bytes)) {
        if ("targetSystem" in message.fields && message.fields.targetSystem !== 1) continue;
        const event = missionEventOf(message);
        if (event) step(event);
      }
    },
    state: () => state,
    replaceMission: (count) => {
      const elsewhere = (i: number): StoredItem => ({
        ...HOME,
        frame: 3,
        xDegE7: HOME.xDegE7 + 9000 * (i + 1),
        zM: 45,
      });
      const home = autopilot === "ardupilot" ? [HOME] : [];
      const items = [...home, ...Array.from({ length: count }, (_, i) => elsewhere(i))];
      const ids = autopilot === "px4" ? { ...state.ids, mission: state.ids.mission + 1000 } : state.ids;
      state = { ...state, items, ids };
    },
    putBack: (last) => {
      state = { ...state, items: [...state.items.slice(0, state.items.length - last.length), ...last] };
    },
    dispose: () => {
      cancel();
    },
  };
}
