import { expect, it } from "vitest";
import type { Notice, ToUi } from "../../contract/messages.js";
import { emptyVehicle } from "../../vehicle/reduceVehicle.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import type { Recorder } from "../recording/recorder.js";
import { vehicleNewsOf } from "./vehicleLog.js";

const at = (atMs: number, isArmed: boolean): VehicleState => {
  const vehicle = emptyVehicle({ linkName: "udp:1", systemId: 1, componentId: 1 });
  const stamped = <T>(value: T) => ({ value, receivedAtMonoMs: atMs });
  const position = { latitudeDeg: 50.7, longitudeDeg: 1.6 };
  return {
    ...vehicle,
    airframe: "copter",
    lastHeardMonoMs: atMs,
    heartbeat: stamped({ customMode: 4, modeName: "GUIDED", isArmed, systemStatus: 4 }),
    position: stamped({ position, altitudeAmslM: 50, altitudeAboveHomeM: 40 }),
  };
};

it("issue 6: a disarm in the air is a red notice with the aircraft's id, and a line of the event log", () => {
  const notices: Omit<Notice, "unixTimeUs">[] = [];
  const events: unknown[] = [];
  const news = vehicleNewsOf(at(0, true).id, {
    say: (_message: ToUi) => undefined,
    recorder: { event: (kind: string, facts: unknown) => events.push([kind, facts]) } as unknown as Recorder,
    notices: { say: (notice) => notices.push(notice), all: () => [] },
    onState: () => undefined,
  });
  news.onState(at(0, true), at(0, true));
  news.onState(at(1000, false), at(0, true));
  expect(notices).toMatchObject([
    { severity: "danger", key: "flight-disarmed-in-air", facts: { vehicleId: "udp:1/1", heightM: 40 } },
  ]);
  expect(events).toContainEqual([
    "flight-alarm",
    { vehicleId: "udp:1/1", alarm: { kind: "disarmed-in-air", altitudeAboveHomeM: 40, wasAsked: false } },
  ]);
});
