import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import type { UiRequest } from "../../../src/contract/messages.js";
import type { CommandAbilities } from "../../../src/vehicle/commands.js";
import type { Payload } from "../../../src/vehicle/payload.js";
import type { VehicleId, VehicleState } from "../../../src/vehicle/vehicleState.js";
import { StoresProvider } from "../../bridge/StoresContext.js";
import { aBatch, aStation, aVehicle, type FakeStation, VEHICLE } from "../../bridge/testing/builders.js";
import { flyActions } from "../actions.js";
import { flightActions } from "../flightActions.js";
import { FlyContext } from "../FlyContext.js";
import { flyViewStore, type FlyViewStore } from "../flyViewStore.js";
import { SidePanel } from "../side/SidePanel.js";

export const SECOND = "udp/2" as VehicleId;
const STATION_MONO_MS = 1000;

/** Timers, frames and the page's clock stand still until `tick`; language and units are those of a first visit. */
export function standStillInTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: [
        ...(["setInterval", "clearInterval", "setTimeout", "clearTimeout"] as const),
        ...(["requestAnimationFrame", "cancelAnimationFrame", "performance"] as const),
      ],
    });
    localStorage.clear();
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });
}

/** Heard just now, armed and in the air 58 m above home, in a mode in which it takes commands. */
export const flying = (change: Partial<VehicleState> = {}): VehicleState => ({
  ...aVehicle(),
  lastReceivedMonoMs: STATION_MONO_MS,
  heartbeat: {
    receivedAtMonoMs: STATION_MONO_MS,
    value: { customMode: 4, modeName: "GUIDED", isArmed: true, systemStatus: 4 },
  },
  ...change,
});
export const standing = (change: Partial<VehicleState> = {}): VehicleState =>
  aVehicle({ lastReceivedMonoMs: STATION_MONO_MS, ...change });

export type OpenSide = {
  readonly station: FakeStation;
  readonly flyView: FlyViewStore;
  readonly requests: <Kind extends UiRequest["kind"]>(kind: Kind) => readonly Extract<UiRequest, { kind: Kind }>[];
};

type SideOptions = {
  readonly vehicles?: readonly VehicleState[];
  readonly abilities?: CommandAbilities;
  readonly payload?: Payload;
};

/** The tabs beside the picture, on a station that has sent one batch and says that every command is possible. */
export function openSide(tab: "ready" | "commands" | "payload" | "fleet", options: SideOptions = {}): OpenSide {
  const { vehicles = [flying()], abilities = {}, payload } = options;
  const station = aStation();
  const flyView = station.stores.get(flyViewStore);
  station.transport.receive(aBatch(vehicles, STATION_MONO_MS));
  for (const { id } of vehicles) station.transport.receive({ kind: "abilities", vehicleId: id, abilities });
  if (payload) station.transport.receive({ kind: "payload", vehicleId: VEHICLE, payload });
  flyView.sideTab.set(tab);
  const actions = [...flightActions(station.stores), ...flyActions(flyView)];
  render(
    <StoresProvider stores={station.stores}>
      <FlyContext value={{ flyView, actions }}>
        <SidePanel />
      </FlyContext>
    </StoresProvider>,
  );
  const requests: OpenSide["requests"] = (kind) =>
    station.transport
      .requests()
      .filter((request): request is Extract<UiRequest, { kind: typeof kind }> => request.kind === kind);
  return { station, flyView, requests };
}

export const tick = (ms = 600): void => {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
};

/** Lets replies come that were asked for. */
export const settle = (): Promise<void> =>
  act(async () => {
    for (let i = 0; i < 5; i++) await Promise.resolve();
  });

/** Presses and holds, by default a little longer than a second. */
export function hold(testId: string, ms = 1100): void {
  const button = screen.getByTestId(testId);
  fireEvent.pointerDown(button, { button: 0 });
  tick(ms);
  fireEvent.pointerUp(button);
}

export const press = (testId: string): void => void fireEvent.click(screen.getByTestId(testId));
export const type = (testId: string, value: string): void =>
  void fireEvent.change(screen.getByTestId(testId), { target: { value } });
export const wordsOf = (testId: string): string =>
  screen.getByTestId(testId).textContent.replaceAll(/[\u00a0\u202f]/g, " ");
export const reasonOf = (testId: string): string => screen.getByTestId(testId).title;
