import { act, render } from "@testing-library/react";
import type { ToUi } from "../../../src/contract/messages.js";
import type { VehicleId, VehicleState } from "../../../src/vehicle/vehicleState.js";
import { aBatch, aStation, aVehicle, type FakeStation } from "../../bridge/testing/builders.js";
import { StoresProvider } from "../../bridge/StoresContext.js";
import { type SetupPage, setupStore } from "../setupStore.js";
import { SetupWorkspace } from "../SetupWorkspace.js";

type Batch = Extract<ToUi, { kind: "telemetry-batch" }>;
export type SetupBatch = Partial<Omit<Batch, "kind">>;

export const OTHER = "udp/2" as VehicleId;
export const armed = (vehicle: VehicleState): VehicleState => ({
  ...vehicle,
  heartbeat: {
    value: { customMode: 0, modeName: "LOITER", systemStatus: 4, isArmed: true },
    receivedAtMonoMs: 0,
  },
});
export const twoVehicles = (): readonly VehicleState[] => [aVehicle(), aVehicle({ id: OTHER, systemId: 2 })];

/** Renders the workspace on one of its pages, with a station that has sent one telemetry batch. */
export function openSetup(
  page: SetupPage,
  { batch = {}, answers }: { batch?: SetupBatch; answers?: Parameters<FakeStation["transport"]["answerWith"]>[0] } = {},
): FakeStation {
  const station = aStation();
  if (answers) station.transport.answerWith(answers);
  station.transport.receive({ ...(aBatch() as Batch), stationMonoMs: 0, ...batch });
  station.stores.get(setupStore).page.set(page);
  render(
    <StoresProvider stores={station.stores}>
      <SetupWorkspace />
    </StoresProvider>,
  );
  return station;
}

export const receive = (station: FakeStation, message: ToUi): void => {
  act(() => station.transport.receive(message));
};
